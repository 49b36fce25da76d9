//! What goes into a step of the state machine, and what comes out.

use crate::error::{CallError, Error};
use crate::outcome::Outcome;
use crate::request::Request;
use crate::response::Response;
use crate::retry::{RetryQuota, Throttle};
use crate::token::BearerToken;

/// What happened.
#[derive(Debug)]
pub enum Event {
    /// The call begins, or its wait is over.
    Ready,
    /// The caller's function gave a token.
    Token(BearerToken),
    /// A request was sent and answered.
    Response(Response),
    /// A request was sent, but no response came, or no more than its status and headers.
    Broken(Error, Option<Response>),
    /// The call ended while no request was under way.
    Interrupted(Error),
}

/// What to do next.
#[derive(Debug)]
pub enum Step<'a> {
    /// Carry out an action, then report what came of it.
    Do(Action<'a>),
    /// The call is over.
    Done(Result<Outcome, CallError>),
}

/// What a host can do for a call.
#[derive(Debug)]
pub enum Action<'a> {
    /// Ask the caller's function for a token.
    AskToken,
    /// Send a request, with this token in its header.
    Send(&'a Request, &'a BearerToken),
    /// Wait that many milliseconds.
    Wait(u32),
    /// Wait that many milliseconds after this failure, then try again.
    Retry(u32, CallError),
}

/// What a step needs from outside.
#[derive(Debug)]
pub struct StepContext<'a> {
    /// What retries to this origin may cost.
    pub quota: &'a mut RetryQuota,
    /// What holds back deletions of many tokens at this origin, if the call is one of them.
    pub throttle: Option<&'a mut Throttle>,
    /// A random number from 0 to 1.
    pub random: f64,
    /// The time since 1970 in milliseconds.
    pub now_ms: f64,
}
