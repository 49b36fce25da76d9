//! Text is split at bytes: the patterns of `str` would make the download 2 KB larger.

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
