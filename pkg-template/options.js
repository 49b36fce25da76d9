// The options of a call: which there are, and a copy of what the caller passed.

import { unsent } from "./error.js";
import { nearest } from "./nearest.js";

const COMMON = ["endpoint", "signal", "timeoutMs", "maxAttempts"];

/** The options of each function. */
export const OPTION_NAMES = {
  deleteAccessToken: COMMON,
  deleteAccessTokens: [...COMMON, "concurrency"],
  listAccessTokens: [...COMMON, "pageSize"],
};

/** Of an unknown option's name, so much is shown. */
const MAX_SHOWN_LENGTH = 64;

/** A shorter text is no secret: it would be found in any name. */
const MIN_SECRET_LENGTH = 8;

/** Options that threw when their names were read. */
class Unreadable {
  /** @param {unknown} thrown */
  constructor(thrown) {
    this.thrown = thrown;
  }
}

/**
 * Copies the options in the call: while the module loads, the caller may change them. Only own
 * properties count. One that throws when it is read throws again when the module reads the copy,
 * which then reports it.
 *
 * @param {any} options
 * @returns {any}
 */
export function snapshot(options) {
  const copy = Object.create(null);
  try {
    if (typeof options !== "object" || options === null || Array.isArray(options)) return options;
    for (const name of Object.getOwnPropertyNames(options)) copyProperty(options, name, copy);
  } catch (thrown) {
    return new Unreadable(thrown);
  }
  return copy;
}

/** @param {any} options @param {string} name @param {any} copy */
function copyProperty(options, name, copy) {
  try {
    const value = options[name];
    copy[name] = name === "endpoint" ? stringOfUrl(value) : value;
  } catch (thrown) {
    const get = () => {
      throw thrown;
    };
    Object.defineProperty(copy, name, { get });
  }
}

/** What is no URL, and what throws when it is inspected, is left to the module. @param {any} value */
function stringOfUrl(value) {
  try {
    return value instanceof URL ? value.href : value;
  } catch {
    return value;
  }
}

/**
 * A rejection of options that were unreadable, or that hold an unknown one.
 *
 * @param {any} copy made by `snapshot`
 * @param {string[]} names the options that there are
 * @param {unknown} token kept out of the message: it may have been passed in the wrong place
 * @param {{ argumentError(token: any, argument: string, thrown: unknown): Promise<Error> }} client
 * @returns {Promise<never> | undefined}
 */
export function optionsRejection(copy, names, token, client) {
  if (typeof copy !== "object" || copy === null) return undefined;
  if (copy instanceof Unreadable) return rejectUnreadable(copy, token, client);
  const isUnknown = (/** @type {string} */ name) => !names.includes(name) && isPresent(copy, name);
  const unknown = Array.isArray(copy) ? undefined : Object.keys(copy).find(isUnknown);
  return unknown === undefined ? undefined : rejectUnknown(unknown, names, token);
}

/** `undefined` and `null` count as absent. @param {any} copy @param {string} name */
function isPresent(copy, name) {
  const { get, value } = Object.getOwnPropertyDescriptor(copy, name) ?? {};
  return get !== undefined || (value !== undefined && value !== null);
}

/**
 * @param {Unreadable} copy
 * @param {unknown} token
 * @param {{ argumentError(token: any, argument: string, thrown: unknown): Promise<Error> }} client
 * @returns {Promise<never>}
 */
async function rejectUnreadable({ thrown }, token, client) {
  throw await client.argumentError(token, "options", thrown);
}

/**
 * @param {string} name
 * @param {string[]} names
 * @param {unknown} token
 * @returns {Promise<never>}
 */
async function rejectUnknown(name, names, token) {
  const suggestion = nearest(name, names);
  const hint = suggestion ? `Did you mean ${suggestion}?` : `The options are ${names.join(", ")}.`;
  const shown = shownName(name, token);
  throw unsent("InvalidArgumentError", `options.${shown} is not an option. ${hint}`);
}

/**
 * The name, fit to be shown. In this order: a control character inside the token would hide it, and
 * so would a cut.
 *
 * @param {string} name
 * @param {unknown} token
 */
function shownName(name, token) {
  const isSecret = typeof token === "string" && token.length >= MIN_SECRET_LENGTH;
  const line = name.replaceAll(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, "").trim();
  const redacted = isSecret ? line.replaceAll(token, "[token]") : line;
  return Array.from(redacted).slice(0, MAX_SHOWN_LENGTH).join("");
}
