//! One call as a state machine: an event goes in, the next action comes out.
//!
//! The machine knows no clock, no timer and no network. The [driver](crate::driver) carries out
//! each action and reports what came of it.

use crate::error::{CallError, Error, ResponseMetadata, RetryKind};
use crate::outcome::Outcome;
use crate::page::Page;
use crate::request::Request;
use crate::response::Response;
use crate::retry::{self, Throttle};
use crate::step::{Action, Event, Step, StepContext};
use crate::token::BearerToken;

/// One call, from its first request to its end.
#[derive(Debug)]
pub struct Call {
    request: Request,
    token: Option<BearerToken>,
    token_is_dynamic: bool,
    max_attempts: u32,
    attempts: u32,
    outcome_unknown: bool,
    retry_cost: Option<u32>,
    /// What the clock showed when the throttle last held the call back.
    held_at_ms: f64,
    /// What it must show after that wait.
    held_until_ms: f64,
}

impl Call {
    /// A call that has not begun. Without a token, the caller's function is asked for one before
    /// every attempt.
    ///
    /// # Examples
    ///
    /// ```
    /// use codecatalyst_pat::call::Call;
    /// use codecatalyst_pat::endpoint::Endpoint;
    /// use codecatalyst_pat::request::Request;
    /// use codecatalyst_pat::token::TokenId;
    ///
    /// let request = Request::delete(&Endpoint::default(), &TokenId::new("x").unwrap());
    /// assert!(Call::new(request, None, 3).token().is_none());
    /// ```
    pub fn new(request: Request, token: Option<BearerToken>, max_attempts: u32) -> Self {
        Self {
            request,
            token_is_dynamic: token.is_none(),
            token,
            max_attempts,
            attempts: 0,
            outcome_unknown: false,
            retry_cost: None,
            held_at_ms: f64::NAN,
            held_until_ms: f64::NAN,
        }
    }

    /// The token last sent or about to be sent, to keep it out of what the caller sees.
    ///
    /// # Examples
    ///
    /// ```
    /// use codecatalyst_pat::call::Call;
    /// use codecatalyst_pat::endpoint::Endpoint;
    /// use codecatalyst_pat::request::Request;
    /// use codecatalyst_pat::token::{BearerToken, TokenId};
    ///
    /// let request = Request::delete(&Endpoint::default(), &TokenId::new("x").unwrap());
    /// let token = BearerToken::new("t").unwrap();
    /// assert!(Call::new(request, Some(token), 3).token().is_some());
    /// ```
    pub fn token(&self) -> Option<&BearerToken> {
        self.token.as_ref()
    }

    /// Takes in what happened and decides what to do next.
    ///
    /// # Examples
    ///
    /// ```
    /// use codecatalyst_pat::call::Call;
    /// use codecatalyst_pat::step::{Action, Event, Step, StepContext};
    /// use codecatalyst_pat::endpoint::Endpoint;
    /// use codecatalyst_pat::error::Error;
    /// use codecatalyst_pat::request::Request;
    /// use codecatalyst_pat::response::Response;
    /// use codecatalyst_pat::retry::RetryQuota;
    /// use codecatalyst_pat::token::{BearerToken, TokenId};
    ///
    /// let request = Request::delete(&Endpoint::default(), &TokenId::new("x").unwrap());
    /// let mut call = Call::new(request, Some(BearerToken::new("t").unwrap()), 3);
    /// let mut quota = RetryQuota::default();
    /// let mut context =
    ///     StepContext { quota: &mut quota, throttle: None, random: 0.5, now_ms: 0.0 };
    ///
    /// let step = call.step(Event::Ready, &mut context);
    /// assert!(matches!(step, Step::Do(Action::Send(..))));
    /// // The response got lost: try again after a moment.
    /// let step = call.step(Event::Broken(Error::Network, None), &mut context);
    /// assert!(matches!(step, Step::Do(Action::Retry(25, _))));
    /// let step = call.step(Event::Ready, &mut context);
    /// assert!(matches!(step, Step::Do(Action::Send(..))));
    /// // The token does not exist: the first attempt deleted it.
    /// let error_type = Some("ResourceNotFoundException".to_owned());
    /// let not_found = Response { status: Some(404), error_type, ..Response::default() };
    /// let step = call.step(Event::Response(not_found), &mut context);
    /// assert!(matches!(step, Step::Done(Ok(outcome)) if outcome.already_deleted));
    /// ```
    pub fn step(&mut self, event: Event, context: &mut StepContext<'_>) -> Step<'_> {
        match event {
            Event::Ready => self.begin_attempt(context),
            Event::Token(token) if self.request.names(&token) => {
                let error = Error::id_is_token();
                Step::Done(Err(self.error(error, ResponseMetadata::default())))
            }
            Event::Token(token) => {
                self.token = Some(token);
                self.send_unless_blocked(context)
            }
            Event::Interrupted(error) => {
                Step::Done(Err(self.error(error, ResponseMetadata::default())))
            }
            Event::Response(response) => self.end_attempt(None, Some(response), context),
            Event::Broken(error, response) => self.end_attempt(Some(error), response, context),
        }
    }

    fn begin_attempt(&mut self, context: &mut StepContext<'_>) -> Step<'_> {
        if let Some(error) = self.refusal(context) {
            return Step::Done(Err(error));
        }
        let wait_ms = self.throttle_wait_ms(Throttle::acquire, context);
        Step::Do(match (wait_ms, &self.token) {
            (1.., _) => Action::Wait(wait_ms),
            (0, Some(token)) if !self.token_is_dynamic => Action::Send(&self.request, token),
            _ => Action::AskToken,
        })
    }

    /// The service may have throttled other deletions while the caller's function was asked.
    fn send_unless_blocked(&mut self, context: &mut StepContext<'_>) -> Step<'_> {
        if let Some(error) = self.refusal(context) {
            return Step::Done(Err(error));
        }
        let wait_ms = self.throttle_wait_ms(Throttle::blocked_ms, context);
        Step::Do(match &self.token {
            Some(token) if wait_ms == 0 => Action::Send(&self.request, token),
            _ => Action::Wait(wait_ms),
        })
    }

    /// How the call ends if the service asked all deletions of many tokens to stay away for longer
    /// than anyone waits.
    fn refusal(&self, context: &mut StepContext<'_>) -> Option<CallError> {
        let throttle = context.throttle.as_deref_mut()?;
        let (error, left_ms) = throttle.refusal(context.now_ms)?;
        let metadata = ResponseMetadata {
            retry_after_ms: Some(left_ms),
            ..ResponseMetadata::default()
        };
        Some(self.error(error, metadata))
    }

    /// How long the throttle holds the call back now.
    fn throttle_wait_ms(
        &mut self,
        wait_ms: impl FnOnce(&mut Throttle, f64) -> u32,
        context: &mut StepContext<'_>,
    ) -> u32 {
        let Some(throttle) = context.throttle.as_deref_mut() else {
            return 0;
        };
        // A clock that shows the same after a wait stands still. It mustn't hold the call for ever.
        let stands_still = context.now_ms == self.held_at_ms;
        let now_ms = if stands_still {
            self.held_until_ms
        } else {
            context.now_ms
        };
        let wait_ms = wait_ms(throttle, now_ms);
        self.held_at_ms = context.now_ms;
        self.held_until_ms = now_ms + f64::from(wait_ms);
        wait_ms
    }

    /// A request has ended, with a response or without, with all of it or a part.
    fn end_attempt(
        &mut self,
        broken: Option<Error>,
        response: Option<Response>,
        context: &mut StepContext<'_>,
    ) -> Step<'_> {
        self.attempts = self.attempts.saturating_add(1);
        let (Some(response), Some(token)) = (response, &self.token) else {
            let error = broken.unwrap_or(Error::Network);
            return self.fail(error, ResponseMetadata::default(), context);
        };
        let metadata = response.metadata(token);
        match response.page(self.request.list.is_some(), broken, token) {
            Ok(page) => self.succeed(false, page, metadata, context),
            Err(error) if self.outcome_unknown && is_not_found(&error) => {
                self.succeed(true, None, metadata, context)
            }
            Err(error) => self.fail(error, metadata, context),
        }
    }

    fn succeed(
        &mut self,
        already_deleted: bool,
        page: Option<Page>,
        metadata: ResponseMetadata,
        context: &mut StepContext<'_>,
    ) -> Step<'_> {
        context.quota.release(self.retry_cost);
        if let Some(throttle) = &mut context.throttle {
            throttle.succeeded();
        }
        Step::Done(Ok(Outcome {
            attempts: self.attempts,
            already_deleted,
            metadata,
            page,
        }))
    }

    fn fail(
        &mut self,
        error: Error,
        metadata: ResponseMetadata,
        context: &mut StepContext<'_>,
    ) -> Step<'_> {
        self.outcome_unknown |=
            self.request.list.is_none() && !error.proves_not_sent() && may_have_executed(&metadata);
        match self.retry_wait_ms(&error, &metadata, context) {
            Some(ms) => Step::Do(Action::Retry(ms, self.error(error, metadata))),
            None => Step::Done(Err(self.error(error, metadata))),
        }
    }

    /// How long to wait before the next attempt, if there is to be one.
    fn retry_wait_ms(
        &mut self,
        error: &Error,
        metadata: &ResponseMetadata,
        context: &mut StepContext<'_>,
    ) -> Option<u32> {
        let kind = match error {
            // The signal stays aborted: no attempt can start under it.
            Error::SignalTimeout => RetryKind::Never,
            error => error.retry_kind(),
        };
        let asked_ms = metadata.retry_after_ms.unwrap_or(0);
        let asks_too_much = asked_ms > retry::MAX_BACKOFF_MS;
        let wait_ms = retry::backoff_ms(self.attempts, kind, context.random).max(asked_ms);
        match (kind, &mut context.throttle) {
            (RetryKind::Never, _) | (_, None) => {}
            (_, Some(throttle)) if asks_too_much => {
                throttle.refuse(context.now_ms, asked_ms, error);
            }
            (RetryKind::Throttling, Some(throttle)) => throttle.throttled(context.now_ms, wait_ms),
            (RetryKind::Transient, Some(_)) => {}
        }
        if self.attempts >= self.max_attempts || asks_too_much {
            return None;
        }
        self.retry_cost = Some(context.quota.acquire(kind)?);
        Some(wait_ms)
    }

    fn error(&self, error: Error, metadata: ResponseMetadata) -> CallError {
        CallError {
            error,
            metadata,
            attempts: self.attempts,
            outcome_unknown: self.outcome_unknown,
        }
    }
}

/// Whether the service says that there is no such token. A 404 of anything else says nothing of it.
fn is_not_found(error: &Error) -> bool {
    matches!(error, Error::Service(error) if error.name == "ResourceNotFoundException")
}

/// Whether an attempt may have deleted the token all the same.
///
/// Only a 4xx says that it did not, also one of a proxy or a firewall that refused the request in
/// the service's place. With any other failure the service may have done its work first: a gateway
/// gives a 5xx if it lost the reply, and a redirect or a page of any kind may follow work done.
fn may_have_executed(metadata: &ResponseMetadata) -> bool {
    !matches!(metadata.status, Some(400..=499))
}
