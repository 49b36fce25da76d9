// How errors look in logs, and that the token is nowhere in them.

import assert from "node:assert/strict";
import { test } from "node:test";
import { inspect } from "node:util";
import { errorsSuite, MARK, NOT_FOUND, requestId } from "./errors-suite.mjs";

const suite = errorsSuite("error-logs");
const { call } = suite;

// ----------------------------------------------------------------- how it looks in logs

test("the stack begins with the name and the message, and so does what is logged", async () => {
  suite.service.faults.push(NOT_FOUND);
  const error = await call();
  const line = "ResourceNotFoundException: No such token.";
  assert.equal(error.stack.split("\n")[0], line);
  assert.equal(String(error), line);
  assert.equal(inspect(error).split("\n")[0], line);
  assert.match(inspect(error), /status: 404/);
});

test("the stack leads to the place of the call", async () => {
  for (const error of [await call({ maxAttempts: 0 }), await call({}, "someone-else's")]) {
    assert.match(error.stack, /error-logs\.test\.mjs/);
  }
});

test("the class is called CodeCatalystError, and all properties are own and enumerable", async () => {
  assert.equal(suite.pat.CodeCatalystError.name, "CodeCatalystError");
  const keys = ["attempts", "message", "name", "outcomeUnknown", "retryable"];
  assert.deepEqual(Object.keys(await call({ maxAttempts: 0 })).sort(), keys);
  const aborted = await call({ signal: AbortSignal.abort("enough") });
  assert.deepEqual(Object.keys(aborted).sort(), ["attempts", "cause", ...keys.slice(1)]);
});

const made = (cause) =>
  new suite.pat.CodeCatalystError({
    name: "NetworkError",
    message: "m",
    attempts: 1,
    retryable: true,
    outcomeUnknown: true,
    cause,
  });

test("the report shows the causes as a chain of name, message and code", () => {
  const refused = Object.assign(new Error("connect"), { code: "ECONNREFUSED", port: 443 });
  const cause = new TypeError("fetch failed", { cause: refused });
  assert.deepEqual(made(cause).toJSON().cause, {
    name: "TypeError",
    message: "fetch failed",
    cause: { name: "Error", message: "connect", code: "ECONNREFUSED" },
  });
});

test("of a ring of causes the report shows the first few", () => {
  const ring = new Error("ring");
  ring.cause = ring;
  let cause = made(ring).toJSON().cause;
  let count = 0;
  for (; cause !== undefined; cause = cause.cause) count += 1;
  assert.equal(count, 8);
});

test("a cause that can't be put into words does not break the report", async () => {
  const hostile = new Proxy(() => {}, {
    get() {
      throw new Error("hostile");
    },
  });
  assert.deepEqual(made(hostile).toJSON().cause, { name: "function", message: "function" });
  const causes = [
    [Symbol("s"), "Symbol(s)"],
    [undefined, "undefined"],
    [null, "null"],
    [7n, "7"],
    ["text", "text"],
    [Object.create(null), { name: "object", message: "object" }],
    [
      { name: 1, message: {}, code: {} },
      { name: "object", message: "object" },
    ],
  ];
  for (const [cause, shown] of causes) {
    assert.deepEqual(made(cause).toJSON().cause, shown);
    assert.doesNotThrow(() => JSON.stringify(made(cause)));
  }
});

test("an error made by hand is like one that was caught", () => {
  const properties = {
    name: "ThrottlingException",
    message: "m",
    status: 429,
    attempts: 2,
    retryable: true,
    outcomeUnknown: false,
  };
  const made = new suite.pat.CodeCatalystError(properties);
  assert.deepEqual(made.toJSON(), properties);
  assert.equal(made.stack.split("\n")[0], "ThrottlingException: m");
  assert.match(made.stack.split("\n")[1], /error-logs\.test\.mjs/);
});

// ------------------------------------------------------------------------- the token

const QUOTED = `${MARK} is not valid`;

/** Ways to fail that have the token at hand, or are given it. */
const LEAKS = {
  "a message and a name that quote it": {
    faults: [{ status: 403, name: `E-${MARK}`, message: QUOTED }],
  },
  "a body that quotes it": {
    faults: [{ status: 400, body: JSON.stringify({ code: QUOTED, Message: QUOTED }) }],
  },
  "a request id that quotes it": { faults: [{ status: 400, ...requestId(QUOTED) }] },
  "a connection that broke": { faults: [{ cut: "before" }] },
  "a body that broke off": { faults: [{ status: 400, message: QUOTED, cut: "body" }] },
  "a redirect to it": { faults: [{ status: 307, headers: { location: `/${MARK}` } }] },
  "a timeout": { faults: [{ delayMs: 2 ** 30 }], options: { timeoutMs: 200 } },
  "an abort whose reason quotes it": {
    options: { signal: AbortSignal.abort(new Error(QUOTED, { cause: { MARK } })) },
  },
  "an unknown option of this name": { options: { [MARK]: 1 } },
  "an endpoint of this name": { options: { endpoint: `https://${MARK}@example.com` } },
  "a signal that is the token": { options: { signal: MARK } },
};

for (const [what, { faults = [], options }] of Object.entries(LEAKS)) {
  test(`the token is nowhere in an error about ${what}`, async () => {
    suite.service.faults.push(...faults);
    const error = await call({ maxAttempts: 1, ...options });
    assert.ok(error instanceof suite.pat.CodeCatalystError);
    assert.deepEqual(
      shown(error).filter((text) => text.includes(MARK)),
      [],
    );
  });
}

/** All that a log can make of an error. */
function shown(error) {
  const deep = inspect(error, { depth: 10, showHidden: true, maxStringLength: null });
  const properties = Reflect.ownKeys(error).map((key) => `${String(key)}: ${String(error[key])}`);
  return [deep, JSON.stringify(error), String(error), error.stack, ...properties];
}
