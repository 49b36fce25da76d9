//! Generated bodies and headers: nothing traps, nothing leaks, and JSON is read as another reader reads it.

use codecatalyst_pat::error::{Error, Failure};
use codecatalyst_pat::json::{self, Members};
use codecatalyst_pat::reply::{LONGEST_BODY, Reply};
use proptest::prelude::*;
use serde_json::Value;

use crate::given::{TOKEN, cases, reply, secret};

/// Text with what may do harm in it: the token, whole and cut by characters that can't be seen, and line ends.
fn harmful() -> impl Strategy<Value = String> {
    let (start, end) = TOKEN.split_at(7);
    let hidden = move |inside: &str| [start, inside, end].concat();
    let parts = prop_oneof![
        any::<String>(),
        "[\\PC\n\r\t\u{85}\u{2028}\u{202E}]{0,9}",
        Just(TOKEN.to_owned()),
        Just(hidden("\0")),
        Just(hidden("\u{202E}\u{7F}")),
        Just("x".repeat(400)),
    ];
    prop::collection::vec(parts, 0..6).prop_map(|parts| parts.concat())
}

fn json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
        "[\"\\\\{}\\[\\]:,a]{0,6}".prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 24, 5, |inner| {
        let members =
            prop::collection::btree_map("[a-c\"\\\\{}]{0,3}|\\PC{0,3}", inner.clone(), 0..5);
        prop_oneof![
            prop::collection::vec(inner, 0..5).prop_map(Value::from),
            members.prop_map(|members| members.into_iter().collect()),
        ]
    })
}

fn units(body: &str) -> Vec<u16> {
    body.encode_utf16().collect()
}

/// What our reader makes of a text, level after level, in the form of another one. Numbers and booleans are the same to ours.
fn ours(text: &[u16]) -> Value {
    let read = Members::read(text);
    assert!(read.is_whole);
    let members = read.all.iter().map(|(key, value)| {
        let value = match value {
            json::Value::Null => Value::Null,
            json::Value::Other => Value::from(7),
            json::Value::Text(text) => Value::from(text.as_str()),
            json::Value::Nested(inner) => ours(inner),
        };
        (key.to_string(), value)
    });
    if text.iter().find(|unit| **unit > 0x20) == Some(&u16::from(b'[')) {
        members.map(|(_, value)| value).collect()
    } else {
        Value::Object(members.collect())
    }
}

fn theirs(value: &Value) -> Value {
    match value {
        Value::Bool(_) | Value::Number(_) => Value::from(7),
        Value::Array(items) => items.iter().map(theirs).collect(),
        Value::Object(members) => members
            .iter()
            .map(|(key, value)| (key.clone(), theirs(value)))
            .collect(),
        value => value.clone(),
    }
}

fn is_composite(value: &Value) -> bool {
    value.is_array() || value.is_object()
}

fn is_presentable(text: &str) -> bool {
    let reorders = |char| matches!(char, '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    let is_bad =
        |char: char| char.is_control() || matches!(char, '\u{2028}' | '\u{2029}') || reorders(char);
    !text.is_empty()
        && !text.contains(is_bad)
        && !text.contains(TOKEN)
        && text.encode_utf16().count() <= 1_000
}

proptest! {
    #![proptest_config(cases(256))]

    #[test]
    fn json_is_read_as_another_reader_reads_it(value in json(), pretty in any::<bool>()) {
        let body = if pretty { format!("\n{value:#} ") } else { value.to_string() };
        if is_composite(&value) {
            prop_assert_eq!(ours(&units(&body)), theirs(&value), "{}", body);
        } else {
            prop_assert!(Members::read(&units(&body)).all.is_empty());
        }
    }

    #[test]
    fn whatever_another_reader_takes_for_json_is_read_as_it_reads_it(body in "[{}\\[\\]\",:a0\\\\u]{0,24}") {
        if let Ok(value) = serde_json::from_str::<Value>(&body) {
            prop_assert!(!is_composite(&value) || ours(&units(&body)) == theirs(&value), "{}", body);
        }
    }

    #[test]
    fn a_part_of_json_never_traps_and_is_not_taken_for_the_whole(value in json(), length in any::<prop::sample::Index>()) {
        let body = value.to_string();
        let end = length.index(body.len() + 1);
        let part = units(&String::from_utf8_lossy(&body.as_bytes()[..end]));
        let is_part = end < body.trim_end().len() && is_composite(&value);
        prop_assert!(!(is_part && Members::read(&part).is_whole), "{}", body);
    }

    #[test]
    fn whatever_comes_back_is_fit_to_be_shown(
        status in 100..1_000_u16,
        headers in prop::collection::vec(prop::option::of(harmful()), 5),
        text in harmful(),
        form in 0..4_u8,
    ) {
        let header = |name: &str| headers[name.len() % 5].clone().map(Into::into);
        let mut reply = Reply::new(Some(status), header);
        let body = match form {
            0 => text,
            1 => serde_json::json!({ "message": text }).to_string(),
            2 => serde_json::json!({ "code": text, "Message": text }).to_string(),
            _ => serde_json::json!({ "__type": text, "message": [text] }).to_string(),
        };
        reply.body.extend(body.encode_utf16());
        let secret = secret(TOKEN);
        let evidence = reply.evidence(&secret, 0.0);
        prop_assert!(evidence.request_id.as_deref().is_none_or(is_presentable));
        if let Err(error) = reply.verdict(&secret) {
            prop_assert!(is_presentable(error.name()) && is_presentable(error.message()), "{:?}", error);
            let failure = Failure { error, evidence, attempts: 1, outcome_unknown: true };
            prop_assert!(!serde_json::to_string(&failure.properties()).unwrap().contains(TOKEN));
        }
    }

    #[test]
    fn any_text_at_all_is_a_body(text in any::<String>(), status in 400..600_u16) {
        let is_refusal = matches!(reply(status, &text).verdict(&secret(TOKEN)), Err(Error::Service(_)));
        prop_assert!(is_refusal);
    }
}

#[test]
fn the_longest_body_is_read_to_its_end() {
    let worst = [
        "{",
        &"\"\":\"\",".repeat(LONGEST_BODY / 6),
        "\"message\":\"a\"}",
    ]
    .concat();
    assert_eq!(crate::messages::message(&worst), "a");
}
