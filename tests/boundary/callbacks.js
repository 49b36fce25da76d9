// What callers hand over to be called: `fetch` and `onRetry`.

import { deepEqual, equal, fail, hasCause, ok } from "./support/assert.js";
import { edge } from "./support/edge.js";
import { settle, sleep } from "./support/host.js";
import { anything, thenable, withThen } from "./support/host-values.js";
import { reply, response, throwing } from "./support/responders.js";
import { mentions } from "./support/secrets.js";
import { createSuite } from "./support/suite.js";

export const suite = createSuite();
const { test, testEach } = suite;

// ------------------------------------------------------------------------- fetch

test("a fetch option replaces the fetch of the host", async ({ token, origin, stub, call }) => {
  stub(globalThis, "fetch", () => fail("the host's fetch is called"));
  /** @type {any[]} */
  const calls = [];
  /** @this {unknown} */
  function fetch(/** @type {any[]} */ ...args) {
    calls.push({ self: this, args });
    return response(calls.length === 1 ? 503 : 200);
  }
  const { outcome } = await call(token, "a b", { endpoint: origin, fetch });
  equal(outcome.attempts, 2);
  for (const { self, args } of calls) {
    const [url, { method, headers, redirect, signal }, ...more] = args;
    deepEqual(
      [url, method, redirect, more.length],
      [`${origin}/v1/accessTokens/a%20b`, "DELETE", "manual", 0],
    );
    equal(headers.authorization, `Bearer ${token}`);
    ok(signal instanceof AbortSignal, "the signal is one of the host");
    equal(self, globalThis, "this");
  }
});

test("a fetch option makes a host without fetch usable", async ({ token, origin, stub, call }) => {
  stub(globalThis, "fetch", undefined);
  const { outcome } = await call(token, "id", { endpoint: origin, fetch: reply(200) });
  equal(outcome.attempts, 1);
});

testEach(
  "a value thrown by a fetch option is the cause",
  anything,
  async ({ token, origin, call }, value) => {
    const fetches = [throwing(value), () => Promise.reject(value)];
    for (const fetch of fetches) {
      const options = { endpoint: origin, maxAttempts: 1, fetch };
      const { failure } = await call(token, "id", options);
      equal(failure.name, "NetworkError");
      hasCause(failure, value);
    }
  },
);

test("a list is requested by its fetch option", async ({ token, origin }) => {
  const fetch = async () => response(200, '{"items":[{"id":"a","name":"A"}]}');
  const { items } = await edge.listPage(token, undefined, { endpoint: origin, fetch });
  equal(items[0].id, "a");
});

// ----------------------------------------------------------------------- onRetry

/** Collects what `onRetry` is called with. */
function recorder() {
  /** @type {any[]} */
  const events = [];
  const onRetry = (/** @type {any[]} */ ...args) => {
    equal(args.length, 1, "arguments");
    events.push(args[0]);
  };
  return { events, onRetry };
}

test("on retry is called before each wait with the failure of the attempt", async ({
  mockFetch,
  timers,
  stub,
  expectSuccess,
}) => {
  stub(Math, "random", () => 0.5);
  mockFetch(
    reply(503, null, { "x-amzn-requestid": "r-1" }),
    throwing("gone"),
    reply(429, '{"message":"Slow down."}', { "retry-after": "0" }),
    reply(200),
  );
  const { events, onRetry } = recorder();
  /** @type {number[][]} */
  const waits = [];
  const countWaits = (/** @type {any} */ event) => {
    onRetry(event);
    waits.push([event.delayMs, timers.delays.length]);
  };
  await expectSuccess({ maxAttempts: 4, timeoutMs: 7_000, onRetry: countWaits });
  deepEqual(
    events.map(({ id, attempt, error }) => [id, attempt, error.name, error.attempts]),
    [
      ["id", 1, "InternalServerException", 1],
      ["id", 2, "NetworkError", 2],
      ["id", 3, "ThrottlingException", 3],
    ],
  );
  const [first, second, third] = events;
  deepEqual(
    [first.error.status, first.error.requestId, first.error.outcomeUnknown],
    [503, "r-1", true],
  );
  hasCause(second.error, "gone");
  deepEqual([third.error.message, third.error.retryAfterMs], ["Slow down.", 0]);
  for (const { error } of events) ok(error.constructor.name === "CodeCatalystError", `${error}`);
  const delays = waits.map(([delayMs]) => delayMs);
  deepEqual(delays, [25, 50, 2_000]);
  // Each timer of an attempt is followed by that of the wait, which starts after the call.
  deepEqual(timers.delays, [7_000, 25, 7_000, 50, 7_000, 2_000, 7_000]);
  deepEqual(
    waits.map(([, started]) => started),
    [1, 3, 5],
  );
});

test("on retry is not called where nothing is retried", async ({
  mockFetch,
  expectSuccess,
  expectFailure,
}) => {
  const onRetry = () => fail("it is called");
  mockFetch(reply(200), reply(403), reply(503));
  await expectSuccess({ onRetry });
  await expectFailure({ onRetry });
  await expectFailure({ onRetry, maxAttempts: 1 });
});

test("on retry names no id for a list", async ({ token, origin, mockFetch }) => {
  mockFetch(reply(503), reply(200, '{"items":[]}'));
  const { events, onRetry } = recorder();
  await edge.listPage(token, undefined, { endpoint: origin, onRetry });
  deepEqual(events.map(Object.keys), [["attempt", "delayMs", "error"]]);
});

test("on retry is not called for a wait that the throttle imposes", async ({
  token,
  origin,
  mockFetch,
  timers,
}) => {
  mockFetch(reply(429), reply(200));
  const { events, onRetry } = recorder();
  const remove = (/** @type {string} */ id) =>
    edge.deleteOneOfMany(token, id, { endpoint: origin, maxAttempts: 1, onRetry });
  await settle(remove("a"));
  const before = timers.delays.length;
  await remove("b");
  ok(timers.delays.length >= before + 1, "there is a wait");
  equal(events.length, 0);
});

testEach(
  "whatever on retry throws is ignored",
  anything,
  async ({ mockFetch, expectSuccess }, value) => {
    mockFetch(reply(503), reply(200));
    equal((await expectSuccess({ onRetry: throwing(value) })).attempts, 2);
  },
);

testEach(
  "whatever on retry returns is ignored",
  [
    ...anything,
    false,
    Promise.reject(new Error("ignored")).catch(() => {}),
    new Promise(() => {}),
    thenable(thenable("ignored")),
    withThen(throwing(new Error("ignored"))),
    withThen((_, reject) => reject(new Error("ignored"))),
  ],
  async ({ mockFetch, expectSuccess }, value) => {
    mockFetch(reply(503), reply(200));
    equal((await expectSuccess({ onRetry: () => value })).attempts, 2);
  },
);

test("a promise of on retry that rejects is no unhandled rejection", async ({
  mockFetch,
  expectSuccess,
}) => {
  mockFetch(reply(503), reply(200));
  const onRetry = async () => {
    throw new Error("ignored");
  };
  equal((await expectSuccess({ onRetry })).attempts, 2);
  await sleep();
});

test("an abort by on retry ends the wait at once", async ({ mockFetch, timers, expectFailure }) => {
  mockFetch(reply(503, null, { "retry-after": "20" }));
  const controller = new AbortController();
  const onRetry = () => controller.abort("enough");
  const failure = await expectFailure({ signal: controller.signal, onRetry });
  deepEqual([failure.name, failure.attempts], ["AbortError", 1]);
  hasCause(failure, "enough");
  equal(timers.active.size, 0);
});

test("on retry never sees the token", async ({ token, origin, mockFetch, call }) => {
  mockFetch(
    throwing(new Error(`with ${token}`)),
    reply(503, JSON.stringify({ message: `with ${token}` })),
    reply(200),
  );
  for (const credential of [token, () => token]) {
    const { events, onRetry } = recorder();
    await call(credential, "id", { endpoint: origin, onRetry });
    ok(!mentions(events, token), "an event quotes the token");
  }
});

test("a call can be started by on retry", async ({ token, origin, mockFetch, call }) => {
  mockFetch(reply(503), reply(200));
  /** @type {Promise<any>[]} */
  const inner = [];
  const onRetry = () => inner.push(call(token, "inner", { endpoint: origin }));
  const { outcome } = await call(token, "id", { endpoint: origin, onRetry });
  equal(outcome.attempts, 2);
  for (const { outcome } of await Promise.all(inner)) equal(outcome.attempts, 1);
  equal(inner.length, 1);
});
