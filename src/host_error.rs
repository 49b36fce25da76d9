//! What an error of the host says about a request: whether it can have reached the service.

use crate::error::Error;

/// Codes of errors that come before a request is sent: there was no connection to send it over.
///
/// A code that is missing here proves nothing. Three are missing on purpose: `ECONNRESET` and
/// `UND_ERR_SOCKET` are also given for a request that was sent, and `UND_ERR_ABORTED`, by which
/// undici reports a proxy that refused the tunnel, also for one that was given up.
const NOT_CONNECTED: [&str; 13] = [
    // The name was not found (https://docs.libuv.org/en/v1.x/errors.html; `EAI_*` is below).
    "ENOTFOUND",
    // The connection was refused, or there was no way to the address (the same page).
    "ECONNREFUSED",
    "EADDRNOTAVAIL",
    "EHOSTDOWN",
    "EHOSTUNREACH",
    "ENETDOWN",
    "ENETUNREACH",
    // The same in Bun before 1.3 (https://github.com/oven-sh/bun/blob/main/src/http.zig).
    "ConnectionRefused",
    "FailedToOpenSocket",
    // The connection took too long, or a proxy gave none
    // (https://undici.nodejs.org/#/docs/api/Errors).
    "UND_ERR_CONNECT_TIMEOUT",
    "UND_ERR_PRX_CONN",
    "UND_ERR_PRX_TLS",
    // The same of Node's own agent (https://nodejs.org/api/errors.html#err_proxy_tunnel).
    "ERR_PROXY_TUNNEL",
];

/// How further such codes begin: those of getaddrinfo, and of a SOCKS proxy in undici.
const NOT_CONNECTED_PREFIXES: [&str; 2] = ["EAI_", "UND_ERR_SOCKS5"];

/// Codes of a certificate that was not accepted. Node and Bun send nothing before it is.
///
/// They are OpenSSL's (<https://nodejs.org/api/tls.html#x509-certificate-error-codes>), and those
/// of Node's own check of the name (<https://nodejs.org/api/errors.html>).
const BAD_CERTIFICATE: [&str; 23] = [
    "CERT_CHAIN_TOO_LONG",
    "CERT_HAS_EXPIRED",
    "CERT_NOT_YET_VALID",
    "CERT_REJECTED",
    "CERT_REVOKED",
    "CERT_SIGNATURE_FAILURE",
    "CERT_UNTRUSTED",
    "CRL_HAS_EXPIRED",
    "CRL_NOT_YET_VALID",
    "CRL_SIGNATURE_FAILURE",
    "DEPTH_ZERO_SELF_SIGNED_CERT",
    "ERROR_IN_CERT_NOT_AFTER_FIELD",
    "ERROR_IN_CERT_NOT_BEFORE_FIELD",
    "ERR_TLS_CERT_ALTNAME_INVALID",
    "HOSTNAME_MISMATCH",
    "INVALID_CA",
    "INVALID_PURPOSE",
    "PATH_LENGTH_EXCEEDED",
    "SELF_SIGNED_CERT_IN_CHAIN",
    "UNABLE_TO_GET_CRL",
    "UNABLE_TO_GET_ISSUER_CERT",
    "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
    "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
];

/// What Node calls the steps before anything can be sent, in an error's `syscall`.
const EARLY_SYSCALLS: [&str; 2] = ["connect", "getaddrinfo"];

/// How many errors are looked at in all. More prove nothing.
pub const MAX_ERRORS: usize = 32;

/// An error that the host threw, as it is held there. Any part may be missing, or be a lie.
pub trait HostError: Sized {
    /// `code`, if it is text.
    fn code(&self) -> Option<String>;

    /// `syscall`, if it is text.
    fn syscall(&self) -> Option<String>;

    /// `cause`, if there is one.
    fn cause(&self) -> Option<Self>;

    /// `errors`, of which [`MAX_ERRORS`] are enough: a connection was tried at each address.
    fn errors(&self) -> Vec<Self>;
}

/// The error for a request that the host's `fetch` rejected.
///
/// Hosts put the code somewhere in the chain of causes. That nothing was sent counts as proven only
/// if each code on the chain proves it, and each error of an `AggregateError`. Deno gives no codes,
/// nor does a browser: there the answer is always [`Error::Network`].
///
/// # Examples
///
/// ```
/// use codecatalyst_pat::error::Error;
/// use codecatalyst_pat::host_error::{HostError, network_error};
///
/// struct Refused;
/// impl HostError for Refused {
///     fn code(&self) -> Option<String> { Some("ECONNREFUSED".to_owned()) }
///     fn syscall(&self) -> Option<String> { Some("connect".to_owned()) }
///     fn cause(&self) -> Option<Self> { None }
///     fn errors(&self) -> Vec<Self> { vec![] }
/// }
///
/// assert_eq!(network_error(&Refused), Error::NotConnected);
/// ```
pub fn network_error<E: HostError>(thrown: &E) -> Error {
    let mut left = MAX_ERRORS;
    match proof(thrown, &mut left) {
        Proof::MaybeSent => Error::Disconnected,
        Proof::NotConnected => Error::NotConnected,
        Proof::BadCertificate => Error::Certificate,
        Proof::NoCode => Error::Network,
    }
}

/// What an error proves. Of several the least counts.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Proof {
    MaybeSent,
    BadCertificate,
    NotConnected,
    /// Nothing, in either direction.
    NoCode,
}

/// What an error and its causes prove.
fn proof<E: HostError>(error: &E, left: &mut usize) -> Proof {
    let Some(fewer) = left.checked_sub(1) else {
        return Proof::MaybeSent;
    };
    *left = fewer;
    let errors = error.errors();
    let mut least = match error.code() {
        Some(code) if errors.is_empty() => proof_of_code(&code, error.syscall()),
        // An aggregate takes its own code from one of them.
        _ => Proof::NoCode,
    };
    for error in &errors {
        let proof = proof(error, left);
        let is_silent = proof == Proof::NoCode;
        least = least.min(if is_silent { Proof::MaybeSent } else { proof });
    }
    error
        .cause()
        .map_or(least, |cause| least.min(proof(&cause, left)))
}

/// What a code proves. The name of a system call says more than the code: `ETIMEDOUT` may come from
/// `connect` or from `read`, and `EHOSTUNREACH` may come long after a connection was made.
fn proof_of_code(code: &str, syscall: Option<String>) -> Proof {
    let is_early = match syscall.as_deref() {
        Some(syscall) => EARLY_SYSCALLS.contains(&syscall),
        None => {
            let mut prefixes = NOT_CONNECTED_PREFIXES.iter();
            NOT_CONNECTED.contains(&code) || prefixes.any(|prefix| code.starts_with(prefix))
        }
    };
    if is_early {
        Proof::NotConnected
    } else if BAD_CERTIFICATE.contains(&code) {
        Proof::BadCertificate
    } else {
        Proof::MaybeSent
    }
}
