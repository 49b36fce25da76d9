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
    for (given, origin, path) in table {
        assert_eq!(read(given), Some((origin.into(), path.into())), "{given}");
    }
}

#[test]
fn http_goes_to_this_machine_only() {
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
    for (given, origin) in table {
        assert_eq!(read(given), Some((origin.into(), String::new())), "{given}");
    }
    assert_eq!(read("http://[::1]:8080/x/").unwrap().1, "/x");
}

#[test]
fn http_to_what_only_looks_like_this_machine_is_refused() {
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
    for given in table {
        assert!(message(given).contains("must be https:"), "{given}");
    }
}

#[test]
fn what_is_no_endpoint_is_refused_with_what_was_expected() {
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
    for (given, expected) in table {
        assert!(
            message(given).contains(expected),
            "{given}: {}",
            message(given)
        );
    }
}

/// What is said of an endpoint that is refused.
fn message(given: &str) -> String {
    let Err(error) = endpoint(given) else {
        return "accepted".to_owned();
    };
    assert_eq!(error.name(), "InvalidArgumentError");
    error.message().to_owned()
}

/// Endpoints that are nearly right, put together from parts that may be wrong.
fn nearly_right() -> impl Strategy<Value = String> {
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
    fn no_text_at_all_makes_it_trap(given in any::<String>()) {
        let _ = Endpoint::new(&given);
        let _ = endpoint(&given);
    }

    #[test]
    fn what_is_accepted_holds_nothing_that_could_lead_elsewhere(given in nearly_right()) {
        let Some((origin, path)) = read(&given) else {
            return Ok(());
        };
        let is_plain = |char: char| char.is_ascii_graphic() && !"?#\\<>".contains(char);
        prop_assert!(origin.chars().chain(path.chars()).all(is_plain));
        // A host may hold one, odd as it is: the URL standard does not forbid it.
        prop_assert!(!path.contains('"'));
        prop_assert!(!origin.contains('@') && !origin.bytes().any(|byte| byte.is_ascii_uppercase()));
        prop_assert!(path.is_empty() || path.starts_with('/') && !path.ends_with('/'));
        let segments = path.to_lowercase().replace("%2e", ".");
        prop_assert!(!segments.split('/').any(|segment| segment == "." || segment == ".."));
    }

    #[test]
    fn what_is_accepted_is_read_again_as_the_same(given in nearly_right()) {
        if let Some((origin, path)) = read(&given) {
            prop_assert_eq!(read(&[origin.as_str(), &path].concat()), Some((origin, path)));
        }
    }

    #[test]
    fn http_that_is_accepted_goes_to_this_machine(given in nearly_right()) {
        if let Some((origin, _)) = read(&given)
            && let Some(host) = origin.strip_prefix("http://")
        {
            let is_address = host.split(':').next().is_some_and(|host| {
                host.parse::<std::net::Ipv4Addr>().is_ok_and(|address| address.is_loopback())
            });
            prop_assert!(is_address || host.starts_with("localhost") || host.starts_with("[::1]"));
        }
    }

    #[test]
    fn a_refusal_does_not_quote_what_was_given(given in "\\PC{5,40}") {
        if let Err(error) = endpoint(&given) {
            prop_assert!(!error.message().contains(&given));
        }
    }
}
