//! Recorded replies, and what they mean.

use codecatalyst_pat::error::{Error, Evidence, Refusal};
use codecatalyst_pat::reply::Reply;

use crate::given::{TOKEN, named, reply, secret};

pub(crate) fn refusal(reply: &Reply) -> Refusal {
    match reply.verdict(&secret(TOKEN)) {
        Err(Error::Service(refusal)) => *refusal,
        other => panic!("no refusal: {other:?}"),
    }
}

fn name(reply: &Reply) -> String {
    refusal(reply).name
}

#[test]
fn any_2xx_says_that_the_token_is_gone_whatever_the_body_says() {
    for status in [200, 201, 202, 204, 206, 299] {
        for body in [
            "",
            "{}",
            "<html>",
            r#"{"__type":"AccessDeniedException"}"#,
            "\0",
        ] {
            assert_eq!(reply(status, body).verdict(&secret(TOKEN)), Ok(()));
        }
    }
    assert_eq!(
        named(200, "AccessDeniedException").verdict(&secret(TOKEN)),
        Ok(())
    );
}

#[test]
fn a_redirect_is_told_by_its_status_or_by_hiding_it() {
    for status in [
        Some(300),
        Some(301),
        Some(302),
        Some(304),
        Some(308),
        Some(399),
        None,
    ] {
        let reply = Reply {
            status,
            ..named(0, "ThrottlingException")
        };
        assert_eq!(reply.verdict(&secret(TOKEN)), Err(Error::Redirect));
    }
}

#[test]
fn without_a_name_the_status_decides() {
    let table = [
        (400, "ValidationException"),
        (401, "UnauthorizedException"),
        (402, "ServiceQuotaExceededException"),
        (403, "AccessDeniedException"),
        (404, "ResourceNotFoundException"),
        (409, "ConflictException"),
        (429, "ThrottlingException"),
        (500, "InternalServerException"),
        (503, "InternalServerException"),
        (599, "InternalServerException"),
        (100, "UnknownServiceError"),
        (199, "UnknownServiceError"),
        (405, "UnknownServiceError"),
        (408, "UnknownServiceError"),
        (410, "UnknownServiceError"),
        (499, "UnknownServiceError"),
        (600, "UnknownServiceError"),
        (999, "UnknownServiceError"),
    ];
    for (status, expected) in table {
        let found = refusal(&reply(status, ""));
        assert_eq!(found.name, expected, "{status}");
        assert_eq!(found.message, "The service gave no message.");
    }
}

#[test]
fn the_name_stands_in_the_header_else_in_code_else_in_type() {
    let table = [
        (Some("A"), r#"{"code":"B","__type":"C"}"#, "A"),
        (None, r#"{"code":"B","__type":"C"}"#, "B"),
        (None, r#"{"__type":"C","code":"B"}"#, "B"),
        (None, r#"{"__type":"C"}"#, "C"),
        (None, r#"{"code":"","__type":"C"}"#, "C"),
        (None, r#"{"code":7,"__type":"C"}"#, "C"),
        (
            None,
            r#"{"code":null,"__type":["C"]}"#,
            "ValidationException",
        ),
        (
            None,
            r#"{"Code":"B","type":"C","name":"D"}"#,
            "ValidationException",
        ),
        (Some(""), r#"{"code":"B"}"#, "B"),
        (Some(" \t"), r#"{"code":"B"}"#, "B"),
        (Some(":http://x"), r#"{"code":"B"}"#, "B"),
        (Some("x#"), r##"{"code":"#"}"##, "ValidationException"),
    ];
    for (header, body, expected) in table {
        let error_type = header.map(|text| text.to_owned().into());
        assert_eq!(
            name(&Reply {
                error_type,
                ..reply(400, body)
            }),
            expected,
            "{header:?} {body}"
        );
    }
}

#[test]
fn a_name_is_cut_out_of_what_surrounds_it() {
    let table = [
        ("FooError", "FooError"),
        ("FooError:http://internal.amazon.com/coral/x/", "FooError"),
        ("aws.protocoltests#FooError", "FooError"),
        ("aws.protocoltests#FooError:http://x#y", "FooError"),
        ("FooError,http://x", "FooError"),
        ("FooError:a,b", "FooError"),
        ("FooError,a:b", "FooError"),
        ("a#b#FooError", "b#FooError"),
        ("  FooError  ", "FooError"),
        ("aws# FooError :x", "FooError"),
        ("Foo\r\nError", "Foo  Error"),
        ("Foo\0\u{7F}Error", "FooError"),
    ];
    for (raw, expected) in table {
        assert_eq!(name(&named(418, raw)), expected);
        let body = serde_json::json!({ "code": raw }).to_string();
        assert_eq!(name(&reply(418, &body)), expected);
        let body = serde_json::json!({ "__type": raw }).to_string();
        assert_eq!(name(&reply(418, &body)), expected);
    }
}

#[test]
fn of_members_of_one_name_the_last_counts() {
    assert_eq!(
        refusal(&reply(400, r#"{"message":"a","message":"b"}"#)).message,
        "b"
    );
    assert_eq!(name(&reply(400, r#"{"code":"A","code":"B"}"#)), "B");
}

#[test]
fn a_body_may_nest_as_deep_as_it_is_long() {
    let deep = |open: &str, close: &str| [open.repeat(20_000), close.repeat(20_000)].concat();
    for nest in [deep("[", "]"), deep("{\"a\":", "}")] {
        let body = format!("{{\"x\":{nest},\"code\":\"A\"}}");
        assert_eq!(name(&reply(400, &body)), "A");
    }
    assert_eq!(
        name(&reply(400, &"[".repeat(65_536))),
        "ValidationException"
    );
    assert_eq!(
        name(&reply(400, &"{\"a\":".repeat(13_000))),
        "ValidationException"
    );
}

#[test]
fn a_request_id_is_fit_to_be_shown() {
    let table = [
        ("4f0b-9c1e", Some("4f0b-9c1e")),
        (" a\nb ", Some("a b")),
        ("", None),
        ("\0", None),
        (TOKEN, Some("[token]")),
    ];
    for (raw, expected) in table {
        let reply = Reply {
            request_id: Some(raw.to_owned().into()),
            ..reply(500, "")
        };
        assert_eq!(
            reply.evidence(&secret(TOKEN), 0.0).request_id.as_deref(),
            expected
        );
    }
}

#[test]
fn the_headers_of_a_reply_are_looked_up_by_name() {
    let reply = Reply::new(Some(503), |header| Some(format!("{header}!").into()));
    assert_eq!(reply.error_type.unwrap().as_str(), "x-amzn-errortype!");
    assert_eq!(reply.request_id.unwrap().as_str(), "x-amzn-requestid!");
    assert_eq!(reply.retry_after.unwrap().as_str(), "retry-after!");
    assert_eq!(
        reply.amz_retry_after.unwrap().as_str(),
        "x-amz-retry-after!"
    );
    let other = Reply::new(None, |header| {
        (header == "x-amz-request-id").then(|| "o".to_owned().into())
    });
    assert_eq!(other.request_id.unwrap().as_str(), "o");
}

#[test]
fn a_reply_proves_what_it_says_and_no_more() {
    let secret = secret(TOKEN);
    let expected = Evidence {
        status: Some(418),
        ..Evidence::default()
    };
    assert_eq!(reply(418, "{}").evidence(&secret, 0.0), expected);
    assert_eq!(Reply::default().evidence(&secret, 0.0), Evidence::default());
}
