//! The service's message as callers see it: found in any body, one line, short, and without the token.

use codecatalyst_pat::error::Retry;
use codecatalyst_pat::text::{LONGEST, presentable};

use crate::given::{TOKEN, named, reply, secret};
use crate::replies::refusal;

/// What is said where nothing was.
const NONE: &str = "The service gave no message.";

pub(crate) fn message(body: &str) -> String {
    refusal(&reply(400, body)).message
}

/// The message of a body that holds that text.
fn told(text: &str) -> String {
    message(&serde_json::json!({ "message": text }).to_string())
}

#[test]
fn a_body_is_read_up_to_where_it_breaks_off() {
    let table = [
        (r#"{"message":"a","x":"\ud83d"}"#, "a"),
        (r#"{"message":"a","x":"\u12"}"#, "a"),
        (r#"{"message":"a","x":"b"#, "a"),
        (r#"{"message":"a"} and more"#, "a"),
        (r#"{"message":"a""#, "a"),
        (r#"{"message":"\ud83d","Message":"b"}"#, "\u{FFFD}"),
    ];
    for (body, expected) in table {
        assert_eq!(message(body), expected, "{body}");
    }
}

#[test]
fn only_strings_at_the_top_level_are_read() {
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
fn a_body_that_is_no_object_says_nothing() {
    let table = [
        "",
        " ",
        "null",
        "7",
        "\"message\"",
        "[]",
        r#"[{"message":"x"}]"#,
        "<html><title>message</title></html>",
        "{",
        "{}",
        "{\"message\"",
        "{\"message\":",
        "{\"message\":\"",
        "{\"message\":\"x",
        "{\"message\":\"x\\",
        "{\"message\":\"x\\u12",
        "{\"message\":\"\\u12G4\"}",
        "\0",
        "\u{FFFD}",
    ];
    for body in table {
        assert_eq!(message(body), NONE, "{body}");
        assert_eq!(refusal(&reply(400, body)).retry, Retry::Never);
    }
}

#[test]
fn json_is_read_as_it_may_be_written() {
    let table = [
        ("\u{FEFF}{\"message\":\"a\"}", "a"),
        (" \t\r\n{ \"message\" : \"a\" } \n", "a"),
        (r#"{"message":"\"\\\/\b\f\n\r\t!"}"#, "\"\\/   !"),
        (r#"{"message":"\u0041\u00e9\u20AC\ud83d\ude00"}"#, "Aé€😀"),
        (r#"{"\u006dessage":"a"}"#, "a"),
        (r#"{"x":[1,-2.5e3,{"y":[]},"}"],"message":"a"}"#, "a"),
        (r#"{"message":"a","x":{"message":"b"}}"#, "a"),
        (r#"{"message":"é€😀"}"#, "é€😀"),
    ];
    for (body, expected) in table {
        assert_eq!(message(body), expected, "{body}");
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
        assert_eq!(told(text), expected);
    }
}

#[test]
fn marks_that_reorder_text_are_taken_out() {
    for mark in
        "\u{200E}\u{200F}\u{202A}\u{202B}\u{202C}\u{202D}\u{202E}\u{2066}\u{2067}\u{2068}\u{2069}"
            .chars()
    {
        assert_eq!(told(&format!("a{mark}b")), "ab", "{mark:?}");
    }
}

#[test]
fn the_mark_of_arabic_letters_is_one_of_those_that_reorder_text() {
    assert_eq!(told("a\u{61C}b"), "ab");
}

#[test]
fn a_message_has_at_most_1000_code_units() {
    assert_eq!(told(&"x".repeat(1_000)).len(), LONGEST);
    assert_eq!(told(&"x".repeat(1_001)).len(), LONGEST);
    assert_eq!(told(&"é".repeat(1_001)).chars().count(), LONGEST);
    // A pair that does not fit is left out, not cut in two.
    assert_eq!(
        told(&format!("x{}", "😀".repeat(600)))
            .encode_utf16()
            .count(),
        999
    );
    let long = refusal(&named(400, &"N".repeat(2_000)));
    assert_eq!(long.name.len(), LONGEST);
    assert!(long.message.encode_utf16().count() <= LONGEST);
}

#[test]
fn a_quoted_token_is_taken_out_wherever_it_stands() {
    assert_eq!(
        told(&format!("{TOKEN} is expired: {TOKEN}")),
        "[token] is expired: [token]"
    );
    assert_eq!(
        told(&format!("x{}", &TOKEN[1..])),
        format!("x{}", &TOKEN[1..])
    );
    let plain = |text: &str, token| presentable(text, Some(&secret(token)));
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
fn a_token_is_found_though_control_characters_or_marks_stand_in_it() {
    let (start, end) = TOKEN.split_at(5);
    for inside in ["\0", "\u{7F}", "\u{1}\u{2}", "\u{202E}", "\u{200F}\0"] {
        assert_eq!(told(&[start, inside, end].concat()), "[token]");
    }
}

#[test]
fn a_token_is_taken_out_before_the_message_is_cut() {
    let text = ["x".repeat(990), TOKEN.to_owned()].concat();
    assert_eq!(
        told(&text),
        ["x".repeat(990), "[token]".to_owned()].concat()
    );
    let text = ["x".repeat(996), TOKEN.to_owned()].concat();
    assert_eq!(told(&text), ["x".repeat(996), "[tok".to_owned()].concat());
}

#[test]
fn a_token_is_taken_out_before_a_name_is_cut_at_its_colon() {
    let start = TOKEN.split(':').next().unwrap();
    let found = refusal(&named(400, &format!("Bad {TOKEN}")));
    assert!(
        !found.name.contains(start) && !found.message.contains(start),
        "{found:?}"
    );
}
