//! Ids and tokens: what is accepted, and what is refused before anything is sent.

use codecatalyst_pat::error::Error;
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
    for token in [
        "a b", "a\nb", "a\0", "\u{7F}", "é", "€", "ŁONG", " a", "a\t",
    ] {
        assert!(refusal(BearerToken::new(token)).contains("0x21 to 0x7E"));
    }
    assert!(refusal(BearerToken::new("")).contains("at least one character"));
    // Its lower byte alone would be visible.
    assert!(refusal(BearerToken::new("\u{141}")).contains("0x21 to 0x7E"));
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
        prop_assume!(id != "." && id != "..");
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
                prop_assert!(is_dots || text.chars().count() > 36, "{:?}", error);
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
    fn a_redacted_text_holds_no_token(
        token in "[!-Z^-~]{8,12}",
        parts in prop::collection::vec("\\PC{0,9}", 0..5),
    ) {
        let redacted = bearer(&token).redact(&parts.join(&token));
        prop_assert!(!redacted.contains(&token));
    }
}
