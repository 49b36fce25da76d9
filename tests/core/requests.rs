//! Ids and tokens: what is let through, and what is refused before anything is sent.

use codecatalyst_pat::endpoint::{Endpoint, SERVICE};
use codecatalyst_pat::error::Error;
use codecatalyst_pat::request::{Id, Request, Secret};
use proptest::prelude::*;

use crate::given::{TOKEN, cases, headers, secret};

fn id(text: &str) -> Result<Id, Error> {
    Id::new(text.encode_utf16())
}

pub(crate) fn refusal<T: std::fmt::Debug>(result: Result<T, Error>) -> String {
    let error = result.unwrap_err();
    assert_eq!(error.name(), "InvalidArgumentError");
    error.message().to_owned()
}

#[test]
fn an_id_becomes_one_segment() {
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
    for (given, segment) in table {
        assert_eq!(id(given).unwrap().segment(), segment);
    }
}

#[test]
fn an_id_has_1_to_36_characters() {
    assert!(id(&"x".repeat(36)).is_ok());
    assert!(id(&"😀".repeat(36)).is_ok());
    assert!(refusal(id(&"x".repeat(37))).contains("1 to 36 characters"));
    assert!(refusal(id(&"😀".repeat(37))).contains("1 to 36 characters"));
    assert!(refusal(id("")).contains("1 to 36 characters"));
}

#[test]
fn an_id_that_would_walk_up_the_path_is_refused() {
    for given in [".", ".."] {
        assert!(refusal(id(given)).contains("\".\" or \"..\""));
    }
}

#[test]
fn a_lone_surrogate_in_an_id_is_refused_wherever_it_stands() {
    let (high, low, a) = (0xD83D, 0xDE00, 0x61);
    let table: [&[u16]; 7] = [
        &[high],
        &[low],
        &[a, high],
        &[low, a],
        &[a, high, a],
        &[low, high],
        &[high, high, low],
    ];
    for units in table {
        assert!(refusal(Id::new(units.iter().copied())).contains("lone surrogate"));
    }
    assert_eq!(Id::new([high, low].into_iter()), id("😀"));
}

#[test]
fn a_deletion_is_one_request_with_two_headers() {
    let endpoint = Endpoint::new("http://localhost:8080/api//").unwrap();
    let request = Request::deletion(&endpoint, &id("a/b").unwrap());
    let expected = Request {
        listing: None,
        method: "DELETE",
        url: "http://localhost:8080/api/v1/accessTokens/a%2Fb".to_owned(),
    };
    assert_eq!(request, expected);
    let secret = secret(TOKEN);
    let authorization = format!("Bearer {TOKEN}");
    let expected = [
        ("authorization", authorization.as_str()),
        ("accept", "application/json"),
    ];
    assert_eq!(headers(&request, &secret), expected);
}

#[test]
fn the_default_endpoint_is_the_service() {
    let service = Endpoint::new(SERVICE).unwrap();
    let url = "https://codecatalyst.global.api.aws/v1/accessTokens/x";
    assert_eq!(Request::deletion(&service, &id("x").unwrap()).url, url);
}

#[test]
fn a_token_of_any_length_is_sent_as_it_is() {
    for token in ["!", "~", "a:b", &"x".repeat(5_000)] {
        assert_eq!(secret(token).authorization(), format!("Bearer {token}"));
    }
}

#[test]
fn a_token_that_would_not_fit_a_header_is_refused() {
    for token in [
        "a b", "a\nb", "a\0", "\u{7F}", "é", "€", "ŁONG", " a", "a\t",
    ] {
        assert!(refusal(Secret::new(token.encode_utf16())).contains("0x21 to 0x7E"));
    }
    assert!(refusal(Secret::new("".encode_utf16())).contains("at least one character"));
    assert!(refusal(Secret::new([0xD800].into_iter())).contains("0x21 to 0x7E"));
    // The lower byte alone would be visible.
    assert!(refusal(Secret::new([0x0141].into_iter())).contains("0x21 to 0x7E"));
}

#[test]
fn a_token_too_long_for_memory_is_refused_and_nothing_traps() {
    struct Endless;
    impl Iterator for Endless {
        type Item = u16;
        fn next(&mut self) -> Option<u16> {
            None
        }
        fn size_hint(&self) -> (usize, Option<usize>) {
            (usize::MAX, Some(usize::MAX))
        }
    }
    assert!(refusal(Secret::new(Endless)).contains("too long"));
}

#[test]
fn the_debug_text_of_a_token_hides_it() {
    assert_eq!(format!("{:?}", secret(TOKEN)), "Secret");
}

#[test]
fn a_token_too_short_to_be_one_is_not_looked_for() {
    assert_eq!(secret("1234567").mark(), None);
    assert_eq!(secret("1234567").redact("1234567"), "1234567");
    assert_eq!(secret("12345678").mark(), Some("12345678"));
    assert_eq!(
        secret("12345678").redact("é12345678123456781"),
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

/// Text in which dots, slashes, percent signs and surrogates are as common as letters.
fn tricky_units() -> impl Strategy<Value = Vec<u16>> {
    let tricky = prop::sample::select(vec![0x2E, 0x2F, 0x25, 0x5C, 0xD83D, 0xDE00, 0x0, 0xFFFF]);
    let unit = prop_oneof![any::<u16>(), 0x21..0x7F_u16, tricky];
    prop::collection::vec(unit, 0..45)
}

proptest! {
    #![proptest_config(cases(512))]

    #[test]
    fn a_valid_id_is_one_segment_that_decodes_to_itself(given in "\\PC{1,36}|[./%\\\\]{1,36}") {
        prop_assume!(given != "." && given != "..");
        let segment = id(&given).unwrap().segment();
        prop_assert_eq!(decoded(&segment), given.as_bytes());
        prop_assert!(segment.bytes().all(|byte| is_unreserved(byte) || byte == b'%'));
        prop_assert!(segment != "." && segment != "..");
    }

    #[test]
    fn an_id_is_refused_or_kept_unit_by_unit(units in tricky_units()) {
        let text = String::from_utf16(&units);
        let length = char::decode_utf16(units.iter().copied()).count();
        match Id::new(units.iter().copied()) {
            Ok(id) => prop_assert_eq!(decoded(&id.segment()), text.unwrap().into_bytes()),
            Err(error) => {
                let dots = matches!(text.as_deref(), Ok("" | "." | ".."));
                prop_assert!(dots || length > 36 || text.is_err(), "{:?}", error);
            }
        }
    }

    #[test]
    fn a_token_is_accepted_if_all_of_it_is_visible(units in tricky_units()) {
        let is_visible = |unit: &u16| (0x21..=0x7E).contains(unit);
        let fits = !units.is_empty() && units.iter().all(is_visible);
        prop_assert_eq!(Secret::new(units.into_iter()).is_ok(), fits);
    }

    #[test]
    fn a_refusal_does_not_quote_the_token(token in "[!-~]{8,40}", bad in "[^!-~]", at in 0..8_usize) {
        let mut given = token.clone();
        given.insert_str(at, &bad);
        let message = refusal(Secret::new(given.encode_utf16()));
        prop_assert!(!message.contains(&given) && !message.contains(&token));
    }

    #[test]
    fn a_redacted_text_holds_no_token(token in "[!-Z^-~]{8,12}", parts in prop::collection::vec("\\PC{0,9}", 0..5)) {
        let redacted = secret(&token).redact(&parts.join(&token));
        prop_assert!(!redacted.contains(&token));
    }
}
