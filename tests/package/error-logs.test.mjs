// How errors look in logs, and that the token is nowhere in them.

import assert from "node:assert/strict";
import { Writable } from "node:stream";
import { test } from "node:test";
import { inspect } from "node:util";
import { runInNewContext } from "node:vm";
import pino from "pino";
import winston from "winston";
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

/** What a logger writes, as its lines of JSON. */
function lines() {
  const written = [];
  const stream = new Writable({
    write(chunk, _, done) {
      written.push(JSON.parse(chunk));
      done();
    },
  });
  return { stream, written };
}

/** What every logger must show of a refusal. */
const LOGGED = {
  name: "ResourceNotFoundException",
  message: "No such token.",
  status: 404,
  attempts: 1,
  retryable: false,
  outcomeUnknown: false,
};

const shownOf = (logged) =>
  Object.fromEntries(Object.keys(LOGGED).map((name) => [name, logged[name]]));

test("pino shows every property", async () => {
  const { stream, written } = lines();
  suite.service.faults.push(NOT_FOUND);
  const error = await call();
  pino({}, stream).error(error);
  pino({}, stream).error({ error });
  assert.deepEqual(shownOf(written[0].err), LOGGED);
  assert.deepEqual(shownOf(written[1].error), LOGGED);
});

test("winston shows every property", async () => {
  const { stream, written } = lines();
  const format = winston.format.combine(winston.format.errors(), winston.format.json());
  const transports = [new winston.transports.Stream({ stream })];
  suite.service.faults.push(NOT_FOUND);
  winston.createLogger({ format, transports }).error(await call());
  assert.deepEqual(shownOf(written[0]), LOGGED);
});

test("a structured clone of its report has every property, and one of itself its message", async () => {
  suite.service.faults.push(NOT_FOUND);
  const error = await call();
  assert.deepEqual(shownOf(structuredClone(error.toJSON())), LOGGED);
  const { message, stack } = structuredClone(error);
  assert.deepEqual([message, stack], [error.message, error.stack]);
});

test("a cause of another realm is passed on as it is", async () => {
  const reason = runInNewContext("Object.assign(new RangeError('x'), { list: [{ a: 1 }] })");
  const error = await call({ signal: AbortSignal.abort(reason) });
  assert.equal(error.cause, reason);
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
