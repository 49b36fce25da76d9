//! Text that is not ours: what can be read in it, and what of it may be shown.
//!
//! Small on purpose, and on bytes where the standard library's way would be on characters and patterns: all of this is part of
//! what callers download.

use zeroize::Zeroizing;

use crate::request::Secret;

/// The longest text that callers see, in UTF-16 code units.
pub const LONGEST: usize = 1_000;

/// A foreign text as callers may see it: one line, without control characters and without the token, and
/// short. Nothing if nothing is left.
///
/// In this order: a control character inside a quoted token would hide it, and so would a cut.
///
/// # Examples
///
/// ```
/// use codecatalyst_pat::request::Secret;
/// use codecatalyst_pat::text::presentable;
///
/// let secret = Secret::new("marked-token".encode_utf16()).unwrap();
/// assert_eq!(presentable("no\nmarked-\0token\r\n", Some(&secret)).as_deref(), Some("no [token]"));
/// assert_eq!(presentable("\n", None), None);
/// ```
pub fn presentable(text: &str, secret: Option<&Secret>) -> Option<String> {
    let mut line = Zeroizing::new(String::with_capacity(text.len()));
    for char in text.chars() {
        match char {
            '\t' | '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => line.push(' '),
            // Marks that reorder text would let a message lie about what it says.
            '\u{61C}'
            | '\u{200E}'
            | '\u{200F}'
            | '\u{202A}'..='\u{202E}'
            | '\u{2066}'..='\u{2069}' => {}
            _ if char.is_control() => {}
            _ => line.push(char),
        }
    }
    let line = line.trim_ascii();
    let mut shown = secret.map_or_else(|| line.to_owned(), |secret| secret.redact(line));
    shorten(&mut shown, LONGEST);
    Some(shown).filter(|shown| !shown.is_empty())
}

/// Cuts a text to so many UTF-16 code units.
pub(crate) fn shorten(text: &mut String, longest: usize) {
    let mut units = 0;
    let mut end = 0;
    for char in text.chars() {
        units += char.len_utf16();
        if units <= longest {
            end += char.len_utf8();
        }
    }
    text.truncate(end);
}

/// Splits a text at the first of two bytes, which must be ASCII. The byte itself is left out.
///
/// # Examples
///
/// ```
/// use codecatalyst_pat::text::split;
///
/// assert_eq!(split("a:b,c", b",:"), Some(("a", "b,c")));
/// ```
pub fn split<'a>(text: &'a str, [one, other]: &[u8; 2]) -> Option<(&'a str, &'a str)> {
    let place = text
        .bytes()
        .position(|byte| byte == *one || byte == *other)?;
    Some((text.get(..place)?, text.get(place + 1..)?))
}

/// Texts in one.
///
/// # Examples
///
/// ```
/// use codecatalyst_pat::text::joined;
///
/// assert_eq!(joined(&["a", "b"]), "ab");
/// ```
pub fn joined(parts: &[&str]) -> String {
    let mut text = String::new();
    for part in parts {
        text.push_str(part);
    }
    text
}

/// A number in digits only; one that is too large to hold is as large as can be held.
///
/// # Examples
///
/// ```
/// use codecatalyst_pat::text::number;
///
/// assert_eq!(number("042"), Some(42));
/// assert_eq!(number("99999999999"), Some(u32::MAX));
/// assert_eq!(number("+1"), None);
/// ```
pub fn number(text: &str) -> Option<u32> {
    if text.is_empty() {
        return None;
    }
    text.bytes().try_fold(0_u32, |number, byte| {
        let digit = char::from(byte).to_digit(10)?;
        Some(number.saturating_mul(10).saturating_add(digit))
    })
}

/// The text of UTF-16 code units, with U+FFFD for a surrogate that stands alone.
///
/// # Examples
///
/// ```
/// use codecatalyst_pat::text::decode;
///
/// assert_eq!(decode(&[0x61, 0xD83D, 0xDE00]).as_str(), "a😀");
/// assert_eq!(decode(&[0xD83D]).as_str(), "\u{FFFD}");
/// ```
pub fn decode(units: &[u16]) -> Zeroizing<String> {
    // Reserved as a whole: text that grows leaves copies of itself behind.
    let mut text = Zeroizing::new(String::with_capacity(units.len().saturating_mul(3)));
    for char in char::decode_utf16(units.iter().copied()) {
        text.push(char.unwrap_or(char::REPLACEMENT_CHARACTER));
    }
    text
}

/// A text as a string of JSON.
///
/// # Examples
///
/// ```
/// use codecatalyst_pat::text::quoted;
///
/// assert_eq!(quoted("a\"\\\n"), r#""a\"\\\u000a""#);
/// ```
pub fn quoted(text: &str) -> String {
    let mut quoted = String::from('"');
    for char in text.chars() {
        match char {
            '"' | '\\' => quoted.extend(['\\', char]),
            '\0'..='\u{1F}' => {
                quoted.push_str("\\u00");
                quoted.extend([hex(char as u8 >> 4), hex(char as u8 & 0xF)]);
            }
            _ => quoted.push(char),
        }
    }
    quoted.push('"');
    quoted
}

/// A hexadecimal digit.
pub(crate) fn hex(digit: u8) -> char {
    char::from_digit(digit.into(), 16).unwrap_or('0')
}
