// Makes text from elsewhere safe to show: on the command line, the dashboard and in the extension.

const MARK = String.raw`[\p{Mn}\p{Me}]`;
const JOINER = String.raw`[\u200c\u200d]`;
const EMOJI = String.raw`\p{Extended_Pictographic}[\ufe0f\u{1f3fb}-\u{1f3ff}]?`;

// Where a joiner changes how the letter before it is written.
const JOINING_LETTER = `[${[
  ..."Arab Syrc Nkoo Mong Deva Beng Guru Gujr Orya Taml Telu Knda Mlym Sinh Khmr Mymr".split(" "),
]
  .map((script) => String.raw`\p{Script=${script}}`)
  .join("")}]${MARK}*`;

const UNSAFE_FORMS = [
  // Control characters steer a terminal; direction marks and other invisible characters (DI: the
  // default ignorable ones) make one text look like another. Joiners and U+FE0F: see below.
  String.raw`(?![\u200c\u200d\ufe0f])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{DI}]`,
  // Blanks other than the space. U+2800 is the empty pattern of Braille.
  String.raw`(?! )[\p{Zs}\u2800]`,
  // Emoji and several scripts need the joiners, and emoji need U+FE0F. Elsewhere they can't be seen.
  `(?<!${JOINING_LETTER}|${EMOJI})${JOINER}`,
  String.raw`(?<!\p{Extended_Pictographic})\ufe0f(?!\u20e3)`,
  // Marks on nothing, and the fifth of a pile (the limit of Unicode's UTS #39, section 5.4), which
  // would cover what is around it; strokes, which make a name look deleted.
  String.raw`(?<=^| )\p{M}`,
  `(?<=${MARK}{4})${MARK}`,
  String.raw`[\u0335\u0336]`,
];

export const UNSAFE = new RegExp(UNSAFE_FORMS.join("|"), "gu");

// Spaces at the ends of a name and after another one can't be counted by eye, or are dropped.
const UNSAFE_IN_NAMES = new RegExp([...UNSAFE_FORMS, "^ +", " +$", "(?<= ) +"].join("|"), "gu");

const BLANK = /^[\s\u2800\p{DI}]*$/u;

/** @param {string} char */
const escapeChar = (char) => `\\u{${char.codePointAt(0)?.toString(16)}}`;

/**
 * Replaces each unsafe character by its code: `\u{1b}`.
 *
 * @param {unknown} text
 */
export const escapeUnsafe = (text) => String(text).replace(UNSAFE, escapeChar);

/**
 * Whether a name consists of nothing that can be seen.
 *
 * @param {string} name
 */
export const isBlank = (name) => BLANK.test(name);

/**
 * A token's name in pieces, so that its escapes can be told from the same characters in the name.
 *
 * @param {string} name
 */
export function splitName(name) {
  const parts = [];
  let end = 0;
  for (const { 0: unsafe, index } of name.matchAll(UNSAFE_IN_NAMES)) {
    parts.push({ text: name.slice(end, index), isEscape: false });
    parts.push({ text: Array.from(unsafe, escapeChar).join(""), isEscape: true });
    end = index + unsafe.length;
  }
  parts.push({ text: name.slice(end), isEscape: false });
  return parts.filter(({ text }) => text !== "");
}

/**
 * A token's name, safe to show: "(blank name)" where nothing of it could be seen.
 *
 * @param {string} name
 */
export function escapeName(name) {
  if (isBlank(name)) return "(blank name)";
  return splitName(name)
    .map(({ text }) => text)
    .join("");
}

// A bearer token of AWS SSO is longer; an id, a profile or an option isn't.
const LIKE_A_TOKEN = /\S{101,}/g;

/**
 * What somebody typed or piped in, without what looks like a bearer token.
 *
 * @param {string} text
 */
export const hideTokens = (text) =>
  text.replace(LIKE_A_TOKEN, ({ length }) => `(${length} characters, perhaps a bearer token)`);

/**
 * The same, safe to print.
 *
 * @param {string} text
 */
export const escapeInput = (text) => escapeUnsafe(hideTokens(text));

/**
 * Whether the library would send this text as a bearer token: visible ASCII.
 *
 * @param {unknown} text
 * @returns {text is string}
 */
export const isBearerToken = (text) => typeof text === "string" && /^[\x21-\x7e]+$/.test(text);
