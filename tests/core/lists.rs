//! Lists: what is asked, what a page must be, and calls that ask for one.

use codecatalyst_pat::call::{Action, Call, Event, Outcome};
use codecatalyst_pat::endpoint::Endpoint;
use codecatalyst_pat::error::{Error, Failure};
use codecatalyst_pat::list::{AccessToken, Listing, Page};
use codecatalyst_pat::request::Request;
use codecatalyst_pat::text::quoted;
use proptest::prelude::*;

use crate::calls::{gist, lost, run, step};
use crate::given::{TOKEN, cases, headers, reply, secret};

fn listing(asked: &[&str]) -> Listing {
    Listing::new(10, asked.iter().map(|mark| (*mark).to_owned()).collect())
}

fn call(asked: &[&str]) -> Call {
    let endpoint = Endpoint::new("https://example.com").unwrap();
    let request = Request::page(&endpoint, listing(asked));
    Call::new(request, Some(secret(TOKEN)), 3)
}

fn page(body: &str) -> Result<Page, Error> {
    listing(&["a", "b"]).page(&body.encode_utf16().collect::<Vec<_>>())
}

fn answers(status: u16, body: &str) -> Event {
    Event::Replied(reply(status, body))
}

fn page_of(end: Result<Outcome, Failure>) -> Page {
    end.unwrap().page.unwrap()
}

const EMPTY: &str = r#"{"items":[]}"#;

#[test]
fn a_page_is_asked_for_with_three_headers_and_a_body() {
    let mut call = call(&["a", "m\"\n"]);
    let Action::Send(request, secret) = step(&mut call, Event::Ready) else {
        panic!("nothing is sent");
    };
    assert_eq!(
        (request.method, request.url.as_str()),
        ("POST", "https://example.com/v1/accessTokens")
    );
    let authorization = format!("Bearer {TOKEN}");
    let json = "application/json";
    let expected = [
        ("authorization", authorization.as_str()),
        ("accept", json),
        ("content-type", json),
    ];
    assert_eq!(headers(request, secret), expected);
    let body = &request.listing.as_ref().unwrap().body;
    assert_eq!(body, r#"{"maxResults":10,"nextToken":"m\"\u000a"}"#);
}

#[test]
fn every_size_of_a_page_is_written_as_a_number() {
    for size in 1..=10 {
        let expected = serde_json::json!({ "maxResults": size }).to_string();
        assert_eq!(Listing::new(size, vec![]).body, expected);
    }
}

#[test]
fn a_page_is_read_with_all_that_it_holds() {
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
        tokens: vec![
            token("1", "Laptop", Some(1_798_859_045_678.0)),
            token("2", "ä 😀", None),
            token("3", "c", None),
        ],
        next_token: Some("c".to_owned()),
    };
    assert_eq!(page(body), Ok(expected));
}

#[test]
fn a_page_without_a_mark_is_the_last() {
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

#[test]
fn what_is_not_as_promised_is_refused() {
    let long = |key: &str, length: usize| with(&format!("\"{key}\":\"{}\"", "😀".repeat(length)));
    assert!(page(&long("id", 36)).is_ok() && page(&long("name", 100)).is_ok());
    let table = [
        "",
        " ",
        "null",
        "[]",
        "{}",
        "7",
        "gone",
        "<html>",
        "\"items\"",
        r#"{"items":null}"#,
        r#"{"items":{}}"#,
        r#"{"items":"x"}"#,
        r#"{"items":7}"#,
        r#"{"Items":[]}"#,
        r#"{"items":[]"#,
        r#"{"items":["#,
        r#"{"items":[]} and more"#,
        r#"{"items":[{"id":"1","name":"n"}"#,
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
    let items = [
        r#""id":null"#,
        r#""id":"""#,
        r#""id":7"#,
        r#""id":["1"]"#,
        r#""name":null"#,
        r#""name":"""#,
        r#""name":true"#,
        r#""expiresTime":1798859045"#,
        r#""expiresTime":"""#,
        r#""expiresTime":"soon""#,
        r#""expiresTime":{}"#,
    ];
    let items = items.iter().map(|member| with(member));
    let long = [
        long("id", 37),
        long("name", 101),
        format!("{{\"items\":[],\"nextToken\":\"{}\"}}", "x".repeat(10_001)),
    ];
    for body in table
        .iter()
        .map(|body| (*body).to_owned())
        .chain(items)
        .chain(long)
    {
        assert!(matches!(page(&body), Err(Error::Malformed(_))), "{body}");
    }
}

#[test]
fn a_mark_that_was_there_before_is_an_error_and_no_loop() {
    for mark in ["a", "b"] {
        let error = page(&format!("{{\"items\":[],\"nextToken\":\"{mark}\"}}")).unwrap_err();
        assert!(
            error.message().contains("back to a page"),
            "{}",
            error.message()
        );
    }
}

#[test]
fn a_page_that_failed_in_passing_is_asked_for_again() {
    let end = run(
        call(&[]),
        vec![lost(), answers(503, ""), answers(200, EMPTY)],
    );
    assert!(page_of(end).tokens.is_empty());
}

#[test]
fn a_page_that_broke_off_is_asked_for_again() {
    let broken = Event::Broken(Error::Network, Some(reply(200, "")));
    let late = Event::Broken(Error::Timeout, Some(reply(200, "")));
    let end = run(call(&[]), vec![broken, late, answers(200, EMPTY)]);
    assert!(page_of(end).tokens.is_empty());
    let broken = || Event::Broken(Error::Network, Some(reply(200, "")));
    let end = run(call(&[]), vec![broken(), broken(), broken()]);
    assert_eq!(gist(end), ("NetworkError".into(), 3, false));
}

#[test]
fn a_page_that_is_not_as_promised_is_not_asked_for_again() {
    let end = run(call(&[]), vec![answers(200, "[]")]);
    let failure = end.unwrap_err();
    assert_eq!(failure.evidence.status, Some(200));
    assert_eq!(
        gist(Err(failure)),
        ("UnexpectedResponseError".into(), 1, false)
    );
}

#[test]
fn a_list_deletes_nothing_so_its_outcome_is_never_unknown() {
    for events in [
        vec![lost(), lost(), lost()],
        vec![lost(), answers(403, "")],
        vec![Event::Broken(Error::Abort, None)],
        vec![answers(302, "")],
    ] {
        assert!(!gist(run(call(&[]), events)).2);
    }
}

#[test]
fn a_list_that_is_not_found_is_an_error_also_after_a_lost_reply() {
    let end = run(call(&[]), vec![lost(), answers(404, "")]);
    assert_eq!(gist(end), ("ResourceNotFoundException".into(), 2, false));
}

proptest! {
    #![proptest_config(cases(256))]

    #[test]
    fn text_is_quoted_as_another_writer_reads_it(text in any::<String>()) {
        prop_assert_eq!(serde_json::from_str::<String>(&quoted(&text)).unwrap(), text);
    }

    #[test]
    fn every_list_of_tokens_is_read_as_it_was_written(
        tokens in prop::collection::vec(("\\PC{1,36}", "[^a]{1,100}"), 0..10),
        next in prop::option::of("[^ab]{1,90}"),
    ) {
        let items: Vec<_> = tokens.iter().map(|(id, name)| serde_json::json!({ "id": id, "name": name })).collect();
        let page = page(&serde_json::json!({ "items": items, "nextToken": next }).to_string()).unwrap();
        let read: Vec<_> = page.tokens.iter().map(|token| (token.id.clone(), token.name.clone())).collect();
        prop_assert_eq!(read, tokens);
        prop_assert_eq!(page.next_token, next);
    }

    #[test]
    fn no_text_at_all_makes_it_trap(text in any::<String>(), json in "[{}\\[\\]\",:a0\\\\uitems]{0,40}") {
        let _ = page(&text);
        let _ = page(&json);
    }
}
