//! Pages of a list: what the service must send, and calls that request one.

use codecatalyst_pat::call::Call;
use codecatalyst_pat::endpoint::Endpoint;
use codecatalyst_pat::error::{CallError, Error};
use codecatalyst_pat::outcome::Outcome;
use codecatalyst_pat::page::{AccessToken, Page};
use codecatalyst_pat::request::{ListRequest, Request};
use codecatalyst_pat::response::Response;
use codecatalyst_pat::step::Event;
use proptest::prelude::*;

use crate::calls::{no_response, run, summary};
use crate::fixtures::{MESSAGE, TOKEN, bearer, body, broken_body, cases, response};

/// A call for a page whose page token is known.
fn call() -> Call {
    let endpoint = Endpoint::new("https://example.com").unwrap();
    let list = ListRequest {
        max_results: 10,
        next_token: None,
    };
    Call::new(Request::list(&endpoint, list), Some(bearer(TOKEN)), 3)
}

fn page(text: &str) -> Option<Page> {
    body(text).page
}

fn responds(status: u16, text: &str) -> Event {
    Event::Response(response(status, text))
}

fn page_of(result: Result<Outcome, CallError>) -> Page {
    result.unwrap().page.unwrap()
}

const EMPTY: &str = r#"{"items":[]}"#;

#[test]
fn a_page_is_read_with_everything_on_it() {
    let body = r#"
        { "nextToken": "c", "more": [1, {"id": 2}], "items": [
            { "id": "1", "name": "Laptop", "expiresTime": "2027-01-02T03:04:05.678Z", "x": null },
            { "name": "\u00e4 😀", "id": "2", "expiresTime": null },
            { "name": "c", "id": "3" } ] }"#;
    let token = |id: &str, name: &str, expires_ms| AccessToken {
        id: id.to_owned(),
        name: name.to_owned(),
        expires_ms,
    };
    let expected = Page {
        items: vec![
            token("1", "Laptop", Some(1_798_859_045_678.0)),
            token("2", "ä 😀", None),
            token("3", "c", None),
        ],
        next_token: Some("c".to_owned()),
    };
    assert_eq!(page(body), Some(expected));
}

#[test]
fn a_page_without_a_page_token_is_the_last() {
    for body in [EMPTY, r#"{"items":[],"nextToken":null}"#] {
        assert_eq!(page(body).unwrap().next_token, None, "{body}");
    }
}

/// A page with one item, of which one member is this.
fn with(member: &str) -> String {
    let others = [r#""id":"1""#, r#""name":"n""#];
    let key = member.split(':').next().unwrap();
    let kept = others
        .iter()
        .filter(|other| !other.starts_with(key))
        .copied();
    let members: Vec<_> = kept.chain([member]).collect();
    format!("{{\"items\":[{{{}}}]}}", members.join(","))
}

fn long(key: &str, length: usize) -> String {
    with(&format!("\"{key}\":\"{}\"", "😀".repeat(length)))
}

#[test]
fn a_page_that_breaks_a_promise_of_the_service_is_refused() {
    assert!(page(&long("id", 36)).is_some() && page(&long("name", 100)).is_some());
    let pages = [
        "",
        "null",
        "[]",
        "{}",
        "7",
        "<html>",
        "\"items\"",
        r#"{"items":null}"#,
        r#"{"items":{}}"#,
        r#"{"items":"x"}"#,
        r#"{"items":7}"#,
        r#"{"Items":[]}"#,
        r#"{"items":[null]}"#,
        r#"{"items":[7]}"#,
        r#"{"items":["x"]}"#,
        r#"{"items":[[]]}"#,
        r#"{"items":[{}]}"#,
        r#"{"items":[{"id":"1","name":"n"},{}]}"#,
        r#"{"items":[],"nextToken":""}"#,
        r#"{"items":[],"nextToken":7}"#,
        r#"{"items":[],"nextToken":{}}"#,
    ];
    let members = [
        r#""id":null"#,
        r#""id":"""#,
        r#""id":7"#,
        r#""id":["1"]"#,
        r#""name":null"#,
        r#""name":"""#,
        r#""name":true"#,
    ];
    let long = [
        long("id", 37),
        long("name", 101),
        format!("{{\"items\":[],\"nextToken\":\"{}\"}}", "x".repeat(10_001)),
    ];
    let members = members.iter().map(|member| with(member));
    let pages = pages.iter().map(|page| (*page).to_owned());
    for body in pages.chain(members).chain(long) {
        assert_eq!(page(&body), None, "{body}");
        let error = run(call(), vec![responds(200, &body)]).unwrap_err().error;
        assert_eq!(error.name(), "UnexpectedResponseError", "{body}");
        let is_from_service = body.is_empty() || body.starts_with('{');
        assert_eq!(error == Error::InvalidPage, is_from_service, "{body}");
    }
}

#[test]
fn a_token_whose_expires_time_cannot_be_read_has_none() {
    for member in [
        r#""expiresTime":1798859045"#,
        r#""expiresTime":"""#,
        r#""expiresTime":"soon""#,
        r#""expiresTime":{}"#,
        r#""expiresTime":true"#,
    ] {
        let page = page(&with(member)).unwrap();
        assert_eq!(page.items[0].expires_ms, None, "{member}");
    }
}

#[test]
fn a_page_has_the_properties_of_the_contract() {
    let body =
        r#"{"items":[{"id":"1","name":"n","expiresTime":"1970-01-01T00:00:01Z"}],"nextToken":"b"}"#;
    let outcome = run(call(), vec![responds(200, body)]).unwrap();
    let expected = serde_json::json!({
        "items": [{ "id": "1", "name": "n", "expiresTime": 1_000.0 }],
        "nextToken": "b",
        "attempts": 1,
        "status": 200,
    });
    assert_eq!(
        serde_json::to_value(outcome.page_output()).unwrap(),
        expected
    );
}

#[test]
fn a_page_that_fails_for_a_moment_is_requested_again() {
    let events = vec![no_response(), responds(503, ""), responds(200, EMPTY)];
    assert!(page_of(run(call(), events)).items.is_empty());
}

#[test]
fn a_page_that_breaks_off_is_requested_again() {
    let broken = |error| {
        let response = Response {
            body: broken_body(r#"{"items":["#),
            ..response(200, "")
        };
        Event::Broken(error, Some(response))
    };
    let events = vec![
        broken(Error::Network),
        broken(Error::Timeout),
        responds(200, EMPTY),
    ];
    assert!(page_of(run(call(), events)).items.is_empty());
    let events = (0..3).map(|_| broken(Error::Network)).collect();
    let result = run(call(), events);
    assert_eq!(summary(result), ("NetworkError".into(), 3, false));
}

#[test]
fn an_invalid_page_is_not_requested_again() {
    let error = run(call(), vec![responds(200, "{}")]).unwrap_err();
    assert_eq!(error.metadata.status, Some(200));
    let summary = summary(Err(error));
    assert_eq!(summary, ("UnexpectedResponseError".into(), 1, false));
}

#[test]
fn a_list_deletes_nothing_so_its_outcome_is_never_unknown() {
    for events in [
        vec![no_response(), no_response(), no_response()],
        vec![no_response(), responds(403, "")],
        vec![Event::Broken(Error::Aborted, None)],
        vec![responds(302, "")],
    ] {
        assert!(!summary(run(call(), events)).2);
    }
}

#[test]
fn a_list_that_is_not_found_is_an_error_even_after_a_lost_response() {
    let result = run(call(), vec![no_response(), responds(404, MESSAGE)]);
    let expected = ("ResourceNotFoundException".into(), 2, false);
    assert_eq!(summary(result), expected);
}

proptest! {
    #![proptest_config(cases(256))]

    #[test]
    fn every_list_of_tokens_is_read_as_it_was_written(
        tokens in prop::collection::vec(("\\PC{1,36}", "[^a]{1,100}"), 0..10),
        next in prop::option::of("[^ab]{1,90}"),
    ) {
        let item = |(id, name): &(String, String)| serde_json::json!({ "id": id, "name": name });
        let items: Vec<_> = tokens.iter().map(item).collect();
        let json = serde_json::json!({ "items": items, "nextToken": next });
        let page = page(&json.to_string()).unwrap();
        let read: Vec<_> = page.items.into_iter().map(|token| (token.id, token.name)).collect();
        prop_assert_eq!(read, tokens);
        prop_assert_eq!(page.next_token, next);
    }

    #[test]
    fn any_text_is_read_without_a_panic(
        text in any::<String>(),
        json in "[{}\\[\\]\",:a0\\\\uitems]{0,40}",
    ) {
        let _ = page(&text);
        let _ = page(&json);
    }
}
