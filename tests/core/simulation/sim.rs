//! A whole schedule: a clock of its own, a service, and callers who share a retry quota and a
//! throttle. Each caller runs the real loop, [`drive`].

mod clock;
mod host;
mod operations;

use std::cell::RefCell;
use std::rc::Rc;

use codecatalyst_pat::driver::drive;
use codecatalyst_pat::error::CallError;
use codecatalyst_pat::outcome::Outcome;
use codecatalyst_pat::retry::{RetryQuota, Throttle};

use super::coverage::{Case, Coverage};
use super::executor::Executor;
use super::invariants::{Check, Facts, Invariants, Next, Told, Violation};
use super::network::RoundTrip;
use super::observation::Break;
use super::rng::Rng;
use super::scenario::Scenario;
use super::service::{MAX_BULK, Service};
use super::service_response::ServiceResponse;
use super::throttle_model::ThrottleModel;
use crate::fixtures::quota;
use host::SimHost;

type CallResult = Result<Outcome, CallError>;

pub(crate) struct Sim<'a> {
    state: Rc<RefCell<State<'a>>>,
    calls: Executor<'a, CallResult>,
}

impl<'a> Sim<'a> {
    pub(crate) fn new(seed: u64, traced: bool, coverage: &'a mut Coverage) -> Self {
        let mut sim = Self {
            state: Rc::new(RefCell::new(State::new(seed, traced, coverage))),
            calls: Executor::new(),
        };
        let callers = sim.state.borrow().callers.len();
        (0..callers).for_each(|caller| sim.spawn(caller));
        sim
    }

    fn spawn(&mut self, caller: usize) {
        let mut call = self.state.borrow().callers[caller].scenario.call();
        let mut host = SimHost {
            state: Rc::clone(&self.state),
            caller,
        };
        self.calls
            .spawn(async move { drive(&mut call, &mut host).await });
    }

    /// Lets everything happen that there is to happen, then checks each call for the last time.
    pub(crate) fn run(&mut self) -> Check {
        loop {
            let Some(happening) = self.state.borrow_mut().next() else {
                return self.state.borrow_mut().check_end();
            };
            let woken = self.state.borrow_mut().happen(happening);
            if let Some(caller) = woken
                && let Some(result) = self.calls.poll(caller)
            {
                self.state.borrow_mut().check(caller, &Next::End(&result));
            }
            if let Some(violation) = self.state.borrow().violation {
                return Err(violation);
            }
        }
    }

    pub(crate) fn trace(&self) -> String {
        let state = self.state.borrow();
        state.trace.as_deref().unwrap_or_default().join("\n")
    }
}

struct State<'a> {
    rng: Rng,
    now_ms: u64,
    /// How far the callers' clock is off.
    skew_ms: f64,
    /// What it shows if it stands still.
    stopped_ms: Option<f64>,
    /// How many requests in a hundred the network loses.
    losses: u64,
    service: Service,
    quota: RetryQuota,
    /// What the quota must hold, by our own account.
    balance: u32,
    throttle: Throttle,
    /// What the throttle must hold back, by our own account.
    throttle_model: ThrottleModel,
    callers: Vec<Caller>,
    requests: Vec<Request>,
    agenda: Vec<(u64, Happening)>,
    violation: Option<Violation>,
    coverage: &'a mut Coverage,
    trace: Option<Vec<String>>,
}

struct Caller {
    scenario: Scenario,
    invariants: Invariants,
    operation: Operation,
    /// Counts its operations, so that the end of an earlier one is told from that of this one.
    operations: u32,
    /// What its host has not yet told the call.
    inbox: Option<Told>,
    /// The random number of its last step.
    random: f64,
}

#[derive(Debug, Clone, Copy)]
enum Operation {
    Ask,
    Send(usize),
    Wait,
}

/// One request, as the service's log has it.
struct Request {
    caller: usize,
    operation: u32,
    round_trip: RoundTrip,
    response: Option<ServiceResponse>,
    /// When status and headers are back.
    head_ms: u64,
}

#[derive(Debug, Clone, Copy)]
enum Happening {
    Start(usize),
    /// A caller's operation ends, unless it has ended in another way before.
    End(usize, u32, End),
    Arrive(usize),
    DeletionByAnother(usize),
}

#[derive(Debug, Clone, Copy)]
enum End {
    Done,
    Failed,
    Broken(Break),
}

impl<'a> State<'a> {
    fn new(seed: u64, traced: bool, coverage: &'a mut Coverage) -> Self {
        let mut rng = Rng::new(seed);
        let service = Service::new(&mut rng, coverage);
        let balance = rng.pick(&[500, 500, 500, 100, 30, 16, 4, 0]);
        let mut state = Self {
            now_ms: 0,
            skew_ms: 0.0,
            stopped_ms: None,
            losses: rng.pick(&[0, 0, 10, 30, 60, 100]),
            service,
            quota: quota(balance),
            balance,
            throttle: Throttle::default(),
            throttle_model: ThrottleModel::new(),
            callers: Vec::new(),
            requests: Vec::new(),
            agenda: Vec::new(),
            violation: None,
            coverage,
            trace: traced.then(Vec::new),
            rng,
        };
        state.add_callers();
        state
    }

    fn add_callers(&mut self) {
        let in_bulk = self.rng.percent(10);
        let callers = match in_bulk {
            true => self.rng.between(3, MAX_BULK as u64),
            false => self.rng.pick(&[1, 1, 1, 2, 3]),
        };
        for caller in 0..callers as usize {
            let scenario = match in_bulk {
                true => Scenario::in_bulk(2 + caller, &mut self.rng),
                false => Scenario::new(&mut self.rng),
            };
            self.trace(|| format!("caller {caller}: {scenario:?}"));
            let start = Happening::Start(caller);
            self.agenda.push((scenario.starts_ms, start));
            self.callers.push(Caller::new(scenario));
        }
        if self.rng.percent(10) {
            let (at, token) = (self.rng.below(5_000), self.rng.below(2) as usize);
            self.agenda.push((at, Happening::DeletionByAnother(token)));
        }
    }

    fn trace(&mut self, line: impl FnOnce() -> String) {
        let now_ms = self.now_ms;
        if let Some(trace) = &mut self.trace {
            trace.push(format!("{now_ms:>9} ms  {}", line()));
        }
    }

    fn next(&mut self) -> Option<Happening> {
        let first = (0..self.agenda.len()).min_by_key(|entry| self.agenda[*entry].0)?;
        let (at_ms, happening) = self.agenda.remove(first);
        self.now_ms = at_ms;
        Some(happening)
    }

    /// Lets something happen. Gives the caller that it wakes.
    fn happen(&mut self, happening: Happening) -> Option<usize> {
        self.set_clock();
        match happening {
            Happening::Start(caller) => return Some(caller),
            Happening::End(caller, operation, end) => {
                if self.callers[caller].operations == operation {
                    self.callers[caller].inbox = Some(self.told(caller, end));
                    return Some(caller);
                }
            }
            Happening::Arrive(request) => self.arrive(request),
            Happening::DeletionByAnother(token) => {
                self.coverage.note(Case::DeletedByAnother);
                self.trace(|| format!("someone else deletes token {token}"));
                self.service.tokens[token].exists = false;
            }
        }
        None
    }

    /// Checks what a caller's call wants next.
    fn check(&mut self, caller: usize, next: &Next<'_>) {
        self.trace(|| format!("caller {caller} wants {next:?}"));
        let Caller {
            invariants,
            scenario,
            random,
            ..
        } = &mut self.callers[caller];
        let result = invariants.check(
            next,
            &mut Facts {
                now_ms: self.now_ms,
                random: *random,
                is_gone: self.service.is_gone(scenario.target),
                balance: &mut self.balance,
                throttle: &mut self.throttle_model,
                coverage: self.coverage,
            },
        );
        self.violation = self.violation.or(result.err());
        if self.clock_is_useless() {
            self.throttle_model.clock_is_useless();
        }
    }

    fn check_end(&mut self) -> Check {
        for (number, caller) in self.callers.iter().enumerate() {
            let deleted = self.requests.iter().any(|request| {
                let deleted = |response: ServiceResponse| response.deleted;
                request.caller == number && request.response.is_some_and(deleted)
            });
            caller.invariants.check_end(deleted, self.coverage)?;
        }
        let is_balanced = self.quota == quota(self.balance);
        is_balanced.then_some(()).ok_or(Violation::Quota)
    }
}

impl Caller {
    fn new(scenario: Scenario) -> Self {
        Self {
            invariants: scenario.invariants(),
            scenario,
            operation: Operation::Wait,
            operations: 0,
            inbox: None,
            random: 0.0,
        }
    }
}
