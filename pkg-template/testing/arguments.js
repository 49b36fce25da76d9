// What callers of codecatalyst-pat/testing pass: checked, so that a slip is named where it was made.

import { randomUUID } from "node:crypto";
import { nearest } from "../nearest.js";
import { escapeInput } from "../safe-text.js";
import { MAX_ID_LENGTH, MAX_NAME_LENGTH } from "./limits.js";
import { isDateTime, isRecord } from "./validate.js";

/** @import { ReadToken, ReadUser } from "./types.d.ts" */

export const TOKEN_MEMBERS = ["id", "name", "expiresTime"];

/**
 * Throws a TypeError that names the argument and what is expected. The value isn't quoted: it may be
 * a bearer token.
 *
 * @param {unknown} isValid
 * @param {string} argument
 * @param {string} expected
 * @returns {asserts isValid}
 */
export function check(isValid, argument, expected) {
  if (!isValid) throw new TypeError(`${argument} must be ${expected}`);
}

/**
 * Checks that a value is an object with no other members than the given ones. Members that are
 * `undefined` or `null` count as absent.
 *
 * @param {unknown} value
 * @param {string} argument
 * @param {string[]} members
 * @returns {Record<string, unknown>}
 */
export function readMembers(value, argument, members) {
  check(isRecord(value), argument, "an object");
  const present = Object.entries(value).filter(([, member]) => member != null);
  for (const [name] of present) {
    if (members.includes(name)) continue;
    const suggestion = nearest(name, members);
    const advice = suggestion ? `do you mean ${suggestion}?` : `its members: ${members.join(", ")}`;
    throw new TypeError(`${argument} has no member "${escapeInput(name)}"; ${advice}`);
  }
  return Object.fromEntries(present);
}

/**
 * @param {unknown} user
 * @param {string} argument
 * @returns {ReadUser}
 */
export function readUser(user, argument) {
  const { name, bearer, tokens = [] } = readMembers(user, argument, ["name", "bearer", "tokens"]);
  check(typeof name === "string" && name !== "", `${argument}.name`, "a string, not empty");
  check(Array.isArray(tokens), `${argument}.tokens`, "an array");
  return {
    name,
    bearer: readBearer(bearer, `${argument}.bearer`),
    tokens: tokens.map((token, index) => readToken(token, `${argument}.tokens[${index}]`)),
  };
}

/**
 * @param {unknown} bearer
 * @param {string} argument
 */
export function readBearer(bearer, argument) {
  const isSendable = typeof bearer === "string" && /^[\x21-\x7e]+$/.test(bearer);
  check(isSendable, argument, "a string of visible ASCII characters, at least one");
  return bearer;
}

/**
 * @param {unknown} token
 * @param {string} argument
 * @returns {ReadToken}
 */
export function readToken(token, argument) {
  const { id = randomUUID(), name, expiresTime } = readMembers(token, argument, TOKEN_MEMBERS);
  check(hasLength(id, MAX_ID_LENGTH), `${argument}.id`, `1 to ${MAX_ID_LENGTH} characters`);
  check(hasLength(name, MAX_NAME_LENGTH), `${argument}.name`, `1 to ${MAX_NAME_LENGTH} characters`);
  if (expiresTime === undefined) return { id, name };
  const isTime = isDateTime(expiresTime) || isValidDate(expiresTime);
  check(isTime, `${argument}.expiresTime`, "a Date or a date and time of RFC 3339");
  return { id, name, expiresTime: new Date(expiresTime).toISOString() };
}

/**
 * @param {unknown} value
 * @param {number} maxLength
 * @returns {value is string}
 */
function hasLength(value, maxLength) {
  if (typeof value !== "string") return false;
  const { length } = [...value]; // in Unicode scalar values, as Smithy counts
  return length >= 1 && length <= maxLength;
}

/**
 * @param {unknown} value
 * @returns {value is Date}
 */
const isValidDate = (value) => value instanceof Date && !Number.isNaN(value.getTime());
