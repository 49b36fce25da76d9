//! One action of the state machine with the host's `fetch`: begins it, and reports what came of it.

use std::ops::ControlFlow;

use js_sys::{Array, JsString, Promise};
use wasm_bindgen::prelude::*;
use web_sys::AbortController;

use super::arguments::{self, Arguments};
use super::foreign::{self, Foreign, bare, get, is_true, put, put_text, says, text, units};
use super::limit::{Limit, Signal};
use crate::call::{Action, Event};
use crate::error::Error;
use crate::reply::{LONGEST_BODY, Reply};
use crate::request::{Request, Secret};

/// How many parts of a body are read.
const MOST_PARTS: u32 = 1_000;

/// What is under way. Its drop cancels it, on every way out.
#[derive(Default)]
pub(super) struct Exchange {
    limit: Option<Limit>,
    cancel: Option<Cancel>,
    reply: Option<Reply>,
    body: Option<Body>,
}

/// A body that is being read.
struct Body {
    reader: Foreign,
    decoder: Foreign,
    text: JsString,
    parts: u32,
}

/// The controller of one request. Its drop cancels what is still under way: the request, or the rest of a body.
struct Cancel(AbortController);

impl Drop for Cancel {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// What came of an action, and what was thrown meanwhile.
pub(super) type Happened = (Event, Option<JsValue>);

/// Why an exchange failed, and what was thrown.
type Failed = (Error, Option<JsValue>);

const NO_TOKEN: &str = "token must be a function that gives a string: it threw instead.";

impl Exchange {
    /// Begins an action.
    pub(super) fn begin(
        &mut self,
        action: &Action<'_>,
        arguments: &Arguments,
    ) -> Result<Promise, Happened> {
        // What was under way before is over, and cleared away.
        *self = Self::default();
        self.start(action, arguments)
            .map_err(|(error, thrown)| self.failed(error, thrown))
    }

    fn start(&mut self, action: &Action<'_>, arguments: &Arguments) -> Result<Promise, Failed> {
        let unsupported = |thrown| (Error::Unsupported, Some(thrown));
        let ms = match action {
            Action::Wait(ms) => Some(*ms),
            Action::Send(..) => Some(arguments.timeout_ms),
            // The caller's function may take its time: only the signal ends it.
            Action::Ask | Action::Done(_) => None,
        };
        let limit = self.limit.insert(Limit::new(arguments.signal.clone()));
        limit.start(ms).map_err(unsupported)?;
        let operation = match action {
            Action::Wait(_) => return Ok(limit.over()),
            Action::Ask | Action::Done(_) => foreign::call(&arguments.token, &Array::new())
                .map_err(|thrown| (Error::invalid(NO_TOKEN), Some(thrown)))?,
            Action::Send(request, secret) => {
                let fetch = foreign::global("fetch");
                if !fetch.is_function() {
                    return Err((Error::Unsupported, None));
                }
                let cancel = AbortController::new().map_err(unsupported)?;
                let cancel = &self.cancel.insert(Cancel(cancel)).0;
                let init = init(request, secret, cancel);
                let arguments = Array::of2(&request.url.as_str().into(), &init);
                foreign::call(&fetch, &arguments)
                    .map_err(|thrown| (Error::Network, Some(thrown)))?
            }
        };
        Ok(limit.on(&operation))
    }

    /// Something has settled: there is more to wait for, or an event has come of it.
    pub(super) fn settled(
        &mut self,
        settled: Result<JsValue, JsValue>,
        signal: &Signal,
    ) -> ControlFlow<Happened, Promise> {
        let over = |value| {
            self.limit
                .as_ref()
                .is_some_and(|limit| limit.is_over(value))
        };
        let received = match settled {
            Ok(value) if over(&value) => return ControlFlow::Break(self.over(signal)),
            Ok(value) if self.cancel.is_none() => {
                return ControlFlow::Break((token(&value), None));
            }
            Ok(value) => match &mut self.body {
                Some(body) => body.take(&value),
                None => self.take_head(&value),
            },
            Err(thrown) => Err(thrown),
        };
        match (received, &self.limit) {
            (Ok(Some(operation)), Some(limit)) => ControlFlow::Continue(limit.on(&operation)),
            (Ok(_), _) => ControlFlow::Break((self.replied(), None)),
            (Err(thrown), _) => {
                let error = match self.cancel {
                    Some(_) => Error::Network,
                    None => Error::invalid(NO_TOKEN),
                };
                ControlFlow::Break(self.failed(error, Some(thrown)))
            }
        }
    }

    /// The limit came first: the caller's signal, the time of an attempt, or the end of a wait.
    fn over(&mut self, signal: &Signal) -> Happened {
        match signal.aborted() {
            Some((error, reason)) => self.failed(error, Some(reason)),
            None if self.cancel.is_none() => (Event::Ready, None),
            None => self.failed(Error::Timeout, None),
        }
    }

    /// The exchange failed. If a request was started, it may have done its work all the same.
    fn failed(&mut self, error: Error, thrown: Option<JsValue>) -> Happened {
        let event = match self.cancel {
            Some(_) => Event::Broken(error, self.reply.take()),
            None => Event::Stopped(error),
        };
        (event, thrown)
    }

    /// Takes the status and the headers in. Gives the promise of the body's first part, if there is a body.
    ///
    /// It is read to its end, so that the connection can be used again, but no further than an error's body goes.
    fn take_head(&mut self, response: &JsValue) -> Result<Option<JsValue>, JsValue> {
        let headers = get(response, "headers");
        let header = |name: &str| text(&headers.unchecked_ref::<Foreign>().header(name).ok()?);
        let hidden = says(response, "type", "opaqueredirect");
        let status = match foreign::number(&get(response, "status")) {
            _ if hidden => None,
            // By way of u32, which takes less code.
            Some(status @ 100.0..1000.0) => Some(status as u32 as u16),
            _ => return Ok(None),
        };
        self.reply = Some(Reply::new(status, header));
        let stream = get(response, "body");
        if !stream.is_object() {
            return Ok(None);
        }
        let undefined = JsValue::UNDEFINED;
        let arguments = Array::of2(&undefined, &undefined);
        let body = self.body.insert(Body {
            reader: stream.unchecked_ref::<Foreign>().reader()?,
            decoder: foreign::new(&foreign::global("TextDecoder"), &arguments)?.unchecked_into(),
            text: JsString::from(""),
            parts: 0,
        });
        body.reader.next_part().map(Some)
    }

    fn replied(&mut self) -> Event {
        match self.reply.take() {
            Some(mut reply) => {
                if let Some(body) = &self.body {
                    reply.body = units(&body.text, LONGEST_BODY);
                }
                Event::Replied(reply)
            }
            // Whatever came, it was no response.
            None => Event::Broken(Error::Network, None),
        }
    }
}

impl Body {
    /// Takes a part in. Gives the promise of the next, unless this was the last or all that is wanted.
    fn take(&mut self, part: &JsValue) -> Result<Option<JsValue>, JsValue> {
        // Parts may be empty and come without end, so their number has a limit too.
        self.parts = self.parts.saturating_add(1);
        let enough = self.text.length() as usize > LONGEST_BODY || self.parts > MOST_PARTS;
        if enough || is_true(part, "done") {
            return Ok(None);
        }
        let more_comes = bare();
        put(&more_comes, "stream", &JsValue::TRUE);
        let text = self.decoder.decode(&get(part, "value"), &more_comes)?;
        self.text = self.text.concat(&text);
        self.reader.next_part().map(Some)
    }
}

/// What the caller's function gave.
fn token(value: &JsValue) -> Event {
    match arguments::secret(value) {
        Some(Ok(secret)) => Event::Token(secret),
        Some(Err(error)) => Event::Stopped(error),
        None => Event::Stopped(arguments::wrong_kind(
            "token must be a function that gives a string",
            value,
        )),
    }
}

/// The [`RequestInit`](https://fetch.spec.whatwg.org/#requestinit) of a request.
///
/// A redirect is never followed. `"error"` would say so better, but workerd refuses it.
fn init(request: &Request, secret: &Secret, cancel: &AbortController) -> JsValue {
    let headers = bare();
    request.headers(secret, |name, value| put_text(&headers, name, value));
    let init = bare();
    put(&init, "headers", &headers);
    put(&init, "signal", &cancel.signal());
    put_text(&init, "method", request.method);
    put_text(&init, "redirect", "manual");
    if let Some(listing) = &request.listing {
        put_text(&init, "body", &listing.body);
    }
    for (member, value) in PRIVACY {
        if accepts(&request.url, member, value) {
            put_text(&init, member, value);
        }
    }
    init
}

/// What keeps a request from carrying or leaving behind more than it must.
const PRIVACY: [(&str, &str); 3] = [
    ("credentials", "omit"),
    ("cache", "no-store"),
    ("referrerPolicy", "no-referrer"),
];

/// Whether the host takes a member; workerd throws at some. A host that refuses every request says nothing of this one.
fn accepts(url: &str, member: &str, value: &str) -> bool {
    builds(url, member, value) || !builds(url, "method", "GET")
}

fn builds(url: &str, member: &str, value: &str) -> bool {
    let init = bare();
    put_text(&init, member, value);
    foreign::new(&foreign::global("Request"), &Array::of2(&url.into(), &init)).is_ok()
}
