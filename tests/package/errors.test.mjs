// What callers catch: its shape, how it looks in logs, and that the token is nowhere in it.

import assert from "node:assert/strict";
import { cp } from "node:fs/promises";
import { createRequire } from "node:module";
import { before, beforeEach, test } from "node:test";
import { inspect } from "node:util";
import { sample, startService } from "../../www/service.mjs";
import { fresh, packageIn, project, rejection } from "./installed.mjs";

const ID = sample.tokens[0].id;
const MARK = "marked-token:0123456789";

let folder;
/** @type {any} */
let pat;

before(async () => {
  folder = await project("errors");
  pat = await fresh(folder);
});

let service;

beforeEach(async (/** @type {any} */ t) => {
  service = await startService({ users: [{ name: "ana", bearer: MARK, tokens: sample.tokens }] });
  t.after(() => service.close());
});

const call = (options, token = MARK) =>
  rejection(pat.deleteAccessToken(token, ID, { endpoint: service.url, ...options }));

const NOT_FOUND = { status: 404, name: "ResourceNotFoundException", message: "No such token." };
const requestId = (id) => ({ headers: { "x-amzn-requestid": id } });

// -------------------------------------------------------------------------- shape

test("a success has its attempts, whether the token was gone before, and the id of the request", async () => {
  const output = await pat.deleteAccessToken(MARK, ID, { endpoint: service.url });
  const { requestId: id, ...rest } = output;
  assert.deepEqual(rest, { attempts: 1, alreadyDeleted: false });
  assert.match(id, /^[0-9a-f-]{36}$/);
  assert.equal(Object.getPrototypeOf(output), Object.prototype);
});

test("a deletion whose answer was lost is found done", async () => {
  service.faults.push({ cut: "after" });
  const { attempts, alreadyDeleted } = await pat.deleteAccessToken(MARK, ID, {
    endpoint: service.url,
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
    service.faults.push(...faults);
    const error = await call(options);
    assert.ok([pat.CodeCatalystError, Error].every((kind) => error instanceof kind));
    const { message } = error;
    const expected = { message, ...json };
    assert.deepEqual(error.toJSON(), expected);
    assert.deepEqual(JSON.parse(JSON.stringify({ error })), { error: expected });
    for (const [name, value] of Object.entries(expected)) assert.equal(error[name], value, name);
    assert.match(message, /^\S[^\n]{4,999}$/);
  });
}

test("no reply leaves the outcome open, keeps the cause and has no status", async () => {
  service.faults.push({ cut: "before" });
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
  service.faults.push({ delayMs: 2 ** 30 });
  const error = await call({ maxAttempts: 1, timeoutMs: 200 });
  assert.deepEqual([error.name, error.outcomeUnknown, error.attempts], ["TimeoutError", true, 1]);
});

// ---------------------------------------------------------------------- instanceof

test("instanceof knows the errors of another installed copy, in both directions", async () => {
  const elsewhere = `${folder}-copy`;
  await cp(packageIn(folder), packageIn(elsewhere), { recursive: true });
  const other = await fresh(elsewhere);
  assert.notEqual(other.CodeCatalystError, pat.CodeCatalystError);
  const error = await call({ maxAttempts: 0 });
  const foreign = await rejection(other.deleteAccessToken("token", ""));
  for (const { CodeCatalystError } of [pat, other]) {
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
  for (const other of others) assert.equal(other instanceof pat.CodeCatalystError, false);
});

test("a class of the caller's own that extends the error has its own instances", async () => {
  /** @type {any} */
  const Own = class extends pat.CodeCatalystError {};
  const own = new Own({
    name: "AbortError",
    message: "m",
    attempts: 0,
    retryable: false,
    outcomeUnknown: false,
  });
  assert.ok(own instanceof Own && own instanceof pat.CodeCatalystError);
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
  const fresh = Object.create(pat.CodeCatalystError.prototype);
  assert.doesNotThrow(() => classCallCheck(fresh, pat.CodeCatalystError));
  assert.throws(() => classCallCheck({}, pat.CodeCatalystError), TypeError);
  assert.throws(() => classCallCheck(undefined, pat.CodeCatalystError), TypeError);
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
  inherits(Own, pat.CodeCatalystError);
  const own = new Own(PROPERTIES);
  for (const kind of [Own, pat.CodeCatalystError, Error]) assert.ok(own instanceof kind);
  assert.deepEqual(own.toJSON(), PROPERTIES);
  assert.equal(new pat.CodeCatalystError(PROPERTIES) instanceof Own, false);
  assert.throws(() => Own(PROPERTIES), TypeError);
});

// ----------------------------------------------------------------- how it looks in logs

test("the stack begins with the name and the message, and so does what is logged", async () => {
  service.faults.push(NOT_FOUND);
  const error = await call();
  const line = "ResourceNotFoundException: No such token.";
  assert.equal(error.stack.split("\n")[0], line);
  assert.equal(String(error), line);
  assert.equal(inspect(error).split("\n")[0], line);
  assert.match(inspect(error), /status: 404/);
});

test("the stack leads to the place of the call", async () => {
  for (const error of [await call({ maxAttempts: 0 }), await call({}, "someone-else's")]) {
    assert.match(error.stack, /errors\.test\.mjs/);
  }
});

test("the class is called CodeCatalystError, and all properties are own and enumerable", async () => {
  assert.equal(pat.CodeCatalystError.name, "CodeCatalystError");
  const keys = ["attempts", "message", "name", "outcomeUnknown", "retryable"];
  assert.deepEqual(Object.keys(await call({ maxAttempts: 0 })).sort(), keys);
  const aborted = await call({ signal: AbortSignal.abort("enough") });
  assert.deepEqual(Object.keys(aborted).sort(), ["attempts", "cause", ...keys.slice(1)]);
});

const made = (cause) =>
  new pat.CodeCatalystError({
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
  const made = new pat.CodeCatalystError(properties);
  assert.deepEqual(made.toJSON(), properties);
  assert.equal(made.stack.split("\n")[0], "ThrottlingException: m");
  assert.match(made.stack.split("\n")[1], /errors\.test\.mjs/);
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
    service.faults.push(...faults);
    const error = await call({ maxAttempts: 1, ...options });
    assert.ok(error instanceof pat.CodeCatalystError);
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
