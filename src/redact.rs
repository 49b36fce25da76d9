//! What of foreign text may be shown.

use std::ops::Range;

use crate::token::BearerToken;

/// The longest text that callers see, in UTF-16 code units.
pub const MAX_LENGTH: usize = 1_000;

/// So many characters of a token in a row are a quotation of it, even if the rest is missing.
/// Fewer may be chance: a date, a name, a word of a message.
const MIN_QUOTATION: usize = 16;

/// The length of the parts of a token that are looked for.
const BLOCK: usize = 8;

/// Foreign text as callers may see it: one line, without control characters and without the token,
/// and short. Nothing if nothing is left.
///
/// In this order: a control character inside a quoted token would hide it, and so would a cut.
///
/// # Examples
///
/// ```
/// use codecatalyst_pat::redact::printable;
/// use codecatalyst_pat::token::BearerToken;
///
/// let token = BearerToken::new("marked-token").unwrap();
/// assert_eq!(printable("no\nmarked-\0token\r\n", Some(&token)).as_deref(), Some("no [token]"));
/// assert_eq!(printable("\n", None), None);
/// ```
pub fn printable(text: &str, token: Option<&BearerToken>) -> Option<String> {
    let line: String = text.chars().filter_map(printable_char).collect();
    let line = line.trim_ascii();
    let mut shown = token.map_or_else(|| line.to_owned(), |token| token.redact(line));
    truncate_utf16(&mut shown, MAX_LENGTH);
    Some(shown).filter(|shown| !shown.is_empty())
}

/// Whether nothing of a text is left to be shown.
pub(crate) fn is_blank(text: &str) -> bool {
    text.chars()
        .filter_map(printable_char)
        .all(|char| char == ' ')
}

/// A character of a single line: a space for a line break, nothing for what is not printed.
fn printable_char(char: char) -> Option<char> {
    match char {
        '\t' | '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some(' '),
        // Marks that reorder text would let a message lie about what it says.
        '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => {
            None
        }
        _ => Some(char).filter(|char| !char.is_control()),
    }
}

/// Cuts text to at most that many UTF-16 code units.
pub(crate) fn truncate_utf16(text: &mut String, max_length: usize) {
    let mut length = 0;
    let end = text.char_indices().find_map(|(start, char)| {
        length += char.len_utf16();
        (length > max_length).then_some(start)
    });
    if let Some(end) = end {
        text.truncate(end);
    }
}

/// Where text quotes a secret: all of it, or at least 16 characters in a row. A secret of fewer than
/// 8 characters is not found.
///
/// A run that long holds one whole block of the secret, wherever it begins: blocks are looked for
/// first, which takes an eighth of the comparisons.
pub(crate) fn find_quotation(text: &[u8], secret: &[u8]) -> Option<Range<usize>> {
    let min_length = secret.len().min(MIN_QUOTATION);
    let (blocks, _) = secret.as_chunks::<BLOCK>();
    let mut windows = text.array_windows::<BLOCK>().enumerate();
    windows.find_map(|(at, window)| {
        let equal = blocks
            .iter()
            .enumerate()
            .filter(|(_, block)| *block == window);
        let mut runs = equal.filter_map(|(block, _)| run(text, at, secret, block * BLOCK));
        runs.find(|run| run.len() >= min_length)
    })
}

/// The run of characters around two places in which text and secret are equal.
fn run(text: &[u8], at: usize, secret: &[u8], offset: usize) -> Option<Range<usize>> {
    let (text_before, text_after) = text.split_at_checked(at)?;
    let (secret_before, secret_after) = secret.split_at_checked(offset)?;
    let equal = |(a, b): &(&u8, &u8)| a == b;
    let before = text_before.iter().rev().zip(secret_before.iter().rev());
    let after = text_after.iter().zip(secret_after);
    Some(at - before.take_while(equal).count()..at + after.take_while(equal).count())
}
