// What every failed call rejects with.

/**
 * @typedef {import("./index.js").CauseJson} CauseJson
 * @typedef {import("./index.js").CodeCatalystErrorProperties} Properties
 */

const brand = Symbol.for("codecatalyst-pat.CodeCatalystError");

/** `toJSON()` shows this many causes: a chain of causes may be a ring. */
const MAX_CAUSES = 8;

export class CodeCatalystError extends Error {
  // A minifier shortens the name that the class has by itself.
  static name = "CodeCatalystError";

  /**
   * By brand, so that the errors of another copy of the package are recognized too.
   * @param {any} value
   */
  static [Symbol.hasInstance](value) {
    // biome-ignore lint/complexity/noThisInStatic: subclasses inherit this method.
    return this === CodeCatalystError ? value?.[brand] === true : super[Symbol.hasInstance](value);
  }

  // On the prototype: code that is built down to ES5 asks `this instanceof CodeCatalystError` before
  // the constructor has set anything.
  get [brand]() {
    return true;
  }

  /** @param {Properties} properties */
  constructor(properties) {
    super(properties.message);
    for (const [name, value] of Object.entries(properties)) setProperty(this, name, value);
  }

  toJSON() {
    const { name, message, ...rest } = this;
    return { name, message, ...rest, ...("cause" in this && { cause: causeToJson(this.cause) }) };
  }
}

/**
 * An error from before the module is asked: nothing was sent.
 *
 * @param {import("./index.js").KnownErrorName} name
 * @param {string} message
 * @param {{ cause: unknown }} [cause]
 */
export function unsent(name, message, cause) {
  return new CodeCatalystError({
    name,
    message,
    attempts: 0,
    retryable: false,
    outcomeUnknown: false,
    ...cause,
  });
}

/**
 * Loggers show own enumerable properties. An assignment would not make `message` one.
 *
 * @param {CodeCatalystError} error
 * @param {string} name
 * @param {unknown} value
 */
function setProperty(error, name, value) {
  const attributes = { configurable: true, enumerable: true, writable: true };
  Object.defineProperty(error, name, { value, ...attributes });
}

/**
 * Anything may have been thrown, and JSON can hold few things.
 *
 * @param {unknown} cause
 * @returns {CauseJson}
 */
function causeToJson(cause, count = 1) {
  if (cause === null || !["object", "function"].includes(typeof cause)) return String(cause);
  const json = { name: textOf(cause, "name"), message: textOf(cause, "message") };
  const code = read(cause, "code");
  const next = read(cause, "cause");
  return {
    ...json,
    ...((typeof code === "string" || typeof code === "number") && { code }),
    ...(next !== undefined && count < MAX_CAUSES && { cause: causeToJson(next, count + 1) }),
  };
}

/**
 * @param {unknown} cause
 * @param {string} name
 */
function textOf(cause, name) {
  const value = read(cause, name);
  return typeof value === "string" ? value : typeof cause;
}

/**
 * @param {any} object
 * @param {string} name
 * @returns {unknown}
 */
export function read(object, name) {
  try {
    return object[name];
  } catch {
    return undefined;
  }
}
