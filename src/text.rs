//! Text is joined and split here: `concat` and the patterns of `str` would make the download 2 KB
//! larger.

/// Joins texts.
///
/// # Examples
///
/// ```
/// use codecatalyst_pat::text::concat;
///
/// assert_eq!(concat(&["a", "b"]), "ab");
/// ```
pub fn concat(parts: &[&str]) -> String {
    let length = parts.iter().map(|part| part.len()).sum();
    let mut text = String::with_capacity(length);
    for part in parts {
        text.push_str(part);
    }
    text
}

/// Splits text at the first of a byte, which must be ASCII. The byte itself is left out.
///
/// # Examples
///
/// ```
/// use codecatalyst_pat::text::split_at_byte;
///
/// assert_eq!(split_at_byte("a:b:c", b':'), Some(("a", "b:c")));
/// assert_eq!(split_at_byte("a", b':'), None);
/// ```
pub fn split_at_byte(text: &str, byte: u8) -> Option<(&str, &str)> {
    let index = text.bytes().position(|other| other == byte)?;
    Some((text.get(..index)?, text.get(index + 1..)?))
}
