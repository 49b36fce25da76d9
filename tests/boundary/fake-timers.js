// Fake timers that replace everything to do with time, as test frameworks do.

import { equal } from "./support/assert.js";
import { edge } from "./support/edge.js";
import { installFakeClock } from "./support/fake-clock.js";
import { settle, sleep } from "./support/host.js";
import {
  hangsUntilAborted,
  neverSettles,
  pulled,
  reply,
  response,
  streaming,
} from "./support/responders.js";
import { createStubs } from "./support/stubs.js";
import { createSuite } from "./support/suite.js";

export const suite = createSuite();
const { test, testEach } = suite;

test("a call without waits needs no clock to advance", async ({
  mockFetch,
  stub,
  expectSuccess,
}) => {
  const clock = installFakeClock(stub);
  mockFetch(streaming(200, pulled("{", "}")));
  equal((await expectSuccess()).attempts, 1);
  equal(clock.timers.size, 0, "active timers");
});

test("backoff follows the fake clock", async ({ mockFetch, requests, stub, expectSuccess }) => {
  const clock = installFakeClock(stub);
  stub(Math, "random", () => 1);
  mockFetch(reply(503), reply(200));
  const outcome = expectSuccess();
  await sleep(100);
  equal(requests.length, 1, "requests while the clock stands still");
  await clock.tick(49);
  equal(requests.length, 1, "requests before the delay is over");
  await clock.tick(1);
  equal((await outcome).attempts, 2);
  equal(clock.timers.size, 0, "active timers");
});

test("a retry after date follows the fake clock", async ({
  mockFetch,
  requests,
  stub,
  expectSuccess,
}) => {
  const clock = installFakeClock(stub);
  const retryAfter = new Date(clock.now() + 3_000).toUTCString();
  mockFetch(reply(503, null, { "retry-after": retryAfter }), reply(200));
  const outcome = expectSuccess();
  await sleep();
  await clock.tick(2_999);
  equal(requests.length, 1, "requests before the date");
  await clock.tick(1);
  equal((await outcome).attempts, 2);
});

testEach(
  "timeouts follow the fake clock",
  [neverSettles, hangsUntilAborted, streaming(500)],
  async ({ mockFetch, requests, stub, expectFailure }, responder) => {
    const clock = installFakeClock(stub);
    mockFetch(responder);
    const failure = expectFailure({ timeoutMs: 60_000, maxAttempts: 1 });
    await sleep();
    await clock.tick(59_999);
    equal(requests[0].signal.aborted, false, "aborted before the timeout");
    await clock.tick(1);
    equal((await failure).name, "TimeoutError");
    equal(clock.timers.size, 0, "active timers");
  },
);

test("an abort ends a wait while the fake clock stands still", async ({
  mockFetch,
  stub,
  expectFailure,
}) => {
  const clock = installFakeClock(stub);
  const controller = new AbortController();
  mockFetch(reply(503, null, { "retry-after": "20" }));
  const failure = expectFailure({ signal: controller.signal });
  await sleep();
  controller.abort();
  equal((await failure).name, "AbortError");
  equal(clock.timers.size, 0, "active timers");
});

test("a bulk deletion held back by the throttle follows the fake clock", async ({
  token,
  origin,
  mockFetch,
  requests,
  stub,
}) => {
  const clock = installFakeClock(stub);
  mockFetch(reply(429, null, { "retry-after": "2" }), reply(200));
  await settle(edge.deleteOneOfMany(token, "a", { endpoint: origin, maxAttempts: 1 }));
  const outcome = settle(edge.deleteOneOfMany(token, "b", { endpoint: origin }));
  await clock.tick(1_999);
  equal(requests.length, 1, "requests before the throttle opens");
  await clock.tick(1);
  equal((await outcome).outcome?.attempts, 1);
});

test("lost microtasks do not affect this call or later ones", async ({
  token,
  mockFetch,
  stub,
  expectSuccess,
}) => {
  const { queueMicrotask } = globalThis;
  stub(globalThis, "queueMicrotask", () => {});
  mockFetch(reply(503), reply(200));
  equal((await expectSuccess({}, async () => token)).attempts, 2);
  stub(globalThis, "queueMicrotask", queueMicrotask);
  equal((await expectSuccess()).attempts, 1);
});

test("a body whose end got lost is read all the same", async ({
  mockFetch,
  stub,
  expectSuccess,
  expectFailure,
}) => {
  stub(globalThis, "queueMicrotask", () => {});
  mockFetch(reply(404, '{"message": "none"}'));
  equal((await expectFailure()).name, "ResourceNotFoundException");
  mockFetch(reply(200, "{}"));
  await expectSuccess();
});

test("a call that starts under fake timers can end under the real ones", async ({
  mockFetch,
  expectSuccess,
}) => {
  const fakes = createStubs();
  installFakeClock(fakes.stub);
  mockFetch(async () => {
    await sleep(10);
    return response(503);
  }, reply(200));
  const outcome = expectSuccess();
  await sleep();
  fakes.restore();
  equal((await outcome).attempts, 2);
  equal((await expectSuccess()).attempts, 1);
});
