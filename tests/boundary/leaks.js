// What remains after a call: no timer, no listener, no request in flight. `checkForLeaks` looks for
// them after every test; here, many calls make small leaks visible.

import { equal, ok } from "./support/assert.js";
import { memorySize } from "./support/edge.js";
import { sleep } from "./support/host.js";
import { customSignal, throwingProxy } from "./support/host-values.js";
import {
  hangsUntilAborted,
  neverSettles,
  reply,
  streaming,
  throwing,
} from "./support/responders.js";
import { createSuite } from "./support/suite.js";

export const suite = createSuite();
const { test, testEach } = suite;

test("a signal shared by a thousand calls accumulates no listeners", async ({
  token,
  mockFetch,
  timers,
  listeners,
  expectSuccess,
}) => {
  const { signal } = new AbortController();
  mockFetch(reply(200));
  for (let calls = 0; calls < 1_000; calls += 1) await expectSuccess({ signal }, () => token);
  equal(listeners.count(), 0, "listeners");
  equal(listeners.peak, 1, "listeners at a time");
  equal(timers.active.size, 0, "timers");
});

test("a thousand calls at a time put one listener on their signal", async ({
  token,
  origin,
  mockFetch,
  listeners,
  call,
}) => {
  const controller = new AbortController();
  const { signal } = controller;
  mockFetch(neverSettles);
  const calls = Array.from({ length: 1_000 }, () =>
    call(token, "id", { endpoint: origin, signal }),
  );
  await sleep();
  equal(listeners.active.get(signal)?.size, 1, "listeners");
  controller.abort();
  for (const { failure } of await Promise.all(calls)) equal(failure.name, "AbortError");
  equal(listeners.active.get(signal)?.size, 0, "listeners that are left");
});

test("a thousand failed calls leave no listeners on their signal", async ({
  mockFetch,
  timers,
  listeners,
  expectFailure,
}) => {
  const { signal } = new AbortController();
  mockFetch(reply(404));
  for (let calls = 0; calls < 1_000; calls += 1) await expectFailure({ signal });
  equal(listeners.count(), 0, "listeners");
  equal(timers.active.size, 0, "timers");
});

testEach(
  "every listener that was added is removed",
  [
    [reply(200)],
    [reply(404)],
    [throwing("gone")],
    [hangsUntilAborted],
    [reply(503), neverSettles],
    [streaming(500)],
  ],
  async ({ token, origin, mockFetch, call }, responders) => {
    /** @type {any[][]} */
    const added = [];
    /** @type {any[][]} */
    const removed = [];
    const signal = customSignal({
      addEventListener: (/** @type {any[]} */ ...args) => added.push(args),
      removeEventListener: (/** @type {any[]} */ ...args) => removed.push(args),
    });
    mockFetch(...responders);
    await call(() => token, "id", { endpoint: origin, signal, timeoutMs: 5, maxAttempts: 2 });
    ok(added.length > 0, "there were listeners");
    equal(removed.length, added.length, "removed listeners");
    for (const [type, listener] of added) {
      ok(
        removed.some((args) => args[0] === type && args[1] === listener),
        "each listener is removed",
      );
    }
  },
);

testEach(
  "whatever set timeout returns is passed to clear timeout",
  [0, "timer", undefined, null, Symbol("timer"), {}, throwingProxy()],
  async ({ mockFetch, stub, expectSuccess }, timer) => {
    /** @type {unknown[]} */
    const cleared = [];
    stub(globalThis, "setTimeout", () => timer);
    stub(globalThis, "clearTimeout", (/** @type {unknown} */ value) => cleared.push(value));
    mockFetch(reply(200));
    await expectSuccess();
    ok(cleared.length === 1 && Object.is(cleared[0], timer), "the timer is cleared once");
  },
);

testEach(
  "memory does not grow with the number of calls",
  [
    reply(200),
    reply(404, JSON.stringify({ message: "x".repeat(5_000) }), {
      "x-amzn-requestid": "x".repeat(5_000),
    }),
    throwing(new Error("gone")),
  ],
  async ({ token, mockFetch, call }, responder) => {
    mockFetch(responder);
    const sizeAfterCalls = async (/** @type {number} */ count) => {
      for (let calls = 0; calls < count; calls += 1) {
        await call(token, "id", { endpoint: `https://${calls % 7}.example`, maxAttempts: 1 });
      }
      return memorySize();
    };
    const before = await sizeAfterCalls(50);
    equal(await sizeAfterCalls(500), before, "bytes");
  },
);

testEach(
  "a settled call aborts its unfinished request",
  [neverSettles, hangsUntilAborted, streaming(500), streaming(200)],
  async ({ token, origin, mockFetch, requests, call }, responder) => {
    mockFetch(responder);
    await call(token, "id", { endpoint: origin, timeoutMs: 1, maxAttempts: 1 });
    equal(requests[0].signal.aborted, true);
  },
);
