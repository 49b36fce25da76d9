//! Foreign text is shown as one short line, without the token.

use codecatalyst_pat::redact::{MAX_LENGTH, printable};
use codecatalyst_pat::token::BearerToken;

use super::TOKEN;

/// The input is the text.
pub fn check(input: &[u8]) {
    let text = String::from_utf8_lossy(input);
    let token = BearerToken::new(TOKEN).expect("a token");
    for token in [None, Some(&token)] {
        let Some(shown) = printable(&text, token) else {
            continue;
        };
        check_line(&shown);
        if token.is_some() {
            check_redacted(&shown);
        }
    }
}

/// Whether text is what callers may see as a name or a message.
pub(crate) fn check_line(text: &str) {
    assert!(!text.is_empty());
    assert!(
        text.encode_utf16().count() <= MAX_LENGTH,
        "too long: {text}"
    );
    assert!(
        !text.chars().any(char::is_control),
        "not one line: {text:?}"
    );
}

pub(crate) fn check_redacted(text: &str) {
    assert!(!text.contains(TOKEN), "the token is in: {text}");
}
