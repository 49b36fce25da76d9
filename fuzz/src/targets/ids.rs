//! An id is refused, or is one segment of the path that decodes to it.

use codecatalyst_pat::endpoint::Endpoint;
use codecatalyst_pat::request::Request;
use codecatalyst_pat::token::{MAX_ID_LENGTH, TokenId};
use url::Url;

/// The input is the id.
pub fn check(input: &[u8]) {
    let Ok(text) = std::str::from_utf8(input) else {
        return;
    };
    match TokenId::new(text) {
        Ok(id) => check_accepted(text, &id),
        Err(error) => {
            assert_eq!(error.name(), "InvalidArgumentError");
            assert!(
                !text.chars().all(|char| char.is_ascii_alphanumeric()) || !has_right_length(text)
            );
        }
    }
}

fn check_accepted(text: &str, id: &TokenId) {
    assert!(has_right_length(text));
    assert_eq!(decode(&id.path_segment()), text.as_bytes());
    let request = Request::delete(&Endpoint::default(), id);
    let url = Url::parse(&request.url).expect("a URL");
    // The parser would have resolved dots, and cut at a query or a fragment.
    assert_eq!(url.as_str(), request.url);
    let segments: Vec<_> = url.path_segments().expect("a path").collect();
    assert_eq!(segments, ["v1", "accessTokens", &id.path_segment()]);
    assert_eq!((url.query(), url.fragment()), (None, None));
}

fn has_right_length(text: &str) -> bool {
    (1..=MAX_ID_LENGTH).contains(&text.chars().count())
}

/// Undoes percent-encoding. Nothing but unreserved characters may stand there by itself.
fn decode(segment: &str) -> Vec<u8> {
    let mut bytes = segment.bytes();
    let mut decoded = Vec::new();
    while let Some(byte) = bytes.next() {
        decoded.push(match byte {
            b'%' => {
                let digits = [bytes.next(), bytes.next()].map(|digit| digit.expect("two digits"));
                let digits = std::str::from_utf8(&digits).expect("ASCII");
                assert_eq!(digits, digits.to_ascii_uppercase());
                u8::from_str_radix(digits, 16).expect("hexadecimal digits")
            }
            b'-' | b'.' | b'_' | b'~' => byte,
            _ if byte.is_ascii_alphanumeric() => byte,
            _ => panic!("{byte} isn't encoded"),
        });
    }
    decoded
}
