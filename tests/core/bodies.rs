//! Generated bodies and headers: nothing panics, and nothing leaks.

use codecatalyst_pat::body::{Body, BodyKind};
use codecatalyst_pat::error::{CallError, Error};
use codecatalyst_pat::response::Response;
use proptest::prelude::*;
use serde_json::Value;

use crate::fixtures::{FixedClock, Json, TOKEN, bearer, body, cases, response};

/// Text with what may do harm in it: the token, whole and split by characters that can't be seen,
/// and line ends.
fn harmful() -> impl Strategy<Value = String> {
    let (start, end) = TOKEN.split_at(7);
    let split_by = move |inside: &str| [start, inside, end].concat();
    let parts = prop_oneof![
        any::<String>(),
        "[\\PC\n\r\t\u{85}\u{2028}\u{202E}]{0,9}",
        Just(TOKEN.to_owned()),
        Just(split_by("\0")),
        Just(split_by("\u{202E}\u{7F}")),
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
    ];
    let key = "code|__type|message|Message|items|nextToken|id|name|expiresTime|\\PC{0,3}";
    leaf.prop_recursive(3, 24, 5, move |inner| {
        let members = prop::collection::btree_map(key, inner.clone(), 0..5);
        prop_oneof![
            prop::collection::vec(inner, 0..5).prop_map(Value::from),
            members.prop_map(|members| members.into_iter().collect()),
        ]
    })
}

fn is_printable(text: &str) -> bool {
    let is_bad = |char: char| match char {
        '\u{2028}' | '\u{2029}' => true,
        '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => true,
        char => char.is_control(),
    };
    !text.is_empty()
        && !text.contains(is_bad)
        && !text.contains(TOKEN)
        && text.encode_utf16().count() <= 1_000
}

proptest! {
    #![proptest_config(cases(256))]

    #[test]
    fn any_json_is_a_body_and_only_its_strings_count(value in json()) {
        let body = body(&value.to_string());
        let is_object = body.kind == BodyKind::Object;
        prop_assert_eq!(is_object, value.is_object());
        for (name, found) in [("code", body.code), ("__type", body.error_type)] {
            let expected = value.get(name).and_then(Value::as_str);
            prop_assert_eq!(found.as_deref(), expected);
        }
    }

    #[test]
    fn whatever_the_service_sends_is_shown_printable_and_redacted(
        status in 100..1_000_u16,
        headers in prop::collection::vec(prop::option::of(harmful()), 5),
        text in harmful(),
        form in 0..3_u8,
    ) {
        let header = |name: &str| headers[name.len() % 5].clone();
        let json = match form {
            0 => serde_json::json!({ "message": text }),
            1 => serde_json::json!({ "code": text, "Message": text }),
            _ => serde_json::json!({ "__type": text, "message": [text] }),
        };
        let response = Response {
            body: body(&json.to_string()),
            ..Response::new(Some(status), header, &FixedClock(0.0))
        };
        let token = bearer(TOKEN);
        let metadata = response.metadata(&token);
        prop_assert!(metadata.request_id.as_deref().is_none_or(is_printable));
        if let Err(error) = response.result(&token) {
            prop_assert!(is_printable(error.name()), "{:?}", error);
            prop_assert!(is_printable(error.message()), "{:?}", error);
            let error = CallError { error, metadata, attempts: 1, outcome_unknown: true };
            prop_assert!(!serde_json::to_string(&error.properties()).unwrap().contains(TOKEN));
        }
    }

    #[test]
    fn any_text_is_a_body_and_none_of_it_is_the_services(
        text in any::<String>(),
        status in 400..600_u16,
    ) {
        let result = response(status, &text).result(&bearer(TOKEN));
        prop_assert!(matches!(result, Err(Error::Foreign(_))));
    }

    #[test]
    fn any_bytes_are_a_body(bytes in any::<Vec<u8>>(), is_whole in any::<bool>()) {
        let parse = |text: &str| serde_json::from_str(text).ok().map(Json);
        let kind = Body::new(&bytes, is_whole, parse, &FixedClock(0.0)).kind;
        prop_assert_eq!(kind == BodyKind::Blank, bytes.trim_ascii().is_empty());
    }
}
