// The caller's signal, at every stage of a call.

import { deepEqual, equal, fail, hasCause } from "./support/assert.js";
import { attempt, defer, sleep } from "./support/host.js";
import { anything, customSignal, revokedProxy, throwingProxy } from "./support/host-values.js";
import {
  after,
  encode,
  hangsUntilAborted,
  neverSettles,
  reply,
  streaming,
} from "./support/responders.js";
import { createSuite } from "./support/suite.js";

export const suite = createSuite();
const { test, testEach } = suite;

/** @import { Responder } from "./support/responders.js" */

/**
 * @typedef {object} Stage
 * @property {string} stage
 * @property {number} attempts how many requests have been started by then
 * @property {boolean} [unknown] whether one of them may have deleted the token
 * @property {(abort: () => void, token: string) => any} [credential] the token function
 * @property {(abort: () => void) => Responder} [respond]
 */

/** @type {Stage[]} */
const stages = [
  { stage: "before the call", attempts: 0 },
  {
    stage: "while the token function runs",
    attempts: 0,
    credential: (abort) => {
      abort();
      return neverSettles();
    },
  },
  {
    stage: "while the token is awaited",
    attempts: 0,
    credential: (abort) => {
      defer(abort);
      return neverSettles();
    },
  },
  {
    stage: "just before the token is returned",
    attempts: 0,
    credential: (abort, token) => {
      abort();
      return token;
    },
  },
  {
    stage: "inside fetch",
    attempts: 1,
    unknown: true,
    respond: (abort) => after(abort, neverSettles),
  },
  {
    stage: "before the response",
    attempts: 1,
    unknown: true,
    respond: (abort) => after(() => defer(abort), hangsUntilAborted),
  },
  {
    stage: "between headers and body",
    attempts: 1,
    unknown: true,
    respond: (abort) => streaming(500, { pull: () => defer(abort) }),
  },
  {
    stage: "in the middle of a body",
    attempts: 1,
    respond: (abort) => {
      const start = (/** @type {any} */ body) => {
        body.enqueue(encode("{"));
        defer(abort);
      };
      return streaming(404, { start });
    },
  },
  {
    stage: "while waiting to retry",
    attempts: 1,
    unknown: true,
    respond: (abort) => after(() => defer(abort), reply(503, null, { "retry-after": "20" })),
  },
];

testEach(
  "an abort ends the call at every stage",
  stages,
  async (
    { token, mockFetch, expectFailure },
    { stage, attempts, unknown, credential, respond },
  ) => {
    const controller = new AbortController();
    const reason = new Error(stage);
    const abort = () => controller.abort(reason);
    if (!credential && !respond) abort();
    if (respond) mockFetch(respond(abort));
    const failure = await expectFailure(
      { signal: controller.signal },
      credential ? () => credential(abort, token) : token,
    );
    equal(failure.name, "AbortError");
    equal(failure.retryable, false);
    equal(failure.attempts, attempts, "attempts");
    equal(failure.outcomeUnknown, unknown ?? false, "outcomeUnknown");
    hasCause(failure, reason);
  },
);

testEach(
  "any abort reason becomes the cause",
  anything,
  async ({ mockFetch, expectFailure }, value) => {
    const controller = new AbortController();
    const reason = value ?? "undefined would be replaced by the default reason";
    mockFetch(after(() => defer(() => controller.abort(reason)), hangsUntilAborted));
    const { name, ...failure } = await expectFailure({ signal: controller.signal });
    const isTimeout = attempt(() => reason.name) === "TimeoutError";
    equal(name, isTimeout ? "TimeoutError" : "AbortError");
    hasCause(failure, reason);
  },
);

test("an abort without a reason has the default reason as its cause", async ({
  mockFetch,
  expectFailure,
}) => {
  const controller = new AbortController();
  mockFetch(after(() => defer(() => controller.abort()), hangsUntilAborted));
  const failure = await expectFailure({ signal: controller.signal });
  equal(failure.name, "AbortError");
  equal(failure.cause.name, "AbortError");
  hasCause(failure, controller.signal.reason);
});

testEach(
  "a signal whose reason is missing or unreadable still aborts",
  [
    customSignal({ aborted: true }),
    customSignal({
      aborted: true,
      get reason() {
        throw "no";
      },
    }),
    customSignal({ aborted: true, reason: throwingProxy() }),
    customSignal({ aborted: true, reason: revokedProxy() }),
  ],
  async ({ expectFailure }, signal) => {
    equal((await expectFailure({ signal })).name, "AbortError");
  },
);

test("a timeout signal rejects with a timeout error", async ({
  mockFetch,
  requests,
  expectFailure,
}) => {
  mockFetch(hangsUntilAborted);
  const failure = await expectFailure({ signal: AbortSignal.timeout(1) });
  equal(failure.name, "TimeoutError");
  equal(failure.cause.name, "TimeoutError");
  equal(requests.length, 1, "requests");
});

test("a signal that has already timed out rejects before anything is sent", async ({
  expectFailure,
}) => {
  const signal = AbortSignal.abort(new DOMException("late", "TimeoutError"));
  const failure = await expectFailure({ signal }, () => fail("the token function is called"));
  equal(failure.name, "TimeoutError");
  equal(failure.attempts, 0);
  hasCause(failure, signal.reason);
});

test("an abort after a 2xx body has begun is ignored", async ({ mockFetch, expectSuccess }) => {
  const controller = new AbortController();
  let pulls = 0;
  const pull = (/** @type {ReadableStreamDefaultController} */ body) => {
    pulls += 1;
    if (pulls === 1) body.enqueue(encode("{"));
    else defer(() => controller.abort());
  };
  mockFetch(streaming(200, { pull }, { "x-amzn-requestid": "r-1" }));
  const outcome = await expectSuccess({ signal: controller.signal });
  deepEqual(outcome, { attempts: 1, alreadyDeleted: false, requestId: "r-1" });
});

test("an abort before a 2xx body has begun leaves the outcome unknown", async ({
  mockFetch,
  expectFailure,
}) => {
  const controller = new AbortController();
  mockFetch(streaming(200, { pull: () => defer(() => controller.abort()) }));
  const failure = await expectFailure({ signal: controller.signal });
  deepEqual([failure.name, failure.status], ["AbortError", 200]);
  equal(failure.outcomeUnknown, true);
});

test("an abort after the call has settled is ignored", async ({ mockFetch, expectSuccess }) => {
  const controller = new AbortController();
  mockFetch(reply(200));
  await expectSuccess({ signal: controller.signal });
  controller.abort();
  await sleep();
});

test("an abort cancels the request in flight", async ({ mockFetch, requests, expectFailure }) => {
  const controller = new AbortController();
  mockFetch(after(() => defer(() => controller.abort()), neverSettles));
  await expectFailure({ signal: controller.signal });
  equal(requests[0].signal.aborted, true);
});

testEach(
  "late results after an abort are ignored",
  ["fetch", "token", "body"],
  async ({ token, mockFetch, expectFailure }, source) => {
    const controller = new AbortController();
    const rejectLate = () => {
      defer(() => controller.abort());
      return new Promise((_, reject) => defer(() => reject(new Error("too late")), 20));
    };
    const body = { getReader: () => ({ read: rejectLate }) };
    const response = { status: 500, headers: new Headers(), body };
    mockFetch(source === "body" ? () => response : rejectLate);
    const credential = source === "token" ? rejectLate : token;
    equal((await expectFailure({ signal: controller.signal }, credential)).name, "AbortError");
    await sleep(30);
  },
);

testEach(
  "a signal that fires when it is listened to ends the call",
  [[], ["abort"], [{ type: "abort" }]],
  async ({ token, expectFailure }, args) => {
    const signal = customSignal({
      addEventListener: (/** @type {any} */ _, /** @type {any} */ listener) => listener(...args),
    });
    for (const credential of [token, () => token]) {
      const { name, attempts } = await expectFailure({ signal }, credential);
      deepEqual([name, attempts], ["AbortError", 0]);
    }
  },
);

test("a custom signal object is listened to", async ({ mockFetch, expectFailure }) => {
  /** @type {Set<() => void>} */
  const listeners = new Set();
  const signal = customSignal({
    addEventListener: (/** @type {any[]} */ ...[, listener]) => listeners.add(listener),
    removeEventListener: (/** @type {any[]} */ ...[, listener]) => listeners.delete(listener),
  });
  const abort = () => {
    Object.assign(signal, { aborted: true, reason: "stop" });
    for (const listener of listeners) listener();
  };
  mockFetch(after(() => defer(abort), hangsUntilAborted));
  const failure = await expectFailure({ signal });
  equal(failure.name, "AbortError");
  hasCause(failure, "stop");
  equal(listeners.size, 0, "remaining listeners");
});
