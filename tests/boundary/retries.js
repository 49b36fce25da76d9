// What is retried, when, and how often.

import { deepEqual, equal, ok } from "./support/assert.js";
import { throwingProxy } from "./support/host-values.js";
import {
  after,
  neverSettles,
  rejecting,
  reply,
  response,
  streaming,
  throwing,
} from "./support/responders.js";
import { randomToken, traces } from "./support/secrets.js";
import { createSuite } from "./support/suite.js";

/** @import { Responder } from "./support/responders.js" */
/** @import { Stub } from "./support/stubs.js" */

export const suite = createSuite();
const { test, testEach } = suite;

const NOT_FOUND = '{"message": "none"}';

testEach(
  "transient failures are retried",
  [
    throwing("gone"),
    rejecting("gone"),
    neverSettles,
    reply(408),
    reply(429),
    reply(500),
    reply(502),
    reply(503),
    reply(504),
    reply(400, '{"code": "SlowDown"}'),
    reply(400, '{"__type": "RequestTimeout"}'),
    reply(403, null, { "x-amzn-errortype": "RequestTimeoutException" }),
    reply(503, "<html>"),
    streaming(500, { start: (body) => body.error("gone") }),
  ],
  async ({ mockFetch, expectSuccess }, responder) => {
    mockFetch(responder, reply(200));
    equal((await expectSuccess({ timeoutMs: 5 })).attempts, 2);
  },
);

testEach(
  "permanent failures are not retried",
  [400, 401, 402, 403, 404, 409, 418, 501, 505, 599],
  async ({ mockFetch, requests, expectFailure }, status) => {
    mockFetch(reply(status), reply(200));
    equal((await expectFailure()).attempts, 1);
    equal(requests.length, 1, "requests");
  },
);

testEach(
  "the caller limits the number of attempts",
  [
    [undefined, 3],
    [1, 1],
    [2, 2],
    [10, 10],
    // A full quota of 500 is enough for 35 retries at a cost of 14.
    [1e300, 36],
  ],
  async ({ mockFetch, expectFailure }, [maxAttempts, attempts]) => {
    mockFetch(reply(500));
    equal((await expectFailure({ maxAttempts })).attempts, attempts);
  },
);

test("the token function is called before every attempt", async ({
  mockFetch,
  requests,
  expectSuccess,
}) => {
  /** @type {string[]} */
  const order = [];
  const tokens = [randomToken(), randomToken(), randomToken()];
  const nextToken = () => {
    order.push("token");
    return tokens[requests.length];
  };
  const recorded = (/** @type {Responder} */ responder) =>
    after(() => order.push("fetch"), responder);
  mockFetch(recorded(reply(503)), recorded(throwing("gone")), recorded(reply(200)));
  await expectSuccess({}, nextToken);
  deepEqual(order, ["token", "fetch", "token", "fetch", "token", "fetch"]);
  deepEqual(
    requests.map(({ init }) => init.headers.authorization),
    tokens.map((token) => `Bearer ${token}`),
  );
  deepEqual(tokens.flatMap(traces), []);
});

test("the token function is called without arguments", async ({
  token,
  mockFetch,
  expectSuccess,
}) => {
  mockFetch(reply(200));
  /** @this {unknown} */
  function tokenFunction(/** @type {unknown[]} */ ...args) {
    equal(args.length, 0, "arguments");
    ok(this === undefined || this === globalThis, "this is undefined");
    return token;
  }
  await expectSuccess({}, tokenFunction);
});

testEach(
  "not found after an unknown outcome counts as deleted",
  [
    [throwing("gone")],
    [neverSettles],
    [reply(500)],
    [reply(502, "<html>")],
    [reply(429), reply(503)],
  ],
  async ({ mockFetch, expectSuccess }, responders) => {
    mockFetch(...responders, reply(404, NOT_FOUND, { "x-amzn-requestid": "r-9" }));
    const outcome = await expectSuccess({ timeoutMs: 5 });
    deepEqual(outcome, { attempts: responders.length + 1, alreadyDeleted: true, requestId: "r-9" });
  },
);

testEach(
  "a not found page of something else never counts as deleted",
  [null, "", "<html>", "null", "{}", '{"error": {"message": "no"}}', '{"message": 404}', "404"],
  async ({ mockFetch, expectFailure }, page) => {
    mockFetch(throwing("gone"), reply(404, page));
    const { name, status, attempts, outcomeUnknown } = await expectFailure();
    deepEqual([name, status, attempts], ["UnexpectedResponseError", 404, 2]);
    equal(outcomeUnknown, true);
  },
);

test("not found after throttling is an error", async ({ mockFetch, expectFailure }) => {
  mockFetch(reply(429), reply(404, NOT_FOUND));
  const failure = await expectFailure();
  equal(failure.name, "ResourceNotFoundException");
  equal(failure.outcomeUnknown, false);
});

const TIMEOUT_MS = 9_999;

/**
 * Lets all timers fire at once, and records their delays except for `TIMEOUT_MS`.
 * @param {Stub} stub
 */
function skipDelays(stub) {
  const { setTimeout } = globalThis;
  /** @type {number[]} */
  const delays = [];
  stub(globalThis, "setTimeout", (/** @type {() => void} */ callback, /** @type {number} */ ms) => {
    if (ms === TIMEOUT_MS) return setTimeout(callback, ms);
    delays.push(ms);
    return setTimeout(callback, 0);
  });
  return delays;
}

testEach(
  "backoff grows with each attempt and is longer after throttling",
  [
    { status: 503, expected: [50, 100, 200] },
    { status: 429, expected: [1_000, 2_000, 4_000] },
  ],
  async ({ mockFetch, stub, expectFailure }, { status, expected }) => {
    stub(Math, "random", () => 1);
    const delays = skipDelays(stub);
    mockFetch(async () => response(status));
    await expectFailure({ maxAttempts: 4, timeoutMs: TIMEOUT_MS });
    deepEqual(delays, expected);
  },
);

testEach(
  "an invalid random number gives a valid delay",
  [NaN, -5, 1e300, Infinity, "x", undefined, null, 10n, Symbol("x"), {}, throwingProxy()],
  async ({ mockFetch, stub, timers, expectSuccess }, value) => {
    stub(Math, "random", () => value);
    mockFetch(reply(503), reply(200));
    await expectSuccess();
    const [, delayMs] = timers.delays;
    ok(Number.isInteger(delayMs) && delayMs >= 0 && delayMs <= 50, `a valid delay: ${delayMs}`);
  },
);

testEach(
  "retry after headers set the delay",
  /** @type {[headers: Record<string, string>, delayMs: number][]} */ ([
    [{ "retry-after": "2" }, 2_000],
    [{ "retry-after": "0" }, 0],
    [{ "x-amz-retry-after": "150" }, 150],
    [{ "retry-after": "soon" }, 0],
    [{ "retry-after": "-1" }, 0],
    [{ "retry-after": "Thu, 01 Jan 1970 00:00:15 GMT" }, 5_000],
    [{ "retry-after": "Thu, 01 Jan 1970 00:00:05 GMT" }, 0],
    [{ "retry-after": "Thursday, 01-Jan-70 00:00:15 GMT" }, 5_000],
    [{ "retry-after": "Thursday, 01-Jan-21 00:00:15 GMT" }, 0],
    [{ "retry-after": "Thu Jan  1 00:00:15 1970" }, 5_000],
    [{ "retry-after": "Thu, 01 Xyz 1970 00:00:15 GMT" }, 0],
  ]),
  async ({ mockFetch, stub, expectSuccess }, [headers, delayMs]) => {
    stub(Date, "now", () => 10_000);
    const delays = skipDelays(stub);
    mockFetch(
      async () => response(503, null, headers),
      async () => response(200),
    );
    await expectSuccess({ timeoutMs: TIMEOUT_MS });
    deepEqual(delays, [delayMs]);
  },
);

testEach(
  "a retry after beyond the limit rejects immediately",
  /** @type {[headers: Record<string, string>, retryAfterMs: number][]} */ ([
    [{ "retry-after": "21" }, 21_000],
    [{ "x-amz-retry-after": "20001" }, 20_001],
    [{ "retry-after": "99999999999999999999" }, 4_294_967_295],
  ]),
  async ({ mockFetch, expectFailure }, [headers, retryAfterMs]) => {
    mockFetch(reply(503, null, headers));
    const failure = await expectFailure();
    deepEqual([failure.attempts, failure.retryAfterMs, failure.retryable], [1, retryAfterMs, true]);
  },
);

test("calls to one origin share a retry quota", async ({ origin, mockFetch, expectFailure }) => {
  mockFetch(reply(500));
  // 35 retries cost 490 of 500.
  equal((await expectFailure({ maxAttempts: 36 })).attempts, 36);
  equal((await expectFailure({ endpoint: `${origin}/prefix` })).attempts, 1);
  equal((await expectFailure({ endpoint: origin.toUpperCase() })).attempts, 1);
  equal((await expectFailure({ endpoint: `${origin}:8443` })).attempts, 3);
});

test("a success refills the retry quota", async ({ mockFetch, expectSuccess, expectFailure }) => {
  mockFetch(reply(500));
  await expectFailure({ maxAttempts: 36 });
  mockFetch(reply(200));
  for (let calls = 0; calls < 4; calls += 1) await expectSuccess();
  mockFetch(reply(500));
  equal((await expectFailure()).attempts, 2);
});
