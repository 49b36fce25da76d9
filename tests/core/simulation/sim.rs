//! The whole of a schedule: a clock of its own, a service, and callers who share a retry budget.

mod driver;
mod operations;

use codecatalyst_pat::call::Call;
use codecatalyst_pat::retry::{Budget, Gate};

use super::answer::Answer;
use super::coverage::{Case, Coverage};
use super::dice::Dice;
use super::held::Held;
use super::judge::{BUDGET, Judge, Ruling, Told};
use super::network::Journey;
use super::plan::Plan;
use super::seen::Broke;
use super::service::Service;
use crate::given::budget;

pub(crate) struct World<'a> {
    dice: Dice,
    now: u64,
    /// How far the callers' clock is off, in milliseconds.
    skew_ms: f64,
    /// How many requests in a hundred the network loses.
    losses: u64,
    service: Service,
    budget: Budget,
    /// What the budget must hold, by our own account.
    balance: u32,
    gate: Gate,
    /// How long the gate must hold back, by our own account.
    held: Held,
    callers: Vec<Caller>,
    requests: Vec<Request>,
    agenda: Vec<(u64, Happens)>,
    coverage: &'a mut Coverage,
    trace: Option<Vec<String>>,
}

struct Caller {
    plan: Plan,
    call: Call,
    judge: Judge,
    does: Does,
    /// Counts what it has done, so that news of something past can be told from news.
    operation: u32,
}

#[derive(Debug, Clone, Copy)]
enum Does {
    Ask,
    Send(usize),
    Wait,
}

/// One request, as the service's log has it.
struct Request {
    caller: usize,
    operation: u32,
    journey: Journey,
    answer: Option<Answer>,
    /// When status and headers are back.
    head_at: u64,
}

#[derive(Debug, Clone, Copy)]
enum Happens {
    Start(usize),
    /// A caller's operation comes to its end, unless it has ended in another way before.
    End(usize, u32, End),
    Arrive(usize),
    DeletionByAnother(usize),
}

#[derive(Debug, Clone, Copy)]
enum End {
    Itself,
    Failed,
    Broke(Broke),
}

impl<'a> World<'a> {
    pub(crate) fn new(seed: u64, traced: bool, coverage: &'a mut Coverage) -> Self {
        let mut dice = Dice::new(seed);
        let service = Service::new(&mut dice, coverage);
        let balance = dice.pick(&[500, 500, 500, 100, 30, 16, 4, 0]);
        let mut world = Self {
            now: 0,
            skew_ms: 0.0,
            losses: dice.pick(&[0, 0, 10, 30, 60, 100]),
            service,
            budget: budget(balance),
            balance,
            gate: Gate::default(),
            held: Held::default(),
            callers: Vec::new(),
            requests: Vec::new(),
            agenda: Vec::new(),
            coverage,
            trace: traced.then(Vec::new),
            dice,
        };
        world.invite();
        world
    }

    /// Fills the agenda with what happens in any case.
    fn invite(&mut self) {
        for who in 0..self.dice.pick(&[1, 1, 1, 2, 3]) {
            let plan = Plan::new(&mut self.dice);
            self.say(|| format!("caller {who}: {plan:?}"));
            self.agenda.push((plan.starts, Happens::Start(who)));
            self.callers.push(Caller {
                call: plan.call(),
                judge: plan.judge(),
                plan,
                does: Does::Wait,
                operation: 0,
            });
        }
        if self.dice.percent(10) {
            let (at, token) = (self.dice.below(5_000), self.dice.below(2) as usize);
            self.agenda.push((at, Happens::DeletionByAnother(token)));
        }
    }

    /// Lets everything happen that there is to happen, then hears the last word on each call.
    pub(crate) fn run(&mut self) -> Ruling {
        while let Some((at, happens)) = self.next() {
            self.now = at;
            self.happen(happens)?;
        }
        for who in 0..self.callers.len() {
            let deleted = self.requests.iter().any(|request| {
                request.caller == who && request.answer.is_some_and(|answer| answer.deleted)
            });
            self.callers[who].judge.last_word(deleted, self.coverage)?;
        }
        (self.budget == budget(self.balance))
            .then_some(())
            .ok_or(BUDGET)
    }

    pub(crate) fn trace(&self) -> String {
        self.trace.as_deref().unwrap_or_default().join("\n")
    }

    fn say(&mut self, line: impl FnOnce() -> String) {
        let now = self.now;
        if let Some(trace) = &mut self.trace {
            trace.push(format!("{now:>9} ms  {}", line()));
        }
    }

    fn next(&mut self) -> Option<(u64, Happens)> {
        let first = (0..self.agenda.len()).min_by_key(|entry| self.agenda[*entry].0)?;
        Some(self.agenda.remove(first))
    }

    fn happen(&mut self, happens: Happens) -> Ruling {
        self.shift_the_clock();
        match happens {
            Happens::Start(who) => self.tell(who, Told::Start),
            Happens::End(who, operation, end) if self.callers[who].operation == operation => {
                let told = self.told(who, end);
                self.tell(who, told)
            }
            Happens::End(..) => Ok(()),
            Happens::Arrive(request) => {
                self.arrive(request);
                Ok(())
            }
            Happens::DeletionByAnother(token) => {
                self.coverage.note(Case::DeletedByAnother);
                self.say(|| format!("someone else deletes token {token}"));
                self.service.tokens[token].exists = false;
                Ok(())
            }
        }
    }

    /// Now and then the callers' clock is set, to another year or to nonsense.
    fn shift_the_clock(&mut self) {
        const YEAR_MS: f64 = 3.15e10;
        if self.dice.percent(5) {
            self.coverage.note(Case::ClockJumps);
            let jumps = [0.0, 30_000.0, -30_000.0, YEAR_MS, -YEAR_MS, -80.0 * YEAR_MS];
            let nonsense = [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 1e300];
            let from: &[f64] = self.dice.pick(&[&jumps[..], &jumps[..], &nonsense[..]]);
            self.skew_ms = self.dice.pick(from);
            self.held.forget();
        }
    }
}
