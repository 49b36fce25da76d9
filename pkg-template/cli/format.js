// Formats what is printed.

import { escapeInput, escapeUnsafe, UNSAFE } from "../safe-text.js";

export { escapeInput, escapeUnsafe, hideTokens } from "../safe-text.js";

/** @typedef {import("../index.js").AccessToken} AccessToken */

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
