//! The three forms of an HTTP date
//! ([RFC 9110](https://www.rfc-editor.org/rfc/rfc9110#section-5.6.7)), written independently of how
//! the core reads them.

const DAYS: [&str; 7] = [
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
    "Monday",
    "Tuesday",
    "Wednesday",
];

const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

/// `Sun, 06 Nov 1994 08:49:37 GMT`
pub(crate) fn fixdate(seconds: u64) -> String {
    let (year, month, day) = civil(seconds);
    let (weekday, time) = (&weekday(seconds)[..3], time(seconds));
    format!("{weekday}, {day:02} {month} {year:04} {time} GMT")
}

/// `1994-11-06T08:49:37`, as in RFC 3339, without an offset.
pub(crate) fn rfc3339(seconds: u64) -> String {
    let (year, month, day) = civil(seconds);
    let month = MONTHS.iter().position(|name| *name == month).unwrap() + 1;
    format!("{year:04}-{month:02}-{day:02}T{}", time(seconds))
}

/// `Sunday, 06-Nov-94 08:49:37 GMT`
pub(crate) fn rfc850(seconds: u64) -> String {
    let (year, month, day) = civil(seconds);
    let (weekday, time) = (weekday(seconds), time(seconds));
    format!("{weekday}, {day:02}-{month}-{:02} {time} GMT", year % 100)
}

/// `Sun Nov  6 08:49:37 1994`
pub(crate) fn asctime(seconds: u64) -> String {
    let (year, month, day) = civil(seconds);
    let (weekday, time) = (&weekday(seconds)[..3], time(seconds));
    format!("{weekday} {month} {day:2} {time} {year:04}")
}

fn weekday(seconds: u64) -> &'static str {
    DAYS[(seconds / 86_400 % 7) as usize]
}

fn time(seconds: u64) -> String {
    let (hour, minute) = (seconds / 3_600 % 24, seconds / 60 % 60);
    format!("{hour:02}:{minute:02}:{:02}", seconds % 60)
}

/// Year, month and day in the Gregorian calendar, after
/// [`civil_from_days`](https://howardhinnant.github.io/date_algorithms.html#civil_from_days).
fn civil(seconds: u64) -> (u64, &'static str, u64) {
    let days = seconds / 86_400 + 719_468;
    let (era, day_of_era) = (days / 146_097, days % 146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = (month_from_march + 2) % 12;
    let year = year_of_era + era * 400 + u64::from(month < 2);
    (year, MONTHS[month as usize], day)
}

#[test]
fn the_dates_of_the_standard_are_written_as_the_standard_writes_them() {
    let sunday = 784_111_777;
    assert_eq!(fixdate(sunday), "Sun, 06 Nov 1994 08:49:37 GMT");
    assert_eq!(rfc850(sunday), "Sunday, 06-Nov-94 08:49:37 GMT");
    assert_eq!(asctime(sunday), "Sun Nov  6 08:49:37 1994");
    assert_eq!(fixdate(951_782_400), "Tue, 29 Feb 2000 00:00:00 GMT");
}
