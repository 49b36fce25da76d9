// Which thrown values callers may see: those that can be searched for the token and don't quote it.

import { read } from "./error.js";

/** How many values and keys of a cause are searched. */
const MAX_VALUES = 1_000;

/** How much text of a cause is searched. */
const MAX_TEXT_LENGTH = 65_536;

/** A shorter token is no secret, as in src/token.rs: it would be found in any text. */
export const MIN_SECRET_LENGTH = 8;

/** So much of a token in a row is a quotation of it, as in src/redact.rs. */
const MIN_QUOTATION_LENGTH = 16;

/** How many causes may have the code that tells why there is no connection. */
const MAX_CAUSES = 8;

/**
 * The cause itself, if it is a primitive or plainly an error, an object or an array of plain values,
 * and doesn't quote the token. Otherwise an error that says why not, with the code of the cause.
 *
 * @param {unknown} cause
 * @param {string} token empty if it isn't known
 */
export function shownCause(cause, token) {
  const quotes = quotationOf(token);
  const reason = whyHidden(cause, quotes);
  if (reason === undefined) return cause;
  const code = findCode(cause);
  return Object.assign(new Error(reason), code && !quotes(code) && { code });
}

const QUOTES_TOKEN = "What was thrown quotes the token.";
const TOO_LARGE = "What was thrown is too large to search for the token.";

/**
 * @param {unknown} cause
 * @param {(text: string) => boolean} quotes
 */
function whyHidden(cause, quotes) {
  // A set, because a cause may be a ring. What is added while it is iterated is visited too.
  const values = new Set([cause]);
  let textLength = 0;
  try {
    for (const value of values) {
      if (isPrimitive(value)) {
        const text = String(value);
        textLength += text.length;
        if (textLength > MAX_TEXT_LENGTH) return TOO_LARGE;
        if (quotes(text)) return QUOTES_TOKEN;
      } else if (!isPlain(value)) {
        const message = `A value of class ${className(value)} was thrown, which can't be shown: it may hold the token.`;
        return quotes(message) ? QUOTES_TOKEN : message;
      } else {
        if (Array.isArray(value) && value.length > MAX_VALUES) return TOO_LARGE;
        for (const part of partsOf(value)) if (values.add(part).size > MAX_VALUES) return TOO_LARGE;
      }
    }
  } catch {
    return "What was thrown can't be read: it may hold the token.";
  }
}

/** @param {unknown} value */
const isPrimitive = (value) =>
  value === null || !["object", "function", "symbol"].includes(typeof value);

/**
 * Whether the class of a value can hide nothing.
 *
 * @param {any} value
 */
function isPlain(value) {
  if (typeof value !== "object") return false;
  const prototypes = prototypesOf(value);
  if (Array.isArray(value)) return prototypes.length === 1;
  return prototypes.length === 0 || isErrorPrototype(prototypes.at(-1));
}

/**
 * The prototypes up to `Object.prototype` of any realm, without it.
 *
 * @param {object} object
 */
function prototypesOf(object) {
  const prototypes = [];
  let next = Object.getPrototypeOf(object);
  while (next !== null && !Object.hasOwn(next, "isPrototypeOf") && prototypes.length < MAX_VALUES) {
    prototypes.push(next);
    next = Object.getPrototypeOf(next);
  }
  return prototypes;
}

/** `Error.prototype` of any realm, from which all classes of errors inherit, `DOMException` too. */
const isErrorPrototype = (/** @type {any} */ prototype) => Object.hasOwn(prototype, "message");

/**
 * All that a plain value shows: its keys and values. Of an error also what its class has (the name
 * and message of a `DOMException` are getters) and what it makes of itself.
 *
 * @param {any} object
 */
function* partsOf(object) {
  const prototypes = Array.isArray(object) ? [] : prototypesOf(object);
  for (const owner of [object, ...prototypes]) {
    for (const key of Reflect.ownKeys(owner)) {
      yield typeof key === "symbol" ? key.description : key;
      const { value, get } = /** @type {PropertyDescriptor} */ (
        Object.getOwnPropertyDescriptor(owner, key)
      );
      const isInherited = owner !== object;
      // A getter may give anything, at any time; but `stack` is one in some hosts.
      if (get && !isInherited && key !== "stack") throw new TypeError("a getter is not plain");
      const part = get ? object[key] : value;
      // Errors have methods, and those of Node a `toString` of their own.
      const isMethod = isInherited || (key === "toString" && prototypes.length > 0);
      if (!(isMethod && typeof part === "function")) yield part;
    }
  }
  if (prototypes.length > 0) yield* textsOf(object);
}

/** @param {object} error */
function* textsOf(error) {
  yield String(error);
  let json;
  try {
    json = JSON.stringify(error);
  } catch {
    // What can't be put into JSON, such as a ring, can't leak in this way.
  }
  yield json;
}

/** @param {unknown} value */
function className(value) {
  const name = read(read(value, "constructor"), "name");
  return typeof name === "string" && name !== "" ? name.slice(0, 100) : typeof value;
}

/**
 * @param {unknown} cause
 * @returns {string | undefined}
 */
function findCode(cause, count = 1) {
  const code = read(cause, "code");
  if (typeof code === "string") return code.slice(0, 100);
  const next = read(cause, "cause");
  return next === undefined || count === MAX_CAUSES ? undefined : findCode(next, count + 1);
}

/**
 * Tells whether a text quotes the token, or a part of it that is long enough.
 *
 * @param {string} token
 */
function quotationOf(token) {
  const length = Math.min(token.length, MIN_QUOTATION_LENGTH);
  const runs = new Set(token.length < MIN_SECRET_LENGTH ? [] : runsOf(token, length));
  return (/** @type {string} */ text) =>
    runs.size > 0 && runsOf(text, length).some((run) => runs.has(run));
}

/**
 * All parts of a text of this length.
 *
 * @param {string} text
 * @param {number} length
 */
const runsOf = (text, length) =>
  Array.from({ length: Math.max(0, text.length - length + 1) }, (_, start) =>
    text.slice(start, start + length),
  );
