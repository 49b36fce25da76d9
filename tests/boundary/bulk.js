// One deletion of many: the shared throttle, and the checks of their common arguments.

import { deepEqual, equal, hasCause, includes, ok } from "./support/assert.js";
import { checkFailure } from "./support/checks.js";
import { edge } from "./support/edge.js";
import { installFakeClock } from "./support/fake-clock.js";
import { attempt, settle, sleep } from "./support/host.js";
import { anything } from "./support/host-values.js";
import { reply, response } from "./support/responders.js";
import { mentions } from "./support/secrets.js";
import { createSuite } from "./support/suite.js";

export const suite = createSuite();
const { test, testEach } = suite;

test("after a throttling response the next deletion waits", async ({
  token,
  origin,
  mockFetch,
  stub,
  timers,
}) => {
  stub(Math, "random", () => 0.05);
  mockFetch(reply(429), reply(200));
  const options = { endpoint: origin, maxAttempts: 1 };
  const throttled = await settle(edge.deleteOneOfMany(token, "a", options));
  equal(throttled.failure.name, "ThrottlingException");
  const before = timers.delays.length;
  equal((await edge.deleteOneOfMany(token, "b", { endpoint: origin })).attempts, 1);
  const delayMs = timers.delays[before];
  ok(delayMs > 0 && delayMs <= 50, `it waits for the remaining time: ${delayMs}`);
});

test("deletions in flight are held back together", async ({
  token,
  origin,
  mockFetch,
  requests,
  stub,
}) => {
  const clock = installFakeClock(stub);
  mockFetch(
    reply(429, null, { "retry-after": "2" }),
    async () => response(503),
    async () => response(503),
    reply(200),
  );
  const ends = ["a", "b", "c"].map((id) => edge.deleteOneOfMany(token, id, { endpoint: origin }));
  await clock.tick(1_999);
  equal(requests.length, 3, "requests before the throttle opens");
  // Afterwards the throttle paces them.
  for (let seconds = 0; seconds < 10; seconds += 1) await clock.tick(1_000);
  const attempts = (await Promise.all(ends)).map((end) => end.attempts);
  deepEqual(attempts, [2, 2, 2]);
});

test("while more than the limit is asked for nothing is sent", async ({
  token,
  origin,
  mockFetch,
  requests,
  stub,
  expectSuccess,
}) => {
  const clock = installFakeClock(stub);
  mockFetch(reply(429, '{"message": "Later."}', { "retry-after": "60" }), reply(200));
  const options = { endpoint: origin };
  await settle(edge.deleteOneOfMany(token, "a", options));
  await clock.tick(15_000);
  const { failure } = await settle(edge.deleteOneOfMany(token, "b", options));
  deepEqual(failure, {
    name: "ThrottlingException",
    message: "Later.",
    attempts: 0,
    retryable: true,
    retryAfterMs: 45_000,
    outcomeUnknown: false,
  });
  equal(requests.length, 1);
  equal((await expectSuccess()).attempts, 1, "a single deletion is sent");
  await clock.tick(45_000);
  equal((await edge.deleteOneOfMany(token, "c", options)).attempts, 1, "later ones are sent too");
});

test("other origins and single deletions are not held back", async ({
  token,
  origin,
  mockFetch,
  expectSuccess,
}) => {
  mockFetch(reply(429, "", { "retry-after": "20" }), reply(200));
  const options = { endpoint: origin, maxAttempts: 1 };
  const { failure } = await settle(edge.deleteOneOfMany(token, "a", options));
  equal(failure.retryAfterMs, 20_000);
  equal((await expectSuccess()).attempts, 1);
  const endpoint = origin.replace("test", "other");
  equal((await edge.deleteOneOfMany(token, "b", { endpoint })).attempts, 1);
});

test("an abort ends a deletion that is held back", async ({
  token,
  origin,
  mockFetch,
  requests,
}) => {
  mockFetch(reply(429, "", { "retry-after": "20" }));
  await settle(edge.deleteOneOfMany(token, "a", { endpoint: origin, maxAttempts: 1 }));
  const controller = new AbortController();
  const end = settle(
    edge.deleteOneOfMany(token, "b", { endpoint: origin, signal: controller.signal }),
  );
  await sleep();
  controller.abort();
  const { failure } = await end;
  deepEqual([failure.name, failure.attempts, failure.outcomeUnknown], ["AbortError", 0, false]);
  equal(requests.length, 1);
});

test("checking bulk options returns the concurrency and sends nothing", async ({
  token,
  origin,
  requests,
}) => {
  equal(await edge.checkBulkOptions(token, { endpoint: origin }), 4);
  equal(await edge.checkBulkOptions(() => token, { concurrency: 64 }), 64);
  equal(requests.length, 0);
});

testEach(
  "checking bulk options refuses what a deletion would refuse",
  [
    [7, {}, "token must be"],
    ["two words", {}, "token must be one word"],
    ["t", { concurrency: 65 }, "options.concurrency must be an integer from 1 to 64, not more."],
    ["t", { concurrency: 0.5 }, "not a fraction."],
    ["t", { pageSize: 1 }, "options.pageSize is not an option."],
    ["t", { concurency: 1 }, "Did you mean concurrency?"],
    ["t", { endpoint: "ftp://x" }, "options.endpoint"],
    ["t", 7, "options must be an object"],
  ],
  async (_, [credential, options, expected]) => {
    const { failure } = await settle(edge.checkBulkOptions(credential, options));
    checkFailure(failure);
    equal(failure.name, "InvalidArgumentError");
    includes(failure.message, expected);
  },
);

testEach("a value thrown by the ids is the cause", anything, ({ token }, value) => {
  const failure = edge.argumentError(token, "ids", value);
  checkFailure(failure);
  equal(failure.name, "InvalidArgumentError");
  equal(failure.message, "ids could not be read: it threw.");
  hasCause(failure, value);
});

test("a value thrown by the ids does not leak the token", ({ token }) => {
  const failure = edge.argumentError(token, "ids", new Error(token));
  ok(!mentions(failure, token), "the error doesn't quote the token");
});

testEach(
  "a signal that fired between two calls becomes an abort error",
  anything,
  ({ token }, reason) => {
    const failure = edge.abortError(token, reason);
    checkFailure(failure);
    equal(
      failure.name,
      attempt(() => reason.name) === "TimeoutError" ? "TimeoutError" : "AbortError",
    );
    deepEqual([failure.attempts, failure.outcomeUnknown], [0, false]);
    hasCause(failure, reason);
  },
);

test("an abort reason does not leak the token", ({ token }) => {
  const failure = edge.abortError(token, new Error(token));
  ok(!mentions(failure, token), "the error doesn't quote the token");
});
