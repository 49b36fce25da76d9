// Concurrent calls, and calls that start others.

import { equal, ok } from "./support/assert.js";
import { defer, sleep } from "./support/host.js";
import { customSignal } from "./support/host-values.js";
import { after, hangsUntilAborted, neverSettles, reply, response } from "./support/responders.js";
import { createSuite } from "./support/suite.js";

export const suite = createSuite();
const { test, testEach } = suite;

test("concurrent calls each get their own response", async ({ token, origin, mockFetch, call }) => {
  mockFetch(async ({ url }) => {
    const id = url.split("/").at(-1);
    await sleep(Number(id) % 3);
    const [status, body] = Number(id) % 2 ? [404, '{"message": "none"}'] : [200, "{}"];
    return response(status, body, { "x-amzn-requestid": `r-${id}` });
  });
  const ids = Array.from({ length: 200 }, (_, index) => String(index));
  const ends = await Promise.all(ids.map((id) => call(() => token, id, { endpoint: origin })));
  for (const [id, { outcome, failure }] of ends.entries()) {
    equal((outcome ?? failure).requestId, `r-${id}`);
    equal(failure?.name, id % 2 ? "ResourceNotFoundException" : undefined);
  }
});

test("one abort ends every call that shares the signal", async ({
  token,
  origin,
  mockFetch,
  requests,
  call,
}) => {
  const controller = new AbortController();
  mockFetch(hangsUntilAborted);
  const calls = Array.from({ length: 100 }, () =>
    call(token, "id", { endpoint: origin, signal: controller.signal }),
  );
  await sleep();
  equal(requests.length, 100, "requests");
  controller.abort();
  for (const { failure } of await Promise.all(calls)) equal(failure.name, "AbortError");
});

test("concurrent calls share the retry quota", async ({
  token,
  origin,
  mockFetch,
  requests,
  call,
}) => {
  mockFetch(reply(500));
  const calls = Array.from({ length: 100 }, () => call(token, "id", { endpoint: origin }));
  await Promise.all(calls);
  equal(requests.length, 100 + Math.floor(500 / 14), "requests");
});

/** @import { Responder } from "./support/responders.js" */
/** @import { Stub } from "./support/stubs.js" */

/** @typedef {<T>(result: T) => () => T} CallAnd makes a function that starts a call */
/** @typedef {{ tokenFunction?: () => string, options?: object, respond?: Responder }} Setup */

/** @type {((callAnd: CallAnd, token: string, stub: Stub) => Setup)[]} */
const callbacks = [
  (callAnd, token) => ({ tokenFunction: callAnd(token) }),
  (callAnd) => ({ options: Object.defineProperty({}, "maxAttempts", { get: callAnd(3) }) }),
  (callAnd) => ({ options: new Proxy({}, { ownKeys: callAnd([]) }) }),
  (callAnd) => ({
    options: { signal: Object.defineProperty(customSignal(), "aborted", { get: callAnd(false) }) },
  }),
  (callAnd) => ({
    options: {
      signal: customSignal({
        addEventListener: callAnd(undefined),
        removeEventListener: callAnd(undefined),
      }),
    },
  }),
  (callAnd) => ({ respond: after(callAnd(undefined), reply(503)) }),
  (callAnd) => ({
    respond: () =>
      Object.defineProperty({ headers: { get: callAnd("0") } }, "status", { get: callAnd(503) }),
  }),
  (callAnd, _, stub) => {
    stub(Math, "random", callAnd(0));
    return {};
  },
  (callAnd, _, stub) => {
    stub(Date, "now", callAnd(0));
    return {};
  },
];

testEach(
  "a call can start another call from any callback",
  callbacks,
  async ({ token, origin, mockFetch, requests, stub, call }, create) => {
    /** @type {Promise<any>[]} */
    const inner = [];
    let left = 5;
    /** @type {CallAnd} */
    const callAnd = (result) => () => {
      if (left-- > 0) inner.push(call(token, "inner", { endpoint: origin }));
      return result;
    };
    const { tokenFunction, options = {}, respond = reply(503) } = create(callAnd, token, stub);
    mockFetch((request) => {
      const isLast = request.url.endsWith("inner") || requests.length > 2;
      return isLast ? response(200) : respond(request);
    });
    const { outcome, failure } = await call(tokenFunction ?? token, "id", options);
    ok(outcome, failure?.message);
    ok(inner.length > 0, "there are inner calls");
    for (const { outcome } of await Promise.all(inner)) equal(outcome.attempts, 1);
  },
);

test("a call can abort another call", async ({ token, origin, mockFetch, call }) => {
  const controllers = Array.from({ length: 20 }, () => new AbortController());
  mockFetch(({ url }) => {
    controllers[Number(url.split("/").at(-1)) - 1]?.abort("next");
    return neverSettles();
  });
  defer(() => controllers.at(-1)?.abort("last"), 5);
  const calls = controllers.map(({ signal }, id) =>
    call(token, String(id), { endpoint: origin, signal }),
  );
  for (const { failure } of await Promise.all(calls)) equal(failure.name, "AbortError");
});
