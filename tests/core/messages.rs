//! The service's message as callers see it: one line, short, and without the token.

use codecatalyst_pat::error::{RetryKind, ServiceError};
use codecatalyst_pat::redact::{MAX_LENGTH, printable};
use codecatalyst_pat::response::Response;

use crate::fixtures::{TOKEN, bearer, named, response};
use crate::responses::service_error;

/// The message where the service gave none.
const NONE: &str = "The service gave no message.";

/// The error of a response that names it in the header.
fn error(body: &str) -> ServiceError {
    service_error(&Response {
        error_type: Some("SomeException".to_owned()),
        ..response(400, body)
    })
}

fn message(body: &str) -> String {
    error(body).message
}

/// The message as it is shown.
fn shown(text: &str) -> String {
    message(&serde_json::json!({ "message": text }).to_string())
}

#[test]
fn only_strings_at_the_top_level_count() {
    let table = [
        (r#"{"message":"a"}"#, "a"),
        (r#"{"Message":"b"}"#, "b"),
        (r#"{"Message":"b","message":"a"}"#, "a"),
        (r#"{"message":null,"Message":"b"}"#, "b"),
        (r#"{"message":"","Message":"b"}"#, "b"),
        (r#"{"message":" \n","Message":"b"}"#, "b"),
        (r#"{"error":{"message":"x"},"message":"a"}"#, "a"),
        (r#"{"message":{"message":"x"}}"#, NONE),
        (r#"{"error":{"message":"x","code":"y"}}"#, NONE),
        (r#"{"message":["x"]}"#, NONE),
        (r#"{"message":7}"#, NONE),
        (r#"{"message":true}"#, NONE),
        (r#"{"a":"message","b":"x"}"#, NONE),
        (r#"{"x":"{\"message\":\"no\"}"}"#, NONE),
        (r#"{"MESSAGE":"x"}"#, NONE),
    ];
    for (body, expected) in table {
        assert_eq!(message(body), expected, "{body}");
    }
}

#[test]
fn a_body_that_is_no_object_has_no_message() {
    let table = [
        "",
        " ",
        "null",
        "7",
        "\"message\"",
        "[]",
        r#"[{"message":"x"}]"#,
        "<html><title>message</title></html>",
        "{}",
    ];
    for body in table {
        assert_eq!(message(body), NONE, "{body}");
        assert_eq!(error(body).retry, RetryKind::Never);
    }
}

#[test]
fn a_message_is_one_line() {
    let table = [
        ("a\nb\r\nc", "a b  c"),
        ("a\tb", "a b"),
        ("a\u{85}b\u{2028}c\u{2029}d", "a b c d"),
        ("\n a \n", "a"),
        ("a\0\u{1}\u{1B}[31m\u{7F}\u{9F}b", "a[31mb"),
        ("a\u{B}\u{C}b", "ab"),
    ];
    for (text, expected) in table {
        assert_eq!(shown(text), expected);
    }
}

#[test]
fn marks_that_reorder_text_are_removed() {
    for mark in
        "\u{200E}\u{200F}\u{202A}\u{202B}\u{202C}\u{202D}\u{202E}\u{2066}\u{2067}\u{2068}\u{2069}"
            .chars()
    {
        assert_eq!(shown(&format!("a{mark}b")), "ab", "{mark:?}");
    }
}

#[test]
fn the_arabic_letter_mark_is_removed_too() {
    assert_eq!(shown("a\u{61C}b"), "ab");
}

#[test]
fn a_message_has_at_most_1000_code_units() {
    assert_eq!(shown(&"x".repeat(1_000)).len(), MAX_LENGTH);
    assert_eq!(shown(&"x".repeat(1_001)).len(), MAX_LENGTH);
    assert_eq!(shown(&"é".repeat(1_001)).chars().count(), MAX_LENGTH);
    // A surrogate pair that doesn't fit is left out, not cut in two.
    assert_eq!(
        shown(&format!("x{}", "😀".repeat(600)))
            .encode_utf16()
            .count(),
        999
    );
    let long = service_error(&named(400, &"N".repeat(2_000)));
    assert_eq!(long.name.len(), MAX_LENGTH);
    assert!(long.message.encode_utf16().count() <= MAX_LENGTH);
}

#[test]
fn a_quoted_token_is_redacted_wherever_it_stands() {
    assert_eq!(
        shown(&format!("{TOKEN} is expired: {TOKEN}")),
        "[token] is expired: [token]"
    );
    assert_eq!(shown(&format!("x{}", &TOKEN[1..])), "x[token]");
    let short = &TOKEN[..15];
    assert_eq!(shown(short), short);
    let plain = |text: &str, token| printable(text, Some(&bearer(token)));
    assert_eq!(
        plain("marked-token", "marked-token").as_deref(),
        Some("[token]")
    );
    let body = format!(
        r#"{{"code":"{TOKEN}#Foo","message":"\u0061{}"}}"#,
        &TOKEN[1..]
    );
    assert_eq!(message(&body), "[token]");
}

#[test]
fn a_token_is_redacted_though_control_characters_or_marks_split_it() {
    let (start, end) = TOKEN.split_at(5);
    for inside in ["\0", "\u{7F}", "\u{1}\u{2}", "\u{202E}", "\u{200F}\0"] {
        assert_eq!(shown(&[start, inside, end].concat()), "[token]");
    }
}

#[test]
fn a_token_is_redacted_before_the_message_is_cut() {
    let text = ["x".repeat(990), TOKEN.to_owned()].concat();
    assert_eq!(
        shown(&text),
        ["x".repeat(990), "[token]".to_owned()].concat()
    );
    let text = ["x".repeat(996), TOKEN.to_owned()].concat();
    assert_eq!(shown(&text), ["x".repeat(996), "[tok".to_owned()].concat());
}

#[test]
fn a_token_is_redacted_before_a_name_is_cut_at_its_colon() {
    let start = TOKEN.split(':').next().unwrap();
    let error = service_error(&named(400, &format!("Bad {TOKEN}")));
    assert!(
        !error.name.contains(start) && !error.message.contains(start),
        "{error:?}"
    );
}
