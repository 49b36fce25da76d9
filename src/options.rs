//! The options a caller may set: their names, defaults and limits.

use crate::error::Error;
use crate::text::joined;

/// What a caller wants done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operation {
    /// `deleteAccessToken`
    Deletion,
    /// `deleteAccessTokens`: one of many
    Deletions,
    /// `listAccessTokens`: one page
    List,
}

impl Operation {
    /// The options it has.
    ///
    /// # Examples
    ///
    /// ```
    /// use codecatalyst_pat::options::Operation;
    ///
    /// assert!(Operation::List.options().contains(&"pageSize"));
    /// assert!(!Operation::Deletion.options().contains(&"pageSize"));
    /// ```
    pub fn options(self) -> &'static [&'static str] {
        let names = match self {
            Self::Deletion => NAMES.get(1..5),
            Self::Deletions => NAMES.get(1..),
            Self::List => NAMES.get(..5),
        };
        names.unwrap_or_default()
    }
}

/// All options; those of an operation stand side by side.
const NAMES: &[&str] = &[
    "pageSize",
    "endpoint",
    "signal",
    "timeoutMs",
    "maxAttempts",
    "concurrency",
];

/// The limit of one attempt where the caller sets none, in milliseconds.
pub const DEFAULT_TIMEOUT_MS: u32 = 10_000;

/// How many requests a call may start where the caller sets no limit.
pub const DEFAULT_MAX_ATTEMPTS: u32 = 3;

/// How many tokens a page of a list may hold, and does where the caller sets nothing else.
pub const LARGEST_PAGE: u32 = 10;

/// How many deletions are under way at once where the caller sets nothing else.
pub const DEFAULT_CONCURRENCY: u32 = 4;

/// How many deletions may be under way at once.
pub const MOST_CONCURRENCY: u32 = 64;

/// The longest time a host's timer can wait: it fires at once if asked for more.
///
/// [HTML: timers](https://html.spec.whatwg.org/multipage/timers-and-user-prompts.html#timers) takes
/// a signed 32-bit integer.
pub const LONGEST_TIMER_MS: u32 = i32::MAX as u32;

/// Reads `timeoutMs`.
///
/// Fractions are rounded up, so that no limit becomes 0. What is longer than a timer can wait (24.8 days)
/// becomes [`LONGEST_TIMER_MS`].
///
/// # Errors
///
/// [`Error::InvalidArgument`] unless the number is finite and above 0.
///
/// # Examples
///
/// ```
/// use codecatalyst_pat::options::timeout_ms;
///
/// assert_eq!(timeout_ms(2_500.0), Ok(2_500));
/// assert!(timeout_ms(f64::INFINITY).is_err());
/// ```
pub fn timeout_ms(value: f64) -> Result<u32, Error> {
    if !(value.is_finite() && value > 0.0) {
        let expected = "options.timeoutMs must be a finite number above 0, not ";
        return Err(refused(expected, value));
    }
    Ok((value.ceil() as u32).min(LONGEST_TIMER_MS))
}

/// Reads `maxAttempts`.
///
/// # Errors
///
/// [`Error::InvalidArgument`] unless the number is an integer of 1 or more.
///
/// # Examples
///
/// ```
/// use codecatalyst_pat::options::max_attempts;
///
/// assert_eq!(max_attempts(1.0), Ok(1));
/// assert!(max_attempts(1.5).is_err());
/// ```
pub fn max_attempts(value: f64) -> Result<u32, Error> {
    let expected = "options.maxAttempts must be an integer of 1 or more, not ";
    integer(value, f64::MAX, expected)
}

/// Reads `pageSize`.
///
/// # Errors
///
/// [`Error::InvalidArgument`] unless the number is an integer from 1 to [`LARGEST_PAGE`].
///
/// # Examples
///
/// ```
/// use codecatalyst_pat::options::page_size;
///
/// assert_eq!(page_size(10.0), Ok(10));
/// assert_eq!(page_size(11.0).unwrap_err().message(), "options.pageSize must be an integer from 1 to 10, not more.");
/// ```
pub fn page_size(value: f64) -> Result<u32, Error> {
    let expected = "options.pageSize must be an integer from 1 to 10, not ";
    integer(value, LARGEST_PAGE.into(), expected)
}

/// Reads `concurrency`.
///
/// # Errors
///
/// [`Error::InvalidArgument`] unless the number is an integer from 1 to [`MOST_CONCURRENCY`].
///
/// # Examples
///
/// ```
/// use codecatalyst_pat::options::concurrency;
///
/// assert_eq!(concurrency(64.0), Ok(64));
/// assert!(concurrency(0.0).is_err());
/// ```
pub fn concurrency(value: f64) -> Result<u32, Error> {
    let expected = "options.concurrency must be an integer from 1 to 64, not ";
    integer(value, MOST_CONCURRENCY.into(), expected)
}

fn integer(value: f64, most: f64, expected: &str) -> Result<u32, Error> {
    if (1.0..=most).contains(&value) && value.trunc() == value {
        return Ok(value as u32);
    }
    Err(refused(expected, value))
}

/// Says what was wrong with a number without printing it: formatting floats is a large part of
/// what the module would weigh.
fn refused(expected: &str, value: f64) -> Error {
    let found = if value.is_nan() {
        "NaN"
    } else if value.is_infinite() {
        "Infinity"
    } else if value == 0.0 {
        "0"
    } else if value < 0.0 {
        "a negative number"
    } else if value.trunc() == value {
        "more"
    } else {
        "a fraction"
    };
    Error::InvalidArgument(joined(&[expected, found, "."]).into())
}

/// The error for an option that an operation does not have, with the nearest one that it has if it looks like a
/// slip of the keyboard.
///
/// # Examples
///
/// ```
/// use codecatalyst_pat::options::{Operation, unknown};
///
/// assert_eq!(
///     unknown("timeoutMS", Operation::Deletion).message(),
///     "options.timeoutMS is not an option. Did you mean timeoutMs?",
/// );
/// ```
pub fn unknown(name: &str, operation: Operation) -> Error {
    let mut message = joined(&["options.", name, " is not an option. "]);
    if let Some(known) = nearest(name, operation) {
        message.push_str(&joined(&["Did you mean ", known, "?"]));
        return Error::InvalidArgument(message.into());
    }
    let mut before = "The options are ";
    for known in operation.options() {
        message.push_str(before);
        message.push_str(known);
        before = ", ";
    }
    message.push('.');
    Error::InvalidArgument(message.into())
}

/// The known option that differs in no more than two characters in a row, upper and lower case aside: one left out,
/// doubled, mistyped, or two swapped.
fn nearest(name: &str, operation: Operation) -> Option<&'static str> {
    operation.options().iter().copied().find(|known| {
        let same = |(a, b): (&u8, &u8)| a.eq_ignore_ascii_case(b);
        let (mut start, mut end) = (0, 0);
        let (mut one, mut other) = (name.as_bytes(), known.as_bytes());
        while let ([a, rest @ ..], [b, others @ ..]) = (one, other)
            && same((a, b))
        {
            (one, other) = (rest, others);
            start += 1;
        }
        (one, other) = (name.as_bytes(), known.as_bytes());
        while let ([rest @ .., a], [others @ .., b]) = (one, other)
            && same((a, b))
        {
            (one, other) = (rest, others);
            end += 1;
        }
        start + end + 2 >= name.len().max(known.len())
    })
}
