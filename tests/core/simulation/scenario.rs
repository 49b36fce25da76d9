//! What is settled before a schedule starts.

use codecatalyst_pat::call::Call;
use codecatalyst_pat::request::Request;

use super::dice::Dice;
use super::judge::Judge;
use crate::given::secret;

/// Long enough to be looked for in messages.
pub(crate) const SECRET: &str = "marked-token";

/// One caller's wish.
#[derive(Debug)]
pub(crate) struct Plan {
    /// Which token is to be deleted.
    pub(crate) token: usize,
    pub(crate) starts: u64,
    pub(crate) max_attempts: u32,
    pub(crate) timeout_ms: u64,
    /// Whether it is one of many deletions, which are held back together.
    pub(crate) one_of_many: bool,
    /// Whether the token comes from a function.
    pub(crate) asks: bool,
    /// Whether headers are hidden from the caller, as from a page in a browser.
    pub(crate) page: bool,
    pub(crate) signal: Option<Signal>,
}

/// When the caller's signal fires, and what it says then.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Signal {
    pub(crate) fires: u64,
    pub(crate) is_timeout: bool,
}

impl Plan {
    pub(crate) fn new(dice: &mut Dice) -> Self {
        let starts = dice.below(200);
        Self {
            token: usize::from(dice.percent(25)),
            starts,
            max_attempts: max_attempts(dice),
            timeout_ms: dice.pick(&[1, 60, 300, 1_000, 1_000, 10_000, 10_000]),
            one_of_many: dice.percent(50),
            asks: dice.percent(25),
            page: dice.percent(20),
            signal: signal(dice, starts),
        }
    }

    pub(crate) fn call(&self) -> Call {
        let request = Request {
            method: "DELETE",
            url: String::new(),
            listing: None,
        };
        let given = (!self.asks).then(|| secret(SECRET));
        Call::new(request, given, self.max_attempts)
    }

    pub(crate) fn judge(&self) -> Judge {
        Judge::new(self.one_of_many, self.asks, self.max_attempts, SECRET)
    }
}

/// Now and then so many that only the budget ends the call.
fn max_attempts(dice: &mut Dice) -> u32 {
    match dice.below(200) {
        0 => u32::MAX,
        1..50 => dice.between(1, 10) as u32,
        _ => dice.between(1, 4) as u32,
    }
}

fn signal(dice: &mut Dice, starts: u64) -> Option<Signal> {
    let longest = dice.pick(&[1, 50, 200, 2_000, 20_000, 60_000]);
    let fires = (starts + dice.below(longest)).saturating_sub(10);
    let is_timeout = dice.percent(40);
    dice.percent(40).then_some(Signal { fires, is_timeout })
}
