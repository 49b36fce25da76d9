// What callers catch: its shape, and what instanceof says of it.

import assert from "node:assert/strict";
import { cp } from "node:fs/promises";
import { createRequire } from "node:module";
import { test } from "node:test";
import { errorsSuite, ID, MARK, NOT_FOUND, requestId } from "./errors-suite.mjs";
import { fresh, packageIn, rejection } from "./installed.mjs";

const suite = errorsSuite("errors");
const { call } = suite;

// -------------------------------------------------------------------------- shape

test("a success has its attempts, whether the token was gone before, and the id of the request", async () => {
  const output = await suite.pat.deleteAccessToken(MARK, ID, { endpoint: suite.service.url });
  const { requestId: id, ...rest } = output;
  assert.deepEqual(rest, { attempts: 1, alreadyDeleted: false });
  assert.match(id, /^[0-9a-f-]{36}$/);
  assert.equal(Object.getPrototypeOf(output), Object.prototype);
});

test("a deletion whose answer was lost is found done", async () => {
  suite.service.faults.push({ cut: "after" });
  const { attempts, alreadyDeleted } = await suite.pat.deleteAccessToken(MARK, ID, {
    endpoint: suite.service.url,
  });
  assert.deepEqual({ attempts, alreadyDeleted }, { attempts: 2, alreadyDeleted: true });
});

const SHAPES = {
  "a refusal": {
    faults: [{ ...NOT_FOUND, ...requestId("r-1") }],
    json: { ...NOT_FOUND, requestId: "r-1", attempts: 1, retryable: false, outcomeUnknown: false },
  },
  "throttling that asks for a long pause": {
    faults: [
      {
        status: 429,
        message: "Slow down.",
        headers: { "x-amzn-requestid": "r-2", "retry-after": "90" },
      },
    ],
    json: {
      ...{ name: "ThrottlingException", message: "Slow down.", status: 429, requestId: "r-2" },
      ...{ attempts: 1, retryable: true, retryAfterMs: 90_000, outcomeUnknown: false },
    },
  },
  "a failure of the service on the last attempt": {
    faults: [
      { status: 500, name: "InternalServerException", message: "Oops.", ...requestId(null) },
    ],
    options: { maxAttempts: 1 },
    json: {
      name: "InternalServerException",
      message: "Oops.",
      status: 500,
      attempts: 1,
      retryable: true,
      outcomeUnknown: true,
    },
  },
  "a redirect": {
    faults: [
      {
        status: 302,
        headers: { location: "https://elsewhere.example", "x-amzn-requestid": "r-3" },
      },
    ],
    json: {
      name: "UnexpectedResponseError",
      status: 302,
      requestId: "r-3",
      attempts: 1,
      retryable: false,
      outcomeUnknown: true,
    },
  },
  "a refused argument": {
    options: { maxAttempts: 0 },
    json: { name: "InvalidArgumentError", attempts: 0, retryable: false, outcomeUnknown: false },
  },
  "a signal that had fired before": {
    options: { signal: AbortSignal.abort("enough") },
    json: {
      name: "AbortError",
      attempts: 0,
      retryable: false,
      outcomeUnknown: false,
      cause: "enough",
    },
  },
};

for (const [what, { faults = [], options, json }] of Object.entries(SHAPES)) {
  test(`${what} rejects with these properties and no others`, async () => {
    suite.service.faults.push(...faults);
    const error = await call(options);
    assert.ok([suite.pat.CodeCatalystError, Error].every((kind) => error instanceof kind));
    const { message } = error;
    const expected = { message, ...json };
    assert.deepEqual(error.toJSON(), expected);
    assert.deepEqual(JSON.parse(JSON.stringify({ error })), { error: expected });
    for (const [name, value] of Object.entries(expected)) assert.equal(error[name], value, name);
    assert.match(message, /^\S[^\n]{4,999}$/);
  });
}

test("no reply leaves the outcome open, keeps the cause and has no status", async () => {
  suite.service.faults.push({ cut: "before" });
  const error = await call({ maxAttempts: 1 });
  assert.deepEqual(
    [error.name, error.outcomeUnknown, "status" in error],
    ["NetworkError", true, false],
  );
  assert.ok(error.cause instanceof TypeError);
  const { name, message, cause } = error.toJSON().cause;
  assert.deepEqual([name, message], ["TypeError", error.cause.message]);
  assert.deepEqual([cause.code, cause.message], ["UND_ERR_SOCKET", error.cause.cause.message]);
});

test("a timeout of an attempt leaves the outcome open too", async () => {
  suite.service.faults.push({ delayMs: 2 ** 30 });
  const error = await call({ maxAttempts: 1, timeoutMs: 200 });
  assert.deepEqual([error.name, error.outcomeUnknown, error.attempts], ["TimeoutError", true, 1]);
});

// ---------------------------------------------------------------------- instanceof

test("instanceof knows the errors of another installed copy, in both directions", async () => {
  const elsewhere = `${suite.folder}-copy`;
  await cp(packageIn(suite.folder), packageIn(elsewhere), { recursive: true });
  const other = await fresh(elsewhere);
  assert.notEqual(other.CodeCatalystError, suite.pat.CodeCatalystError);
  const error = await call({ maxAttempts: 0 });
  const foreign = await rejection(other.deleteAccessToken("token", ""));
  for (const { CodeCatalystError } of [suite.pat, other]) {
    assert.ok(error instanceof CodeCatalystError);
    assert.ok(foreign instanceof CodeCatalystError);
  }
});

test("instanceof knows nothing else", () => {
  const others = [
    new Error("AbortError"),
    { name: "AbortError" },
    Object.create(null),
    "error",
    0,
    null,
    undefined,
    Symbol("s"),
  ];
  for (const other of others) assert.equal(other instanceof suite.pat.CodeCatalystError, false);
});

test("a class of the caller's own that extends the error has its own instances", async () => {
  /** @type {any} */
  const Own = class extends suite.pat.CodeCatalystError {};
  const own = new Own({
    name: "AbortError",
    message: "m",
    attempts: 0,
    retryable: false,
    outcomeUnknown: false,
  });
  assert.ok(own instanceof Own && own instanceof suite.pat.CodeCatalystError);
  assert.equal((await call({ maxAttempts: 0 })) instanceof Own, false);
});

// Babel's own, as its preset-env puts them into code that is built down to ES5; SWC's are alike.
const require = createRequire(import.meta.url);
const [classCallCheck, callSuper, inherits] = ["classCallCheck", "callSuper", "inherits"].map(
  (name) => require(`@babel/runtime/helpers/${name}`),
);

const PROPERTIES = { name: "AbortError", message: "m", attempts: 0 };

test("built down to ES5, the class constructs: its first step asks for instanceof", () => {
  // What `new` hands to an ES5 constructor: nothing is set yet.
  const fresh = Object.create(suite.pat.CodeCatalystError.prototype);
  assert.doesNotThrow(() => classCallCheck(fresh, suite.pat.CodeCatalystError));
  assert.throws(() => classCallCheck({}, suite.pat.CodeCatalystError), TypeError);
  assert.throws(() => classCallCheck(undefined, suite.pat.CodeCatalystError), TypeError);
});

test("a subclass that is built down to ES5 has its own instances", () => {
  /**
   * @type {any}
   * @this {any}
   */
  const Own = function Own(properties) {
    classCallCheck(this, Own);
    return callSuper(this, Own, [properties]);
  };
  inherits(Own, suite.pat.CodeCatalystError);
  const own = new Own(PROPERTIES);
  for (const kind of [Own, suite.pat.CodeCatalystError, Error]) assert.ok(own instanceof kind);
  assert.deepEqual(own.toJSON(), PROPERTIES);
  assert.equal(new suite.pat.CodeCatalystError(PROPERTIES) instanceof Own, false);
  assert.throws(() => Own(PROPERTIES), TypeError);
});
