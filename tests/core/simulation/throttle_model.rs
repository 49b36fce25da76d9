//! How long many deletions are held back, by our own account.

use super::judge::CAP_MS;
use super::seen::{Meaning, Seen};

#[derive(Debug, Default)]
pub(crate) struct Held {
    /// Until when nothing may be sent.
    pub(crate) until: u64,
    /// How often somebody was throttled so far.
    pub(crate) times: u32,
}

impl Held {
    /// Takes note of an attempt of one of many. `waits` is how long it waits itself, if it goes on.
    pub(crate) fn hear(&mut self, news: &Seen, waits: Option<u64>, now: u64) {
        if news.meaning() == Meaning::Throttled {
            let asked = news
                .asked_ms
                .map_or(0, |asked| u64::from(asked).min(CAP_MS));
            self.times += 1;
            self.until = self.until.max(now + waits.unwrap_or(asked));
        }
    }

    /// Once the clock is set to another time, nobody can tell how much of a wait is left.
    pub(crate) fn forget(&mut self) {
        self.until = 0;
    }
}
