//! The callers' clock, which may be off.

use super::super::coverage::Case;
use super::State;

/// No clock is off by more.
const NONSENSE_MS: f64 = 1e14;

impl State<'_> {
    /// Now and then the callers' clock is set, to another year or to nonsense, or it stops.
    pub(super) fn set_clock(&mut self) {
        const YEAR_MS: f64 = 3.15e10;
        if !self.rng.percent(5) {
            return;
        }
        self.coverage.note(Case::ClockJumps);
        let jumps = [0.0, 30_000.0, -30_000.0, YEAR_MS, -YEAR_MS, -80.0 * YEAR_MS];
        let nonsense = [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 1e300];
        let from: &[f64] = self.rng.pick(&[&jumps[..], &jumps[..], &nonsense[..]]);
        self.skew_ms = self.rng.pick(from);
        self.stopped_ms = None;
        if self.rng.percent(30) {
            self.coverage.note(Case::ClockStops);
            self.stopped_ms = Some(self.clock_ms());
        }
        let (skew_ms, stops) = (self.skew_ms, self.stopped_ms.is_some());
        self.trace(|| format!("the callers' clock is off by {skew_ms} ms, stops: {stops}"));
        self.throttle_model.clock_set();
    }

    pub(super) fn clock_ms(&self) -> f64 {
        let now_ms = (self.service.epoch_s * 1_000 + self.now_ms) as f64 + self.skew_ms;
        self.stopped_ms.unwrap_or(now_ms)
    }

    /// Whether the clock can't tell how long a block lasts.
    pub(super) fn clock_is_useless(&self) -> bool {
        let is_nonsense = self.skew_ms.is_nan() || self.skew_ms.abs() > NONSENSE_MS;
        is_nonsense || self.stopped_ms.is_some()
    }
}
