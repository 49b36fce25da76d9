// What callers see of errors and their causes: limits, and what other copies of the package rely on.

import assert from "node:assert/strict";
import { test } from "node:test";
import { shownCause } from "../../pkg-template/cause.js";
import { CodeCatalystError } from "../../pkg-template/error.js";

const TOKEN = "marked-token:0123456789";

/** @param {unknown} cause @returns {any} */
const shown = (cause) => shownCause(cause, TOKEN);

const properties = {
  ...{ name: "NetworkError", message: "No.", attempts: 1 },
  ...{ retryable: true, outcomeUnknown: true },
};

/**
 * A chain of so many causes, the last of which has a code.
 * @param {number} length
 * @param {string} [code]
 */
function chain(length, code) {
  /** @type {Error} */
  let cause = Object.assign(new Error("last"), { code });
  for (let count = 1; count < length; count += 1) cause = new Error("outer", { cause });
  return cause;
}

test("a cause of 65,536 characters is searched, and a longer one is too large", () => {
  const text = "x".repeat(65_536);
  assert.equal(shown(text), text);
  assert.match(shown(`${text}x`).message, /too large/);
});

test("a cause of 1,000 keys and values is searched, and a larger one is too large", () => {
  // Each element counts twice; the array, its length and the key of that once. So does a property
  // whose value is its name.
  const numbers = () => Array.from({ length: 498 }, (_, index) => index);
  const thousand = Object.assign(numbers(), { one: "one" });
  assert.equal(shown(thousand), thousand);
  assert.match(shown(Object.assign(thousand, { two: "two" })).message, /too large/);
});

test("a getter may give anything, so an error with one is not shown, unless it is the stack", () => {
  const withGetter = (/** @type {string} */ name) =>
    Object.defineProperty(new Error("no"), name, { get: () => "text" });
  const usual = withGetter("stack");
  assert.equal(shown(usual), usual);
  assert.match(shown(withGetter("more")).message, /can't be read/);
});

test("a function is not shown, even without a prototype", () => {
  const bare = Object.setPrototypeOf(() => {}, null);
  assert.match(shown({ bare }).message, /of class function was thrown/);
});

test("an object that makes its own text is not shown, because that may be the token", () => {
  assert.match(shown({ toString: () => TOKEN }).message, /of class Function was thrown/);
});

test("the code of the first eight causes is kept where the cause itself isn't shown", () => {
  const hidden = (length) => Object.assign(chain(length, "ECONNRESET"), { more: new Map() });
  assert.equal(shown(hidden(8)).code, "ECONNRESET");
  assert.equal("code" in shown(hidden(9)), false);
});

test("a token of eight characters is searched for; a shorter one would be found in any text", () => {
  assert.equal(shownCause("is 12345678 it?", "12345678") instanceof Error, true);
  assert.equal(shownCause("is 1234567 it?", "1234567"), "is 1234567 it?");
});

test("a class that is called as the token is not named", () => {
  const named = { [TOKEN]: class {} }[TOKEN];
  assert.equal(shown(new named()).message, "What was thrown quotes the token.");
});

test("of a class and of a code, 100 characters are shown", () => {
  const long = "n".repeat(101);
  const cause = Object.assign(new { [long]: class {} }[long](), { code: long });
  const { message, code } = shown(cause);
  assert.match(message, /of class n{100} was/);
  assert.equal(code, "n".repeat(100));
});

test("toJSON gives eight causes", () => {
  const error = new CodeCatalystError({ ...properties, cause: chain(20) });
  let count = 0;
  for (let { cause } = /** @type {any} */ (error.toJSON()); cause; { cause } = cause) count += 1;
  assert.equal(count, 8);
});

test("errors are recognized by a symbol that every version of the package shares", () => {
  const brand = Symbol.for("codecatalyst-pat.CodeCatalystError");
  assert.ok({ [brand]: true } instanceof CodeCatalystError);
});

test("the properties of an error may be changed and deleted, as those of any other", () => {
  const descriptors = Object.getOwnPropertyDescriptors(new CodeCatalystError(properties));
  for (const name of Object.keys(properties)) {
    const { configurable, enumerable, writable } = descriptors[name];
    assert.deepEqual([configurable, enumerable, writable], [true, true, true], name);
  }
});

test("the stack of an error begins with its name, and then where it was made", () => {
  const [head, place] = String(new CodeCatalystError(properties).stack).split("\n");
  assert.equal(head, "NetworkError: No.");
  assert.match(String(place), /causes\.test\.mjs/);
});
