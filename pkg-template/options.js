// The options of a call: which there are, and a copy of what the caller passed.

import { MIN_SECRET_LENGTH } from "./cause.js";
import { CodeCatalystError, unsent } from "./error.js";
import { nearest } from "./nearest.js";

/**
 * @typedef {object} Client
 * @property {(token: any, argument: string, thrown: unknown) => Promise<Error>} argumentError
 */

const COMMON = ["endpoint", "signal", "timeoutMs", "maxAttempts", "fetch", "onRetry"];

/** The options of each function. */
export const OPTION_NAMES = {
  deleteAccessToken: COMMON,
  deleteAccessTokens: [...COMMON, "concurrency"],
  listAccessTokens: [...COMMON, "pageSize"],
};

/**
 * What `typeof` gives for each option but `signal`.
 * @type {Record<string, string>}
 */
const TYPES = {
  endpoint: "string",
  timeoutMs: "number",
  maxAttempts: "number",
  fetch: "function",
  onRetry: "function",
  concurrency: "number",
  pageSize: "number",
};

/** Of an unknown option's name, so much is shown. */
const MAX_SHOWN_LENGTH = 64;

/**
 * @typedef {{ error: Error } | { argument: string, thrown: unknown }} Failure our error, or what the
 * caller's code threw
 * @typedef {{ options?: any, failure?: Failure }} Reading
 */

/**
 * Copies the options in the call: while the module loads, the caller may change them. Only own
 * properties count, and `undefined` and `null` count as absent. Whatever is unknown, unreadable or
 * of the wrong type is a failure.
 *
 * @param {any} options
 * @param {string[]} names the options that there are
 * @param {unknown} token kept out of messages: it may have been passed in the wrong place
 * @returns {Reading} an object without a prototype, with plain data of the right types; or why not
 */
export function readOptions(options, names, token) {
  const copy = Object.create(null);
  let argument = "options";
  try {
    if (!isPresent(options)) return { options: copy };
    if (typeof options !== "object" || Array.isArray(options))
      return { failure: { error: wrongType(argument, "an object", options) } };
    for (const name of Object.getOwnPropertyNames(options)) {
      const isKnown = names.includes(name);
      argument = isKnown ? `options.${name}` : "options";
      const value = readOption(options, name);
      if (!isPresent(value)) continue;
      if (!isKnown) return { failure: { error: unknownOption(name, names, token) } };
      const expected = expectedType(name, value);
      if (expected) return { failure: { error: wrongType(argument, expected, value) } };
      copy[name] = name === "onRetry" ? retryListener(/** @type {any} */ (value)) : value;
    }
    return { options: copy };
  } catch (thrown) {
    return { failure: { argument, thrown } };
  }
}

/** @param {unknown} value */
const isPresent = (value) => value !== undefined && value !== null;

/** @param {any} options @param {string} name */
function readOption(options, name) {
  const value = options[name];
  return name === "endpoint" && isUrl(value) ? value.href : value;
}

/** One of another realm is no `instanceof URL`. @param {any} value */
const isUrl = (value) => can(() => typeof value.href === "string" && value.searchParams);

/** One of another realm is no `instanceof AbortSignal`. @param {any} value */
const isSignal = (value) =>
  can(() => typeof value.aborted === "boolean" && typeof value.addEventListener === "function");

/** Whether a test passes; not if what is tested throws. @param {() => unknown} test */
function can(test) {
  try {
    return Boolean(test());
  } catch {
    return false;
  }
}

/**
 * @param {Reading} reading
 * @param {unknown} token
 * @param {Client} client
 * @returns {Promise<any>} the options; rejects if they are refused
 */
export async function acceptOptions({ options, failure }, token, client) {
  if (!failure) return options;
  if ("error" in failure) throw failure.error;
  throw await client.argumentError(token, failure.argument, failure.thrown);
}

/**
 * Puts a signal of ours, which follows the caller's, in its place.
 *
 * @param {any} options of `acceptOptions`
 * @param {import("./abort.js").Cancellation} cancellation
 * @param {unknown} token
 * @param {Client} client
 */
export async function followSignal(options, cancellation, token, client) {
  const { signal } = options;
  options.signal = cancellation;
  try {
    if (signal) cancellation.follow(signal);
  } catch (thrown) {
    throw await client.argumentError(token, "options.signal", thrown);
  }
}

/** What a value should have been; nothing if it is. @param {string} name @param {unknown} value */
function expectedType(name, value) {
  if (name === "signal") return isSignal(value) ? "" : "an AbortSignal";
  if (typeof value === TYPES[name]) return "";
  return name === "endpoint" ? "a string or a URL" : `a ${TYPES[name]}`;
}

/** @param {string} place @param {string} expected @param {unknown} value */
function wrongType(place, expected, value) {
  return unsent("InvalidArgumentError", `${place} must be ${expected}, not ${typeName(value)}.`);
}

/** @param {any} value */
function typeName(value) {
  if (can(() => isSignal(value.signal))) return "its controller: pass controller.signal";
  return can(() => Array.isArray(value)) ? "array" : typeof value;
}

/**
 * What the module calls before each wait. Whatever the caller's function throws or returns is
 * ignored, a promise that rejects too.
 *
 * @param {(event: any) => unknown} onRetry
 */
const retryListener =
  (onRetry) =>
  async (
    /** @type {string | undefined} */ id,
    /** @type {import("./index.js").CodeCatalystErrorProperties} */ properties,
    /** @type {number} */ delayMs,
  ) => {
    try {
      const error = new CodeCatalystError(properties);
      await onRetry({
        ...(id !== undefined && { id }),
        attempt: properties.attempts,
        delayMs,
        error,
      });
    } catch {
      // Ignored, as promised.
    }
  };

/** @param {string} name @param {string[]} names @param {unknown} token */
function unknownOption(name, names, token) {
  const suggestion = nearest(name, names);
  const hint = suggestion ? `Did you mean ${suggestion}?` : `The options are ${names.join(", ")}.`;
  const shown = shownName(name, token);
  return unsent("InvalidArgumentError", `options.${shown} is not an option. ${hint}`);
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
