//! What drives the machine of each caller, as the edge does in earnest.

use codecatalyst_pat::call::{Action, Event, Surroundings};
use codecatalyst_pat::error::Error;
use codecatalyst_pat::reply::Reply;

use super::super::coverage::Case;
use super::super::judge::{Facts, Next, Ruling, Told};
use super::super::plan::SECRET;
use super::super::seen::{Broke, Seen};
use super::{Caller, World};
use crate::given::secret;

/// No clock is off by more.
const NONSENSE_MS: f64 = 1e14;

impl World<'_> {
    /// Tells a caller's machine what happened, and goes on until something takes time.
    pub(super) fn tell(&mut self, who: usize, told: Told) -> Ruling {
        let mut told = Some(told);
        while let Some(news) = told {
            told = self.turn(who, &news)?;
        }
        Ok(())
    }

    /// One step of the machine, under the eyes of the judge.
    fn turn(&mut self, who: usize, told: &Told) -> Result<Option<Told>, &'static str> {
        let next = self.step(who, told);
        self.say(|| format!("caller {who}: {told:?} -> {next:?}"));
        let caller = &mut self.callers[who];
        caller.judge.hear(told);
        caller.judge.rule(
            &next,
            &mut Facts {
                now: self.now,
                is_gone: self.service.is_gone(caller.plan.token),
                balance: &mut self.balance,
                held: &mut self.held,
                coverage: self.coverage,
            },
        )?;
        // A wait under a clock that shows nonsense holds nobody.
        if self.skew_ms.is_nan() || self.skew_ms.abs() > NONSENSE_MS {
            self.held.forget();
        }
        Ok(self.carry_out(who, &next))
    }

    fn step(&mut self, who: usize, told: &Told) -> Next {
        let random = self.random();
        let now_ms = self.clock_ms();
        let event = self.event(who, told);
        let Caller { call, plan, .. } = &mut self.callers[who];
        let mut around = Surroundings {
            budget: &mut self.budget,
            gate: plan.one_of_many.then_some(&mut self.gate),
            random,
            now_ms,
        };
        match call.step(event, &mut around) {
            Action::Ask => Next::Ask,
            Action::Send(..) => Next::Send,
            Action::Wait(ms) => Next::Wait(ms),
            Action::Done(result) => Next::Over(result),
        }
    }

    /// A number from 0 to 1, if all is well with the host.
    fn random(&mut self) -> f64 {
        if self.dice.percent(90) {
            return self.dice.below(1_001) as f64 / 1_000.0;
        }
        self.coverage.note(Case::RandomGarbage);
        self.dice
            .pick(&[f64::NAN, f64::INFINITY, f64::NEG_INFINITY, -1.0, 2.0, 1e300])
    }

    pub(super) fn clock_ms(&self) -> f64 {
        (self.service.epoch_s * 1_000 + self.now) as f64 + self.skew_ms
    }

    /// What the machine is told, in its own words.
    fn event(&self, who: usize, told: &Told) -> Event {
        match told {
            Told::Token => Event::Token(secret(SECRET)),
            Told::Start | Told::Waited => Event::Ready,
            Told::Aborted { is_timeout } => Event::Stopped(by_signal(*is_timeout)),
            Told::NoToken => Event::Stopped(Error::InvalidArgument("It threw.".into())),
            Told::NoFetch => Event::Stopped(Error::Unsupported),
            Told::Ended(seen) => self.ended(who, seen),
        }
    }

    fn ended(&self, who: usize, seen: &Seen) -> Event {
        let error = match seen.broke {
            None => return Event::Replied(self.reply(who, true)),
            Some(Broke::Connection) => Error::Network,
            Some(Broke::TimeUp) => Error::Timeout,
            Some(Broke::Signal { is_timeout }) => by_signal(is_timeout),
        };
        Event::Broken(error, seen.answered.then(|| self.reply(who, false)))
    }

    /// The reply to what a caller has sent last, with its body or without.
    fn reply(&self, who: usize, whole: bool) -> Reply {
        let caller = &self.callers[who];
        let Some((request, answer)) = self.exchange(who) else {
            return Reply::default();
        };
        let mut reply = answer.head(caller.plan.page, request);
        if whole {
            reply.body.extend(answer.body(SECRET).encode_utf16());
        }
        reply
    }
}

fn by_signal(is_timeout: bool) -> Error {
    if is_timeout {
        Error::SignalTimeout
    } else {
        Error::Abort
    }
}
