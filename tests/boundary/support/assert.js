import { attempt } from "./host.js";
import { isShown } from "./host-values.js";

/** @type {(value: any) => boolean} */
export const isObject = (value) =>
  (typeof value === "object" && value !== null) || typeof value === "function";

/** @param {unknown} value */
export const describe = (value) =>
  attempt(() => (typeof value === "string" ? JSON.stringify(value) : String(value))) ??
  typeof value;

/**
 * @param {string} message
 * @returns {never}
 */
export function fail(message) {
  throw new Error(message);
}

/** @type {(condition: unknown, expectation: string) => asserts condition} */
export function ok(condition, expectation) {
  if (!condition) fail(`not true: ${expectation}`);
}

/**
 * @param {unknown} actual
 * @param {unknown} expected
 */
export function equal(actual, expected, what = "value") {
  if (Object.is(actual, expected)) return;
  fail(`${what}: ${describe(actual)} instead of ${describe(expected)}`);
}

/**
 * Compares values as JSON, with the keys of objects in any order.
 * @param {unknown} actual
 * @param {unknown} expected
 */
export const deepEqual = (actual, expected, what = "value") =>
  equal(sortedJson(actual), sortedJson(expected), what);

/** @param {unknown} value */
const sortedJson = (value) =>
  JSON.stringify(value, (_, part) =>
    isObject(part) && !Array.isArray(part) ? Object.fromEntries(Object.entries(part).sort()) : part,
  );

/**
 * @param {string} text
 * @param {string} part
 */
export const includes = (text, part) =>
  ok(text.includes(part), `${describe(text)} includes ${describe(part)}`);

/**
 * The cause is the very value that was thrown, not a copy. In the place of one that may hide the
 * token stands an error.
 * @param {any} failure
 * @param {unknown} thrown
 */
export function hasCause(failure, thrown, what = "failure") {
  ok(Object.hasOwn(failure, "cause"), `${what} has a cause`);
  if (isShown(thrown)) equal(failure.cause, thrown, "cause");
  else includes(failure.cause.message, "may hold the token");
}
