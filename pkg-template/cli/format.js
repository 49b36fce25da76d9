// Formats what is printed.

import { escapeUnsafe, UNSAFE } from "../safe-text.js";

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
 * One line for scripts, as `--output text` of the AWS CLI: a tab between the fields, `None` for what
 * isn't there.
 *
 * @param {(string | undefined)[]} fields
 */
export const formatText = (fields) =>
  fields.map((field) => (field === undefined ? "None" : escapeUnsafe(field))).join("\t");

/**
 * A token as the fields of that line. The name is last: it may hold blanks.
 *
 * @param {AccessToken} token
 */
export const tokenToFields = ({ id, name, expiresTime }) => [id, expiresTime?.toISOString(), name];
