//! Sends one request with the host's `fetch`.

use std::cell::Cell;

use wasm_bindgen::prelude::*;
use web_sys::{
    AbortController, ReferrerPolicy, RequestCache, RequestCredentials, RequestInit, RequestRedirect,
};

use super::abort::{AbortGuard, CallSignal, Interruption};
use super::bindings::{self, null_prototype_object};
use super::body::BodyText;
use super::cause::network_error;
use super::from_js::Options;
use super::host::HostClock;
use super::text::text;
use super::to_js;
use crate::error::Error;
use crate::request::Request;
use crate::response::Response;
use crate::token::BearerToken;

/// Why there is no whole response.
pub(super) struct SendError {
    pub(super) error: Error,
    /// What was thrown, if anything was.
    pub(super) thrown: Option<JsValue>,
    /// Status and headers, if they came.
    pub(super) response: Option<Response>,
}

impl SendError {
    fn new(error: Error, thrown: Option<JsValue>) -> Self {
        Self {
            error,
            thrown,
            response: None,
        }
    }

    /// `fetch` threw.
    fn thrown(thrown: JsValue) -> Self {
        Self::new(network_error(&thrown), Some(thrown))
    }

    /// The body broke off. Whatever the code, the request was sent: something came.
    fn broken(mut cause: Self, response: Response) -> Self {
        if cause.error.proves_not_sent() {
            cause.error = Error::Disconnected;
        }
        cause.response = Some(response);
        cause
    }

    fn interrupted(interruption: Interruption, signal: &CallSignal) -> Self {
        match (interruption, signal.aborted()) {
            (Interruption::Thrown(thrown), _) => Self::thrown(thrown),
            (Interruption::Limit, Some((error, reason))) => Self::new(error, Some(reason)),
            (Interruption::Limit, None) => Self::new(Error::Timeout, None),
        }
    }
}

/// The controller of one request. Its drop cancels what is still under way, the request or the
/// rest of a body. There is nothing to cancel once all was read: `abort` then would only construct
/// a `DOMException`, which takes a tenth of a call.
struct Cancellation {
    controller: AbortController,
    is_needed: bool,
}

impl Drop for Cancellation {
    fn drop(&mut self) {
        if self.is_needed {
            self.controller.abort();
        }
    }
}

/// Sends a request, and reads its response within limits of time and size.
pub(super) async fn send(
    request: &Request,
    token: &BearerToken,
    options: &Options,
) -> Result<Response, SendError> {
    let Options {
        signal, timeout_ms, ..
    } = options;
    let unsupported = |thrown| SendError::new(unsupported(), Some(thrown));
    let guard = AbortGuard::new(signal, Some(*timeout_ms)).map_err(unsupported)?;
    let own_fetch = options.fetch.as_ref().map(JsValue::from);
    let fetch = own_fetch.or_else(bindings::fetch);
    let fetch = fetch.ok_or_else(|| SendError::new(self::unsupported(), None))?;
    let mut cancellation = Cancellation {
        controller: AbortController::new().map_err(unsupported)?,
        is_needed: true,
    };
    let init = request_init(request, token, &cancellation.controller);
    let promise = bindings::call_fetch(&fetch, &request.url, &init).map_err(SendError::thrown)?;
    let interrupted = |interruption| SendError::interrupted(interruption, signal);
    let host_response = guard.race(&promise).await.map_err(interrupted)?;
    let host_response = host_response.unchecked_into::<bindings::Response>();
    let mut response = head(&host_response).ok_or_else(|| SendError::new(Error::Network, None))?;
    let mut body = BodyText::default();
    let end = body.read(&host_response, &guard).await;
    cancellation.is_needed = !body.is_whole;
    response.body = body.parse();
    match end {
        Ok(()) => Ok(response),
        Err(interruption) => Err(SendError::broken(interrupted(interruption), response)),
    }
}

/// The error for a host that can't send anything.
pub(super) fn unsupported() -> Error {
    let missing = |name| !bindings::has_global_function(name);
    Error::Unsupported(if missing("AbortController") {
        "This host has no AbortController: nothing was sent."
    } else if missing("setTimeout") {
        "This host has no setTimeout: nothing was sent."
    } else if missing("fetch") {
        "This host has no fetch: nothing was sent."
    } else {
        "This host can't send a request: nothing was sent."
    })
}

/// Status and headers; nothing if the value is no response.
fn head(response: &bindings::Response) -> Option<Response> {
    let headers = response.headers().unwrap_or_else(JsCast::unchecked_into);
    let header = |name| text(&headers.get(name).ok()?);
    let response_type = response.response_type().unwrap_or_default();
    let is_opaque = bindings::OPAQUE_REDIRECT.with(|opaque| ***opaque == response_type);
    let status = response.status().ok().and_then(|status| status.as_f64());
    let status = match status {
        _ if is_opaque => None,
        Some(status @ 100.0..1000.0) => Some(status as u16),
        _ => return None,
    };
    Some(Response::new(status, header, &HostClock))
}

/// The [`RequestInit`](https://fetch.spec.whatwg.org/#requestinit) of a request, without a
/// prototype, so that a polluted `Object.prototype` can't add members to it.
///
/// A redirect is never followed. `"error"` would say so more plainly, but workerd refuses it.
fn request_init(
    request: &Request,
    token: &BearerToken,
    controller: &AbortController,
) -> RequestInit {
    let headers = null_prototype_object();
    for (name, value) in request.headers(token) {
        bindings::set_text(&headers, name, value);
    }
    let init: RequestInit = null_prototype_object().unchecked_into();
    set_privacy_members(&init, &request.url);
    init.set_method(request.method);
    init.set_headers(&headers);
    init.set_signal(Some(&controller.signal()));
    init.set_redirect(RequestRedirect::Manual);
    if let Some(list) = &request.list {
        init.set_body(&to_js::json(&list.properties()));
    }
    init
}

/// The members of `RequestInit` that keep a request from carrying or leaving behind more than it
/// must. workerd throws at some of them.
///
/// `keepalive: false` is what every host does anyway, but Bun: there it keeps Bun from sending a
/// request again, unseen, after a reused connection broke. If the second one is refused, the error
/// would tell of that one alone, though the first may have arrived.
const PRIVACY_MEMBERS: [fn(&RequestInit); 4] = [
    |init| {
        bindings::set(init, "keepalive", &JsValue::FALSE);
    },
    |init| init.set_credentials(RequestCredentials::Omit),
    |init| init.set_cache(RequestCache::NoStore),
    |init| init.set_referrer_policy(ReferrerPolicy::NoReferrer),
];

thread_local! {
    /// The host's `Request`, and which of the privacy members it accepts. To ask it for every
    /// request would take a quarter of a call.
    static ACCEPTED: Cell<Option<(JsValue, [bool; 4])>> = const { Cell::new(None) };
}

/// Sets the privacy members that the host accepts.
fn set_privacy_members(init: &RequestInit, url: &str) {
    let class = bindings::request_class();
    let known = ACCEPTED.take().filter(|(known, _)| *known == class);
    let (class, accepted) = known.unwrap_or_else(|| (class, accepted_members(url)));
    for (set_member, is_accepted) in PRIVACY_MEMBERS.into_iter().zip(accepted) {
        if is_accepted {
            set_member(init);
        }
    }
    ACCEPTED.set(Some((class, accepted)));
}

/// Which members the host accepts. A host that accepts no request at all says nothing of them.
fn accepted_members(url: &str) -> [bool; 4] {
    let accepts = |members: &[fn(&RequestInit)]| {
        let probe: RequestInit = null_prototype_object().unchecked_into();
        members.iter().for_each(|set_member| set_member(&probe));
        bindings::accepts_request(url, &probe)
    };
    // Most hosts accept all of them, so the first question is the last.
    if accepts(&PRIVACY_MEMBERS) || !accepts(&[]) {
        return [true; 4];
    }
    PRIVACY_MEMBERS.map(|set_member| accepts(&[set_member]))
}
