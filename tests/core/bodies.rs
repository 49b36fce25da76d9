//! Generated bodies and headers: nothing traps, nothing leaks, and JSON is read as another reader reads it.

use std::collections::BTreeMap;

use codecatalyst_pat::error::{Error, Failure};
use codecatalyst_pat::reply::{LONGEST_BODY, Reply};
use codecatalyst_pat::text::members;
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

/// The strings at the top level, as our reader finds them.
fn ours(body: &str) -> BTreeMap<String, String> {
    members(&units(body))
        .iter()
        .map(|(key, text)| (key.to_string(), text.to_string()))
        .collect()
}

fn theirs(value: &Value) -> BTreeMap<String, String> {
    let members = value.as_object().into_iter().flatten();
    members
        .filter_map(|(key, value)| Some((key.clone(), value.as_str()?.to_owned())))
        .collect()
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
        prop_assert_eq!(ours(&body), theirs(&value), "{}", body);
    }

    #[test]
    fn whatever_another_reader_takes_for_json_is_read_as_it_reads_it(body in "[{}\\[\\]\",:a0\\\\u]{0,24}") {
        if let Ok(value) = serde_json::from_str::<Value>(&body) {
            let repeats = body.matches("\":").count() > theirs(&value).len();
            prop_assert!(repeats || ours(&body) == theirs(&value), "{}", body);
        }
    }

    #[test]
    fn a_part_of_json_never_traps(value in json(), length in any::<prop::sample::Index>()) {
        let body = value.to_string();
        let end = length.index(body.len() + 1);
        let _ = members(&units(&String::from_utf8_lossy(&body.as_bytes()[..end])));
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
