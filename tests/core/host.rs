//! A host for the core: JSON and the clock.

use codecatalyst_pat::body::{Body, JsonValue};
use codecatalyst_pat::date::Clock;
use serde_json::Value;
use time::OffsetDateTime;
use time::format_description::well_known::{Rfc2822, Rfc3339};

/// Parsed JSON, as the core sees it.
pub(crate) struct Json(pub(crate) Value);

impl JsonValue for Json {
    fn member(&self, name: &str) -> Option<Self> {
        let member = self.0.as_object()?.get(name)?;
        (!member.is_null()).then(|| Self(member.clone()))
    }

    fn elements(&self) -> Option<Vec<Self>> {
        Some(self.0.as_array()?.iter().cloned().map(Self).collect())
    }

    fn string(&self) -> Option<String> {
        Some(self.0.as_str()?.to_owned())
    }
}

/// A clock that shows a time and reads dates as `Date.parse` does, apart from what only some hosts
/// take for a date.
pub(crate) struct FixedClock(pub(crate) f64);

impl Clock for FixedClock {
    fn now_ms(&self) -> f64 {
        self.0
    }

    fn parse_date_ms(&self, date: &str) -> Option<f64> {
        // A minute has 60 seconds in JavaScript.
        if date.contains(":60") {
            return None;
        }
        let date = OffsetDateTime::parse(date, &Rfc2822)
            .or_else(|_| OffsetDateTime::parse(date, &Rfc3339))
            .ok()?;
        Some((date.unix_timestamp_nanos() / 1_000_000) as f64)
    }
}

/// What a host makes of as much of a body as came.
pub(crate) fn read_body(text: &[u8], is_whole: bool, clock: &FixedClock) -> Body {
    let parse = |text: &str| serde_json::from_str(text).ok().map(Json);
    Body::new(text, is_whole, parse, clock)
}
