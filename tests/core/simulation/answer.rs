//! What the service answers, and how that looks on the wire.

use codecatalyst_pat::reply::Reply;

use super::dice::Dice;
use crate::http_date;

/// Where an error's name stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    Header,
    Code,
    Type,
}

/// How the service asks to be left alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Asks {
    Nothing,
    Seconds(u64),
    Milliseconds(u64),
    /// Until so many seconds since 1970.
    Date(u64),
    Garbage(&'static str),
}

impl Asks {
    /// A value of `retry-after`.
    pub(crate) fn in_seconds(dice: &mut Dice, now_s: u64) -> Self {
        match dice.below(8) {
            0 | 1 => Self::Seconds(dice.below(23)),
            2 => Self::Seconds(dice.pick(&[0, 20, 21, 3_600, u64::MAX])),
            3 | 4 => Self::Date(now_s + dice.below(30)),
            5 => Self::Date(dice.pick(&[0, now_s.saturating_sub(86_400), now_s + 86_400])),
            6 => Self::Garbage(dice.pick(&["soon", "-1", "1.5", "", "5, 10", "1e3"])),
            _ => Self::Nothing,
        }
    }

    /// A value of `x-amz-retry-after`.
    pub(crate) fn in_milliseconds(dice: &mut Dice) -> Self {
        match dice.below(6) {
            0 => Self::Milliseconds(dice.below(23_000)),
            1 => Self::Milliseconds(dice.pick(&[0, 20_000, 20_001, u64::MAX])),
            2 => Self::Garbage(dice.pick(&["soon", "-1", "0x10", ""])),
            _ => Self::Nothing,
        }
    }

    /// The wait that a client must keep whose clock shows this time.
    fn at_least_ms(self, client_ms: f64) -> Option<u64> {
        match self {
            Self::Nothing | Self::Garbage(_) => None,
            Self::Seconds(seconds) => Some(seconds.saturating_mul(1_000)),
            Self::Milliseconds(ms) => Some(ms),
            // What is left by the client's own clock; nothing if that shows no number.
            Self::Date(at) => Some(((at * 1_000) as f64 - client_ms) as u64),
        }
    }

    fn header(self) -> Option<String> {
        match self {
            Self::Nothing => None,
            Self::Garbage(value) => Some(value.to_owned()),
            Self::Seconds(number) | Self::Milliseconds(number) => Some(number.to_string()),
            Self::Date(at) => Some(http_date::fixdate(at)),
        }
    }
}

/// One answer of the service.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    /// The host shows a redirect without its status.
    pub(crate) opaque: bool,
    pub(crate) name: Option<&'static str>,
    pub(crate) place: Place,
    pub(crate) retry_after: Asks,
    pub(crate) amz_retry_after: Asks,
    /// Whether this request is the one that deleted the token.
    pub(crate) deleted: bool,
}

impl Answer {
    pub(crate) fn new(status: u16, name: Option<&'static str>) -> Self {
        Self {
            status,
            opaque: false,
            name,
            place: Place::Header,
            retry_after: Asks::Nothing,
            amz_retry_after: Asks::Nothing,
            deleted: false,
        }
    }

    pub(crate) fn seen_status(&self) -> Option<u16> {
        (!self.opaque).then_some(self.status)
    }

    /// The name, for a client that sees the headers or does not.
    pub(crate) fn seen_name(&self, page: bool) -> Option<&'static str> {
        self.name.filter(|_| !page || self.place != Place::Header)
    }

    /// The least wait, for a client that sees the headers or does not. More than 49 days are as good as 49.
    pub(crate) fn asked_ms(&self, page: bool, client_ms: f64) -> Option<u32> {
        let asked = self.retry_after.at_least_ms(client_ms);
        let amz_asked = self.amz_retry_after.at_least_ms(client_ms);
        let asked = asked.max(amz_asked).filter(|_| !page)?;
        Some(u32::try_from(asked).unwrap_or(u32::MAX))
    }

    /// Status and headers as a client gets them. A page in a browser gets the status only.
    pub(crate) fn head(&self, page: bool, request: usize) -> Reply {
        let status = self.seen_status();
        if page {
            return Reply::new(status, |_| None);
        }
        let header = |name: &str| match name {
            "x-amzn-errortype" if self.place == Place::Header => self.name.map(str::to_owned),
            "x-amzn-requestid" => Some(request.to_string()),
            "retry-after" => self.retry_after.header(),
            "x-amz-retry-after" => self.amz_retry_after.header(),
            _ => None,
        };
        Reply::new(status, |name| header(name).map(Into::into))
    }

    /// The body, which quotes the token where there is an error to tell of.
    pub(crate) fn body(&self, token: &str) -> String {
        let message = format!("\"message\":\"{token} is not welcome\"");
        match (self.place, self.name) {
            (Place::Header, Some(_)) => format!("{{{message}}}"),
            (Place::Code, Some(name)) => format!("{{\"code\":\"{name}\",{message}}}"),
            (Place::Type, Some(name)) => format!("{{{message},\"__type\":\"aws.x#{name}:http\"}}"),
            (Place::Header, None) => String::new(),
            (Place::Code, None) => "<html>".to_owned(),
            (Place::Type, None) => "[{}]".to_owned(),
        }
    }
}
