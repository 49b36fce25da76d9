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
    shorten(&mut shown);
    Some(shown).filter(|shown| !shown.is_empty())
}

fn shorten(text: &mut String) {
    let mut units = 0;
    let mut end = 0;
    for char in text.chars() {
        units += char.len_utf16();
        if units <= LONGEST {
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

/// The members of a JSON object, given as UTF-16 code units, whose values are strings; none if the text is anything but an object.
///
/// An error's body has no more to say, and a parser for all of JSON would weigh more than the rest of the core. This one looks
/// at nothing but strings and brackets, so of a body that is broken elsewhere it still gives what can be read.
///
/// # Examples
///
/// ```
/// use codecatalyst_pat::text::members;
///
/// let json = r#"{"code": 7, "inner": {"code": "no"}, "message": "gone\u0021"}"#;
/// let found = members(&json.encode_utf16().collect::<Vec<_>>());
/// assert_eq!(found.len(), 1);
/// assert_eq!((found[0].0.as_str(), found[0].1.as_str()), ("message", "gone!"));
/// ```
pub fn members(json: &[u16]) -> Vec<(Zeroizing<String>, Zeroizing<String>)> {
    let mut found = Vec::new();
    let mut units = json.iter().copied();
    // White space, or a mark of the byte order, may come before it.
    if units.find(|unit| !matches!(unit, 0x20 | 9..=13 | 0xFEFF)) != Some(u16::from(b'{')) {
        return found;
    }
    let mut depth = 1_u32;
    let mut key = None;
    while let Some(unit) = units.next() {
        match u8::try_from(unit) {
            Ok(b'"') => {
                let Some(text) = string(&mut units) else {
                    break;
                };
                match key.take() {
                    _ if depth > 1 => {}
                    Some(key) => found.push((key, text)),
                    None => key = Some(text),
                }
            }
            Ok(b'{' | b'[') => depth += 1,
            Ok(b'}' | b']') => depth = depth.saturating_sub(1),
            Ok(b',') if depth == 1 => key = None,
            _ => {}
        }
    }
    found
}

/// The rest of a string, up to its closing quote; nothing if there is none.
fn string(units: &mut impl Iterator<Item = u16>) -> Option<Zeroizing<String>> {
    let longest = units.size_hint().1.unwrap_or(0);
    let mut raw = Zeroizing::new(Vec::with_capacity(longest));
    loop {
        let unit = units.next()?;
        raw.push(match u8::try_from(unit) {
            Ok(b'"') => return Some(decode(&raw)),
            Ok(b'\\') => escaped(units)?,
            _ => unit,
        });
    }
}

/// What stands behind a backslash.
fn escaped(units: &mut impl Iterator<Item = u16>) -> Option<u16> {
    let unit = units.next()?;
    Some(match u8::try_from(unit) {
        Ok(b'b') => 8,
        Ok(b't') => 9,
        Ok(b'n') => 10,
        Ok(b'f') => 12,
        Ok(b'r') => 13,
        Ok(b'u') => {
            let mut code = 0;
            for _ in 0..4 {
                code = code << 4 | char::from(u8::try_from(units.next()?).ok()?).to_digit(16)?;
            }
            code as u16
        }
        _ => unit,
    })
}
