//! Ids and tokens: what is accepted, and what is refused before anything is sent.

use codecatalyst_pat::call::Call;
use codecatalyst_pat::endpoint::Endpoint;
use codecatalyst_pat::error::{CallError, Error};
use codecatalyst_pat::request::Request;
use codecatalyst_pat::retry::RetryQuota;
use codecatalyst_pat::step::{Event, Step, StepContext};
use codecatalyst_pat::token::{BearerToken, TokenId};
use proptest::prelude::*;

use crate::fixtures::{TOKEN, bearer, cases};

/// The message of an argument that is refused.
pub(crate) fn refusal<T: std::fmt::Debug>(result: Result<T, Error>) -> String {
    let error = result.unwrap_err();
    assert_eq!(error.name(), "InvalidArgumentError");
    error.message().to_owned()
}

#[test]
fn an_id_becomes_one_path_segment() {
    let table = [
        ("4f0b9c1e-5a57-4c0e", "4f0b9c1e-5a57-4c0e"),
        ("AZaz09-._~", "AZaz09-._~"),
        ("a/b", "a%2Fb"),
        ("../x", "..%2Fx"),
        ("...", "..."),
        (".a", ".a"),
        ("%2e%2e", "%252e%252e"),
        ("?q#f", "%3Fq%23f"),
        ("a\\b;c=d", "a%5Cb%3Bc%3Dd"),
        (" \t\r\n\0", "%20%09%0D%0A%00"),
        ("é€😀", "%C3%A9%E2%82%AC%F0%9F%98%80"),
        ("\u{FFFD}", "%EF%BF%BD"),
    ];
    for (id, segment) in table {
        assert_eq!(TokenId::new(id).unwrap().path_segment(), segment);
    }
}

#[test]
fn an_id_has_1_to_36_characters() {
    assert!(TokenId::new(&"x".repeat(36)).is_ok());
    assert!(TokenId::new(&"😀".repeat(36)).is_ok());
    for id in ["x".repeat(37), "😀".repeat(37), String::new()] {
        assert!(refusal(TokenId::new(&id)).contains("1 to 36 characters"));
    }
}

#[test]
fn an_id_that_would_walk_up_the_path_is_refused() {
    for id in [".", ".."] {
        assert!(refusal(TokenId::new(id)).contains("\".\" or \"..\""));
    }
}

#[test]
fn a_token_of_any_length_is_sent_as_it_is() {
    for token in ["!", "~", "a:b", &"x".repeat(5_000)] {
        assert_eq!(bearer(token).authorization(), format!("Bearer {token}"));
    }
}

#[test]
fn a_token_that_does_not_fit_a_header_is_refused() {
    for token in ["a\0", "\u{7F}", "é", "€", "ŁONG"] {
        assert!(refusal(BearerToken::new(token)).contains("0x21 to 0x7E"));
    }
    for token in ["a b", "a\nb", "\ra", " a", "a\t"] {
        assert!(refusal(BearerToken::new(token)).contains("token must be one word"));
    }
    assert!(refusal(BearerToken::new("")).contains("at least one character"));
    // Its lower byte alone would be visible.
    assert!(refusal(BearerToken::new("\u{141}")).contains("0x21 to 0x7E"));
}

#[test]
fn a_token_from_a_file_or_a_header_is_refused_with_what_to_do() {
    for token in ["aoa\n", "aoa\r\n", "aoa\r", "a b\n"] {
        assert!(refusal(BearerToken::new(token)).contains("line break: trim it"));
    }
    for token in ["Bearer aoa", "bearer aoa\n", "BEARER  aoa", "Bearer "] {
        assert!(refusal(BearerToken::new(token)).contains("the word Bearer"));
    }
    assert!(BearerToken::new("Bearer").is_ok() && BearerToken::new("Bearer:aoa").is_ok());
    assert!(refusal(BearerToken::new("Bearé aoa")).contains("one word"));
}

#[test]
fn an_id_that_ends_with_a_line_break_is_refused_whatever_its_length() {
    for id in [
        "4f0b\r",
        "4f0b\n",
        "4f0b\r\n",
        "\n",
        &format!("{}\r", "x".repeat(36)),
    ] {
        assert!(refusal(TokenId::new(id)).contains("CRLF"));
    }
    assert!(TokenId::new("4f\r\n0b").is_ok());
}

#[test]
fn the_debug_text_of_a_token_hides_it() {
    assert_eq!(format!("{:?}", bearer(TOKEN)), "BearerToken");
}

#[test]
fn a_token_too_short_to_be_secret_is_not_redacted() {
    assert_eq!(bearer("1234567").secret(), None);
    assert_eq!(bearer("1234567").redact("1234567"), "1234567");
    assert_eq!(bearer("12345678").secret(), Some("12345678"));
    assert_eq!(
        bearer("12345678").redact("é12345678123456781"),
        "é[token][token]1"
    );
}

const AS_LONG_AS_AN_ID: &str = "0123456789abcdefghijklmnopqrstuvwxyz";

/// What a deletion of this id does first, with this token; the error of a call that is over.
fn first_step(token: &str, id: &str, is_dynamic: bool) -> Option<CallError> {
    let request = Request::delete(&Endpoint::default(), &TokenId::new(id).unwrap());
    if !is_dynamic {
        return request
            .names(&bearer(token))
            .then(|| Error::Unsupported("Refused.").into());
    }
    let mut call = Call::new(request, None, 3);
    let mut quota = RetryQuota::default();
    let mut context = StepContext {
        quota: &mut quota,
        throttle: None,
        random: 0.5,
        now_ms: 0.0,
    };
    match call.step(Event::Token(bearer(token)), &mut context) {
        Step::Done(result) => result.err(),
        Step::Do(_) => None,
    }
}

#[test]
fn an_id_that_is_the_token_or_holds_it_is_not_sent() {
    for (token, id, is_refused) in [
        (TOKEN, TOKEN, true),
        (TOKEN, "id=aoaMARKED:MEUCmarked==;", true),
        ("a/b", "a/b", true),
        (AS_LONG_AS_AN_ID, AS_LONG_AS_AN_ID, true),
        ("short", "short", true),
        ("short", "not-short", false),
        (TOKEN, "aoaMARKED:MEUCmarked=", false),
        (TOKEN, "aoaMARKED%3AMEUCmarked%3D%3D", false),
        ("accessTokens", "4f0b", false),
    ] {
        for is_dynamic in [false, true] {
            let error = first_step(token, id, is_dynamic);
            assert_eq!(error.is_some(), is_refused, "{token} {id} {is_dynamic}");
        }
    }
    let error = first_step(TOKEN, TOKEN, true).unwrap();
    assert_eq!((error.attempts, error.outcome_unknown), (0, false));
    assert!(error.error.message().starts_with("id is the bearer token"));
}

#[test]
fn a_part_of_a_token_is_redacted_from_16_characters_on() {
    let token = bearer("0123456789abcdefghijklmnopqrstuvwxyz");
    let table = [
        ("456789abcdefghij", "[token]"),
        ("456789abcdefghi", "456789abcdefghi"),
        ("é456789abcdefghijé", "é[token]é"),
        ("0123456789abcdef…", "[token]…"),
        ("klmnopqrstuvwxyz.", "[token]."),
        ("0123456789abcdef%ghijklmnopqrstuvwxyz", "[token]%[token]"),
        ("0123456789ABCDEFGHIJ", "0123456789ABCDEFGHIJ"),
        ("x0123456789abcdefghijklmnopqrstuvwxyz0", "x[token]0"),
    ];
    for (text, shown) in table {
        assert_eq!(token.redact(text), shown);
    }
    assert_eq!(
        bearer("123456789012345").redact("12345678901234"),
        "12345678901234"
    );
    assert_eq!(
        bearer("123456789012345").redact("123456789012345"),
        "[token]"
    );
}

#[test]
fn a_token_of_one_character_over_and_over_is_redacted_at_once() {
    let long = "a".repeat(9_000);
    assert_eq!(bearer(&long).redact(&long), "[token]");
    assert_eq!(
        bearer(&long).redact(&"aaaaaaa.".repeat(2_000)),
        "aaaaaaa.".repeat(2_000)
    );
}

/// Undoes percent-encoding.
fn decoded(segment: &str) -> Vec<u8> {
    let mut bytes = segment.bytes();
    std::iter::from_fn(|| match bytes.next()? {
        b'%' => {
            let digits = [bytes.next().unwrap(), bytes.next().unwrap()];
            Some(u8::from_str_radix(std::str::from_utf8(&digits).unwrap(), 16).unwrap())
        }
        plain => Some(plain),
    })
    .collect()
}

fn is_unreserved(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-._~".contains(&byte)
}

/// Text in which dots, slashes and percent signs are as common as letters.
fn tricky() -> impl Strategy<Value = String> {
    let tricky = prop::sample::select(vec!['.', '/', '%', '\\', '😀', '\0', '\u{FFFF}']);
    let char = prop_oneof![any::<char>(), prop::char::range('!', '~'), tricky];
    prop::collection::vec(char, 0..45).prop_map(String::from_iter)
}

proptest! {
    #![proptest_config(cases(512))]

    #[test]
    fn a_valid_id_is_one_segment_that_decodes_to_itself(id in "\\PC{1,36}|[./%\\\\]{1,36}") {
        prop_assume!(id != "." && id != ".." && !id.ends_with(['\r', '\n']));
        let segment = TokenId::new(&id).unwrap().path_segment();
        prop_assert_eq!(decoded(&segment), id.as_bytes());
        prop_assert!(segment.bytes().all(|byte| is_unreserved(byte) || byte == b'%'));
        prop_assert!(segment != "." && segment != "..");
    }

    #[test]
    fn an_id_is_refused_or_kept_byte_by_byte(text in tricky()) {
        match TokenId::new(&text) {
            Ok(id) => prop_assert_eq!(decoded(&id.path_segment()), text.into_bytes()),
            Err(error) => {
                let is_dots = matches!(text.as_str(), "" | "." | "..");
                let is_long = text.chars().count() > 36;
                prop_assert!(is_dots || is_long || text.ends_with(['\r', '\n']), "{:?}", error);
            }
        }
    }

    #[test]
    fn a_token_is_accepted_if_all_of_it_is_visible(text in tricky()) {
        let is_visible = |char: char| ('!'..='~').contains(&char);
        let fits = !text.is_empty() && text.chars().all(is_visible);
        prop_assert_eq!(BearerToken::new(&text).is_ok(), fits);
    }

    #[test]
    fn a_refusal_does_not_quote_the_token(
        token in "[!-~]{8,40}",
        bad in "[^!-~]",
        at in 0..8_usize,
    ) {
        let mut with_bad = token.clone();
        with_bad.insert_str(at, &bad);
        let message = refusal(BearerToken::new(&with_bad));
        prop_assert!(!message.contains(&with_bad) && !message.contains(&token));
    }

    #[test]
    fn a_redacted_text_holds_no_16_characters_of_the_token_in_a_row(
        token in "[!-Z^-~]{16,60}",
        parts in prop::collection::vec(("\\PC{0,9}", 0..60_usize, 0..60_usize), 0..5),
    ) {
        let part = |(before, start, end): &(String, usize, usize)| {
            [before, token.get(*start..*end).unwrap_or("")].concat()
        };
        let text: String = parts.iter().map(part).collect();
        let redacted = bearer(&token).redact(&text);
        let quotes = |text: &str| token.as_bytes().windows(16).any(|run| {
            text.contains(std::str::from_utf8(run).unwrap())
        });
        prop_assert!(!quotes(&redacted), "{}", redacted);
        prop_assert_eq!(redacted == text, !quotes(&text));
        prop_assert_eq!(bearer(&token).is_quoted_in(&text), quotes(&text));
    }

    #[test]
    fn a_redacted_text_holds_no_token(
        token in "[!-Z^-~]{8,12}",
        parts in prop::collection::vec("\\PC{0,9}", 0..5),
    ) {
        let redacted = bearer(&token).redact(&parts.join(&token));
        prop_assert!(!redacted.contains(&token));
    }
}
