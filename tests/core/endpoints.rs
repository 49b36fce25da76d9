//! Endpoints: where requests go once a URL parser has read them.

use codecatalyst_pat::endpoint::{Endpoint, SERVICE};
use codecatalyst_pat::error::Error;
use proptest::prelude::*;
use url::Url;

use crate::fixtures::cases;

/// Reads an endpoint as the edge does: first by a URL parser, here that of the `url` crate.
fn endpoint(text: &str) -> Result<Endpoint, Error> {
    match Url::parse(text) {
        Ok(url) => Endpoint::new(url.as_str()),
        Err(_) => Endpoint::new(""),
    }
}

fn read(text: &str) -> Option<(String, String)> {
    let endpoint = endpoint(text).ok()?;
    Some((endpoint.origin().to_owned(), endpoint.path().to_owned()))
}

#[test]
fn an_endpoint_is_an_origin_and_a_prefix() {
    let table = [
        (SERVICE, SERVICE, ""),
        ("https://h", "https://h", ""),
        ("https://h/", "https://h", ""),
        ("https://h//", "https://h", ""),
        ("https://h/a/b/", "https://h", "/a/b"),
        ("https://h//a//b//", "https://h", "//a//b"),
        (
            "HTTPS://Host.Example:443/Api/",
            "https://host.example",
            "/Api",
        ),
        ("https://h:80", "https://h:80", ""),
        ("https://h:08443/x", "https://h:8443", "/x"),
        (
            "https://bücher.example/ü",
            "https://xn--bcher-kva.example",
            "/%C3%BC",
        ),
        ("https://h/a@b/c:d", "https://h", "/a@b/c:d"),
        ("https://h/a/../b/%2e%2e/c", "https://h", "/c"),
        ("https://h\\a", "https://h", "/a"),
        ("https://@h", "https://h", ""),
        (
            "https://[2001:db8::1]:8443/x",
            "https://[2001:db8::1]:8443",
            "/x",
        ),
        ("https://2130706433", "https://127.0.0.1", ""),
    ];
    for (text, origin, path) in table {
        assert_eq!(read(text), Some((origin.into(), path.into())), "{text}");
    }
}

#[test]
fn http_is_for_this_machine_only() {
    let table = [
        ("http://localhost", "http://localhost"),
        ("http://LOCALHOST:80/", "http://localhost"),
        ("http://localhost:443", "http://localhost:443"),
        ("http://127.0.0.1:3000", "http://127.0.0.1:3000"),
        ("http://127.255.255.254", "http://127.255.255.254"),
        ("http://0x7f.1", "http://127.0.0.1"),
        ("http://[::1]:8080/", "http://[::1]:8080"),
        ("http://[0:0:0:0:0:0:0:1]", "http://[::1]"),
    ];
    for (text, origin) in table {
        assert_eq!(read(text), Some((origin.into(), String::new())), "{text}");
    }
    assert_eq!(read("http://[::1]:8080/x/").unwrap().1, "/x");
}

#[test]
fn http_to_a_host_that_only_resembles_localhost_is_refused() {
    let table = [
        "http://127.0.0.1.evil.com",
        "http://127.evil.com",
        "http://localhost.evil.com",
        "http://localhost.",
        "http://notlocalhost",
        "http://128.0.0.1",
        "http://0127.0.0.1",
        "http://0.0.0.0",
        "http://10.0.0.1",
        "http://[::2]",
        "http://[::1a]",
        "http://[::ffff:127.0.0.1]",
    ];
    for text in table {
        assert!(message(text).contains("must be https:"), "{text}");
    }
}

#[test]
fn an_invalid_endpoint_is_refused_with_what_is_expected() {
    let table = [
        ("", "absolute https: URL"),
        ("h", "absolute https: URL"),
        ("//h", "absolute https: URL"),
        ("ftp://h", "https: URL"),
        ("wss://h", "https: URL"),
        ("file:///etc", "https: URL"),
        ("https://", "https: URL"),
        ("https://h:65536", "https: URL"),
        ("https://999.1.1.1", "https: URL"),
        ("https://[xyz]", "https: URL"),
        ("https://a@b", "no user name"),
        ("https://a:b@c", "no user name"),
        ("https://h?", "no query"),
        ("https://h/?x", "no query"),
        ("https://h#", "no query or fragment"),
        ("https://h/x#y", "no query or fragment"),
    ];
    for (text, expected) in table {
        assert!(
            message(text).contains(expected),
            "{text}: {}",
            message(text)
        );
    }
}

/// The message of an endpoint that is refused.
fn message(text: &str) -> String {
    let Err(error) = endpoint(text) else {
        return "accepted".to_owned();
    };
    assert_eq!(error.name(), "InvalidArgumentError");
    error.message().to_owned()
}

/// Endpoints that are almost valid, put together from parts that may be wrong.
fn almost_valid() -> impl Strategy<Value = String> {
    let scheme = prop::sample::select(vec!["https://", "http://", "HTTP://", "https:", "ftp://"]);
    let host = prop_oneof![
        "[a-z0-9.-]{1,9}",
        "localhost|127\\.0\\.0\\.[0-9]{1,3}|\\[::1\\]",
        "[a-z@:.\\[\\]\\\\%]{0,9}",
    ];
    let port = prop_oneof![Just(String::new()), ":[0-9]{0,5}"];
    let path = prop_oneof!["(/[a-z.%2e]{0,4}){0,4}", "/\\PC{0,9}"];
    (scheme, host, port, path)
        .prop_map(|(scheme, host, port, path)| [scheme, &host, &port, &path].concat())
}

proptest! {
    #![proptest_config(cases(512))]

    #[test]
    fn any_text_is_checked_without_a_panic(text in any::<String>()) {
        let _ = Endpoint::new(&text);
        let _ = endpoint(&text);
    }

    #[test]
    fn an_accepted_endpoint_holds_nothing_that_leads_elsewhere(text in almost_valid()) {
        let Some((origin, path)) = read(&text) else {
            return Ok(());
        };
        let is_plain = |char: char| char.is_ascii_graphic() && !"?#\\<>".contains(char);
        prop_assert!(origin.chars().chain(path.chars()).all(is_plain));
        // A host may hold one: the URL standard does not forbid it.
        prop_assert!(!path.contains('"'));
        prop_assert!(!origin.contains('@'));
        prop_assert!(!origin.bytes().any(|byte| byte.is_ascii_uppercase()));
        prop_assert!(path.is_empty() || path.starts_with('/') && !path.ends_with('/'));
        let segments = path.to_lowercase().replace("%2e", ".");
        prop_assert!(!segments.split('/').any(|segment| segment == "." || segment == ".."));
    }

    #[test]
    fn an_accepted_endpoint_is_parsed_again_as_the_same(text in almost_valid()) {
        if let Some((origin, path)) = read(&text) {
            prop_assert_eq!(read(&[origin.as_str(), &path].concat()), Some((origin, path)));
        }
    }

    #[test]
    fn an_accepted_http_endpoint_is_this_machine(text in almost_valid()) {
        if let Some((origin, _)) = read(&text)
            && let Some(host) = origin.strip_prefix("http://")
        {
            let is_address = host.split(':').next().is_some_and(|host| {
                host.parse::<std::net::Ipv4Addr>().is_ok_and(|address| address.is_loopback())
            });
            prop_assert!(is_address || host.starts_with("localhost") || host.starts_with("[::1]"));
        }
    }

    #[test]
    fn a_refusal_does_not_quote_the_endpoint(text in "\\PC{5,40}") {
        if let Err(error) = endpoint(&text) {
            prop_assert!(!error.message().contains(&text));
        }
    }
}
