//! A page is what the service promises, or none.

use serde_json::Value;

use crate::host::{FixedClock, read_body};

/// The input is the body of a page.
pub fn check(input: &[u8]) {
    let Ok(json) = serde_json::from_slice::<Value>(input) else {
        return;
    };
    let body = read_body(input, true, &FixedClock(0.0));
    assert_eq!(body.page.is_some(), is_page(&json), "{json}");
    let Some(page) = body.page else {
        return;
    };
    let items = json["items"].as_array().expect("items");
    assert_eq!(page.items.len(), items.len());
    for (token, item) in page.items.iter().zip(items) {
        assert_eq!(Some(token.id.as_str()), item["id"].as_str());
        assert_eq!(Some(token.name.as_str()), item["name"].as_str());
        assert!(token.expires_ms.is_none_or(f64::is_finite));
    }
    assert_eq!(page.next_token.as_deref(), json["nextToken"].as_str());
}

/// The rule, in other words than those of the core.
fn is_page(json: &Value) -> bool {
    let is_item = |item: &Value| has_text(&item["id"], 36) && has_text(&item["name"], 100);
    let items = json["items"].as_array();
    items.is_some_and(|items| items.iter().all(is_item))
        && (json["nextToken"].is_null() || has_text(&json["nextToken"], 10_000))
}

fn has_text(value: &Value, max_length: usize) -> bool {
    let text = value.as_str().unwrap_or("");
    !text.is_empty() && text.chars().count() <= max_length
}
