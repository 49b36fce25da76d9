//! Recorded responses, and what they mean.

use codecatalyst_pat::error::{Error, ResponseMetadata, ServiceError};
use codecatalyst_pat::response::Response;

use crate::fixtures::{FixedClock, TOKEN, bearer, named, response};

pub(crate) fn service_error(response: &Response) -> ServiceError {
    match response.result(&bearer(TOKEN)) {
        Err(Error::Service(error)) => *error,
        other => panic!("no error of the service: {other:?}"),
    }
}

fn name(response: &Response) -> String {
    service_error(response).name
}

#[test]
fn a_3xx_or_a_hidden_status_is_a_redirect() {
    for status in [
        Some(300),
        Some(301),
        Some(302),
        Some(304),
        Some(308),
        Some(399),
        None,
    ] {
        let response = Response {
            status,
            ..named(0, "ThrottlingException")
        };
        assert_eq!(response.result(&bearer(TOKEN)), Err(Error::Redirect));
    }
}

#[test]
fn an_error_of_the_service_without_a_name_has_that_of_its_status() {
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
        let error = service_error(&response(status, r#"{"message":""}"#));
        assert_eq!(error.name, expected, "{status}");
        assert_eq!(error.message, "The service gave no message.");
    }
}

#[test]
fn the_name_is_that_of_the_header_or_of_code_or_of_type() {
    let table = [
        (Some("A"), r#"{"code":"B","__type":"C"}"#, "A"),
        (None, r#"{"code":"B","__type":"C"}"#, "B"),
        (None, r#"{"__type":"C","code":"B"}"#, "B"),
        (None, r#"{"__type":"C"}"#, "C"),
        (None, r#"{"code":"","__type":"C"}"#, "C"),
        (None, r#"{"code":7,"__type":"C"}"#, "C"),
        (
            None,
            r#"{"code":null,"__type":["C"],"message":"d"}"#,
            "ValidationException",
        ),
        (
            None,
            r#"{"Code":"B","type":"C","name":"D","message":"e"}"#,
            "ValidationException",
        ),
        (Some(""), r#"{"code":"B"}"#, "B"),
        (Some(" \t"), r#"{"code":"B"}"#, "B"),
        (Some(":http://x"), r#"{"code":"B"}"#, "B"),
        (Some("x#"), r##"{"code":"#"}"##, "ValidationException"),
    ];
    for (header, body, expected) in table {
        let error_type = header.map(|text| text.to_owned());
        assert_eq!(
            name(&Response {
                error_type,
                ..response(400, body)
            }),
            expected,
            "{header:?} {body}"
        );
    }
}

#[test]
fn a_name_is_taken_out_of_its_namespace_and_uri() {
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
        assert_eq!(name(&response(418, &body)), expected);
        let body = serde_json::json!({ "__type": raw }).to_string();
        assert_eq!(name(&response(418, &body)), expected);
    }
}

#[test]
fn a_request_id_is_printable_and_redacted() {
    let table = [
        ("4f0b-9c1e", Some("4f0b-9c1e")),
        (" a\nb ", Some("a b")),
        ("", None),
        ("\0", None),
        (TOKEN, Some("[token]")),
    ];
    for (raw, expected) in table {
        let response = Response {
            request_id: Some(raw.to_owned()),
            ..response(500, "")
        };
        assert_eq!(
            response.metadata(&bearer(TOKEN)).request_id.as_deref(),
            expected
        );
    }
}

#[test]
fn the_headers_of_a_response_are_looked_up_by_name() {
    let headers = |name| Some(format!("{name}!"));
    let response = Response::new(Some(503), headers, &FixedClock(0.0));
    assert_eq!(response.error_type.unwrap().as_str(), "x-amzn-errortype!");
    assert_eq!(response.request_id.unwrap().as_str(), "x-amzn-requestid!");
    for (header, value) in [("retry-after", "7"), ("x-amz-retry-after", "7000")] {
        let headers = |name| (name == header).then(|| value.to_owned());
        let response = Response::new(None, headers, &FixedClock(0.0));
        assert_eq!(response.retry_after_ms, Some(7_000));
    }
    let headers = |name| (name == "x-amz-request-id").then(|| "o".to_owned());
    let response = Response::new(None, headers, &FixedClock(0.0));
    assert_eq!(response.request_id.unwrap().as_str(), "o");
}

#[test]
fn metadata_holds_only_what_the_response_says() {
    let token = bearer(TOKEN);
    let expected = ResponseMetadata {
        status: Some(418),
        ..ResponseMetadata::default()
    };
    assert_eq!(response(418, "{}").metadata(&token), expected);
    assert_eq!(
        Response::default().metadata(&token),
        ResponseMetadata::default()
    );
}
