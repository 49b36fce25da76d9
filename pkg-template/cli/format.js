// Formats what is printed, and makes text from elsewhere safe to print.

/** @typedef {import("../index.js").AccessToken} AccessToken */

// Control characters steer a terminal; direction marks and other invisible characters make one text
// look like another. The two joiners stay: emoji and several scripts need them.
const UNSAFE = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

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
 * One line of JSON, escaped so that it is safe to print and still parses to the same value.
 *
 * @param {unknown} value
 */
export const formatJson = (value) =>
  JSON.stringify(value).replace(UNSAFE, (char) => char.replace(/./gs, escapeCodeUnit));

/** @param {string} unit */
const escapeCodeUnit = (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;

/**
 * @param {AccessToken} token
 * @param {number} [now]
 */
export const isExpired = ({ expiresTime }, now = Date.now()) =>
  expiresTime !== undefined && expiresTime.getTime() <= now;

/**
 * A token as a plain object for JSON.
 *
 * @param {AccessToken} token
 */
export function tokenToJson(token) {
  const { id, name, expiresTime } = token;
  return {
    id,
    name,
    ...(expiresTime && { expiresTime: expiresTime.toISOString() }),
    expired: isExpired(token),
  };
}

/**
 * The lines of a table. The name comes last, because its width on the screen is unknown.
 *
 * @param {AccessToken[]} tokens
 * @param {import("./terminal.js").Paint} paint
 */
export function formatTable(tokens, paint) {
  const ids = tokens.map(({ id }) => escapeInput(id));
  const width = Math.max(2, ...ids.map((id) => id.length));
  /** @param {string} id @param {string} expiry @param {string} name */
  const row = (id, expiry, name) => `${id.padEnd(width)}  ${expiry.padEnd(18)}  ${name}`;
  const lines = tokens.map((token) => {
    const text = row(escapeInput(token.id), formatExpiry(token), escapeUnsafe(token.name));
    return paint(isExpired(token) ? "red" : undefined, text);
  });
  return [paint("bold", row("ID", "EXPIRES (UTC)", "NAME")), ...lines];
}

/** @param {AccessToken} token */
function formatExpiry(token) {
  if (token.expiresTime === undefined) return "-";
  return `${token.expiresTime.toISOString().slice(0, 10)}${isExpired(token) ? " expired" : ""}`;
}
