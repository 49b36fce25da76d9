// How many columns of a terminal a text takes.

/**
 * Made when it is needed: that takes 10 ms, and a whole `list` 130.
 *
 * @type {Intl.Segmenter | undefined}
 */
let segmenter;

const EMOJI = /\p{Emoji_Presentation}|\p{Extended_Pictographic}\ufe0f/u;

// Ranges that Unicode calls wide or fullwidth (https://www.unicode.org/reports/tr11/), but for emoji.
// Regular expressions don't know that property.
const WIDE =
  /[\u1100-\u115f\u2329\u232a\u2630-\u2637\u268a-\u268f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe10-\ufe19\ufe30-\ufe6b\uff01-\uff60\uffe0-\uffe6\u{16fe0}-\u{18dff}\u{1aff0}-\u{1b2ff}\u{1d300}-\u{1d376}\u{1f200}-\u{1f265}\u{20000}-\u{3fffd}]/u;

// Combining marks, joiners, and the vowels and finals of a Hangul syllable that is spelled out.
const ZERO_WIDTH = /[\p{Mn}\p{Me}\p{Cf}\u1160-\u11ff]/u;

/**
 * The width of a text without control characters.
 *
 * An emoji of several code points takes two columns, as in terminals that draw it as one.
 *
 * @param {string} text
 */
export function displayWidth(text) {
  // Nearly all texts are ASCII, and splitting is slow.
  if (/^[ -~]*$/.test(text)) return text.length;
  return splitGraphemes(text).reduce((width, grapheme) => width + graphemeWidth(grapheme), 0);
}

/** @param {string} text */
export function splitGraphemes(text) {
  segmenter ??= new Intl.Segmenter("en", { granularity: "grapheme" });
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}

/** @param {string} grapheme */
function graphemeWidth(grapheme) {
  if (EMOJI.test(grapheme)) return 2;
  return [...grapheme].reduce((sum, char) => sum + codePointWidth(char), 0);
}

/** @param {string} char */
function codePointWidth(char) {
  if (ZERO_WIDTH.test(char)) return 0;
  return WIDE.test(char) ? 2 : 1;
}

/**
 * The text with blanks up to a width.
 *
 * @param {string} text
 * @param {number} width
 */
export const padToWidth = (text, width) =>
  text + " ".repeat(Math.max(0, width - displayWidth(text)));

/**
 * The text in lines of at most this width: broken at spaces, and within a word only if that is wider.
 *
 * @param {string} text
 * @param {number} width
 */
export function wrapToWidth(text, width) {
  /** @type {string[]} */
  const lines = [];
  let line = "";
  for (const part of text.split(/(?<= )/).flatMap((word) => breakWord(word, width))) {
    if (displayWidth(line + part.trimEnd()) > width) {
      lines.push(line.trimEnd());
      line = "";
    }
    line += part;
  }
  return [...lines, line.trimEnd()];
}

/**
 * @param {string} word
 * @param {number} width
 */
function breakWord(word, width) {
  return displayWidth(word.trimEnd()) <= width ? [word] : splitGraphemes(word);
}
