//! One call as a state machine: an event goes in, the next action comes out.
//!
//! The machine knows no clock, no timer and no network. Whoever drives it carries out each action and
//! reports what came of it; the tests drive it with a simulated service, the edge with the host's `fetch`.

use crate::error::{Error, Evidence, Failure, Properties, Retry};
use crate::list::Page;
use crate::reply::Reply;
use crate::request::{Request, Secret};
use crate::retry::{self, Budget, Gate};

/// What happened.
#[derive(Debug)]
pub enum Event {
    /// The call begins, or its wait is over.
    Ready,
    /// The caller's function gave a token.
    Token(Secret),
    /// A request was started and answered.
    Replied(Reply),
    /// A request was started, but no reply came, or no more than its status and headers.
    Broken(Error, Option<Reply>),
    /// The call ended while no request was under way.
    Stopped(Error),
}

/// What to do next.
#[derive(Debug)]
pub enum Action<'a> {
    /// Ask the caller's function for a token.
    Ask,
    /// Send a request, with this secret in its header.
    Send(&'a Request, &'a Secret),
    /// Wait so many milliseconds.
    Wait(u32),
    /// The call is over.
    Done(Result<Outcome, Failure>),
}

/// A call that succeeded: the token is gone, or the page is there.
#[derive(Debug, PartialEq)]
pub struct Outcome {
    /// How many requests were started.
    pub attempts: u32,
    /// Whether the service said that the token does not exist, after an attempt that may have deleted it.
    pub already_deleted: bool,
    /// The service's id of the last request.
    pub request_id: Option<String>,
    /// The page that was asked for, if one was.
    pub page: Option<Page>,
}

impl Outcome {
    /// The properties of the object that callers of a deletion get.
    ///
    /// # Examples
    ///
    /// ```
    /// use codecatalyst_pat::call::Outcome;
    ///
    /// let outcome = Outcome { attempts: 1, already_deleted: false, request_id: None, page: None };
    /// let json = serde_json::to_string(&outcome.properties()).unwrap();
    /// assert_eq!(json, r#"{"attempts":1,"alreadyDeleted":false}"#);
    /// ```
    pub fn properties(&self) -> Properties {
        let mut properties = Properties::default();
        properties.number("attempts", Some(self.attempts));
        properties.flag("alreadyDeleted", self.already_deleted);
        properties.text("requestId", self.request_id.as_deref());
        properties
    }
}

/// What a step needs from outside.
#[derive(Debug)]
pub struct Surroundings<'a> {
    /// What retries to this origin may cost.
    pub budget: &'a mut Budget,
    /// What holds back many deletions to this origin, if the call is one of many.
    pub gate: Option<&'a mut Gate>,
    /// A random number from 0 to 1.
    pub random: f64,
    /// The time since 1970 in milliseconds.
    pub now_ms: f64,
}

/// One call, from its first request to its end.
#[derive(Debug)]
pub struct Call {
    request: Request,
    secret: Option<Secret>,
    asks: bool,
    max_attempts: u32,
    attempts: u32,
    open: bool,
    cost: Option<u32>,
}

impl Call {
    /// A call that has not begun. Without a secret, the caller's function is asked for one before every attempt.
    ///
    /// # Examples
    ///
    /// ```
    /// use codecatalyst_pat::call::Call;
    /// use codecatalyst_pat::endpoint::{Endpoint, SERVICE};
    /// use codecatalyst_pat::request::{Id, Request};
    ///
    /// let request = Request::deletion(&Endpoint::new(SERVICE).unwrap(), &Id::new("x".encode_utf16()).unwrap());
    /// assert!(Call::new(request, None, 3).secret().is_none());
    /// ```
    pub fn new(request: Request, secret: Option<Secret>, max_attempts: u32) -> Self {
        Self {
            request,
            asks: secret.is_none(),
            secret,
            max_attempts,
            attempts: 0,
            open: false,
            cost: None,
        }
    }

    /// The secret last sent or about to be sent, to keep it out of what the caller sees.
    ///
    /// # Examples
    ///
    /// ```
    /// use codecatalyst_pat::call::Call;
    /// use codecatalyst_pat::endpoint::{Endpoint, SERVICE};
    /// use codecatalyst_pat::request::{Id, Request, Secret};
    ///
    /// let request = Request::deletion(&Endpoint::new(SERVICE).unwrap(), &Id::new("x".encode_utf16()).unwrap());
    /// let secret = Secret::new("t".encode_utf16()).unwrap();
    /// assert!(Call::new(request, Some(secret), 3).secret().is_some());
    /// ```
    pub fn secret(&self) -> Option<&Secret> {
        self.secret.as_ref()
    }

    /// Takes in what happened and says what to do next.
    ///
    /// # Examples
    ///
    /// ```
    /// use codecatalyst_pat::call::{Action, Call, Event, Surroundings};
    /// use codecatalyst_pat::error::Error;
    /// use codecatalyst_pat::endpoint::{Endpoint, SERVICE};
    /// use codecatalyst_pat::reply::Reply;
    /// use codecatalyst_pat::request::{Id, Request, Secret};
    /// use codecatalyst_pat::retry::Budget;
    ///
    /// let request = Request::deletion(&Endpoint::new(SERVICE).unwrap(), &Id::new("x".encode_utf16()).unwrap());
    /// let secret = Secret::new("t".encode_utf16()).unwrap();
    /// let mut call = Call::new(request, Some(secret), 3);
    /// let mut budget = Budget::default();
    /// let mut around = Surroundings { budget: &mut budget, gate: None, random: 0.5, now_ms: 0.0 };
    ///
    /// assert!(matches!(call.step(Event::Ready, &mut around), Action::Send(..)));
    /// // The reply got lost: try again after a moment.
    /// assert!(matches!(call.step(Event::Broken(Error::Network, None), &mut around), Action::Wait(25)));
    /// assert!(matches!(call.step(Event::Ready, &mut around), Action::Send(..)));
    /// // The token does not exist: the first attempt deleted it.
    /// let not_found = Reply { status: Some(404), ..Reply::default() };
    /// let Action::Done(Ok(outcome)) = call.step(Event::Replied(not_found), &mut around) else { panic!() };
    /// assert!(outcome.already_deleted);
    /// ```
    pub fn step(&mut self, event: Event, around: &mut Surroundings<'_>) -> Action<'_> {
        let fresh = match event {
            Event::Ready => false,
            Event::Token(secret) => {
                self.secret = Some(secret);
                true
            }
            Event::Stopped(error) => {
                return Action::Done(Err(self.failure(error, Evidence::default())));
            }
            Event::Replied(reply) => return self.answered(None, Some(&reply), around),
            Event::Broken(error, reply) => {
                return self.answered(Some(error), reply.as_ref(), around);
            }
        };
        let gate = around.gate.as_deref_mut();
        let held_ms = gate.map_or(0, |gate| gate.left_ms(around.now_ms));
        match (held_ms, &self.secret) {
            (ms @ 1.., _) => Action::Wait(ms),
            (_, Some(secret)) if fresh || !self.asks => Action::Send(&self.request, secret),
            _ => Action::Ask,
        }
    }

    /// A request has come to its end, with a reply or without, with all of it or a part.
    fn answered(
        &mut self,
        broken: Option<Error>,
        reply: Option<&Reply>,
        around: &mut Surroundings<'_>,
    ) -> Action<'_> {
        self.attempts = self.attempts.saturating_add(1);
        let (Some(reply), Some(secret)) = (reply, &self.secret) else {
            let error = broken.unwrap_or(Error::Network);
            return self.failed(error, Evidence::default(), around);
        };
        let evidence = reply.evidence(secret, around.now_ms);
        let page = match (reply.verdict(secret), broken, &self.request.listing) {
            // A deletion is done whatever follows its status.
            (Ok(()), _, None) => Ok(None),
            // A page must be there as a whole.
            (Ok(()), None, Some(listing)) => listing.page(&reply.body).map(Some),
            (Ok(()), Some(error), Some(_)) => Err(error),
            // Of a reply that broke off, the status can be believed, but what the error was called is unknown.
            (Err(Error::Service(_)), Some(error), _) => Err(error),
            (Err(error), ..) => Err(error),
        };
        match page {
            Ok(page) => self.succeeded(false, page, evidence, around),
            Err(error) if self.open && says_gone(&error) => {
                self.succeeded(true, None, evidence, around)
            }
            Err(error) => self.failed(error, evidence, around),
        }
    }

    fn succeeded(
        &mut self,
        already_deleted: bool,
        page: Option<Page>,
        evidence: Evidence,
        around: &mut Surroundings<'_>,
    ) -> Action<'_> {
        around.budget.succeeded(self.cost);
        Action::Done(Ok(Outcome {
            attempts: self.attempts,
            already_deleted,
            request_id: evidence.request_id,
            page,
        }))
    }

    fn failed(
        &mut self,
        error: Error,
        evidence: Evidence,
        around: &mut Surroundings<'_>,
    ) -> Action<'_> {
        self.open |= self.request.listing.is_none() && leaves_open(&evidence);
        match self.wait_ms(&error, &evidence, around) {
            Some(ms) => Action::Wait(ms),
            None => Action::Done(Err(self.failure(error, evidence))),
        }
    }

    /// How long to wait before the next attempt, if there is to be one.
    fn wait_ms(
        &mut self,
        error: &Error,
        evidence: &Evidence,
        around: &mut Surroundings<'_>,
    ) -> Option<u32> {
        let retry = match error {
            // Its own limit has passed: no attempt can start under this signal.
            Error::SignalTimeout => Retry::Never,
            error => error.retry(),
        };
        let asked_ms = evidence.retry_after_ms.unwrap_or(0);
        let wait_ms = retry::backoff_ms(self.attempts, retry, around.random).max(asked_ms);
        if let (Retry::Throttled, Some(gate)) = (retry, &mut around.gate) {
            gate.hold(around.now_ms, wait_ms);
        }
        if self.attempts >= self.max_attempts || asked_ms > retry::LONGEST_WAIT_MS {
            return None;
        }
        self.cost = Some(around.budget.pay(retry)?);
        Some(wait_ms)
    }

    fn failure(&self, error: Error, evidence: Evidence) -> Failure {
        Failure {
            error,
            evidence,
            attempts: self.attempts,
            outcome_unknown: self.open,
        }
    }
}

fn says_gone(error: &Error) -> bool {
    matches!(error, Error::Service(refusal) if refusal.name == "ResourceNotFoundException")
}

/// Whether an attempt may have deleted the token all the same. Only a 4xx says that it did not: after any
/// other failure the service may have done its work first, and a redirect is often the answer to work done.
fn leaves_open(evidence: &Evidence) -> bool {
    !matches!(evidence.status, Some(400..=499))
}
