// Makes text from elsewhere safe to print.

// Control characters steer a terminal; direction marks and other invisible characters make one text
// look like another. The two joiners stay: emoji and several scripts need them.
export const UNSAFE = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/**
 * Replaces each unsafe character by its code: `\u{1b}`.
 *
 * @param {unknown} text
 */
export const escapeUnsafe = (text) =>
  String(text).replace(UNSAFE, (char) => `\\u{${char.codePointAt(0)?.toString(16)}}`);

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
