// The timeout of an attempt.

import { deepEqual, equal, ok } from "./support/assert.js";
import { sleep } from "./support/host.js";
import {
  chunks,
  encode,
  hangsUntilAborted,
  neverSettles,
  reply,
  response,
  streaming,
  throwing,
} from "./support/responders.js";
import { createSuite } from "./support/suite.js";

export const suite = createSuite();
const { test, testEach } = suite;

testEach(
  "a fetch that never settles times out",
  [neverSettles, hangsUntilAborted],
  async ({ mockFetch, requests, expectFailure }, responder) => {
    mockFetch(responder);
    const failure = await expectFailure({ timeoutMs: 1, maxAttempts: 1 });
    equal(failure.name, "TimeoutError");
    equal(failure.attempts, 1);
    equal(failure.retryable, true);
    equal(failure.outcomeUnknown, true);
    equal(requests[0].signal.aborted, true);
  },
);

test("a timed out attempt is retried with its own timeout", async ({
  mockFetch,
  requests,
  timers,
  expectSuccess,
}) => {
  mockFetch(neverSettles, hangsUntilAborted, reply(200));
  equal((await expectSuccess({ timeoutMs: 5 })).attempts, 3);
  deepEqual(timers.delays, [5, 0, 5, 0, 5]);
  deepEqual(
    requests.slice(0, 2).map(({ signal }) => signal.aborted),
    [true, true],
  );
});

test("the timeout covers the body", async ({ mockFetch, requests, expectFailure }) => {
  mockFetch(streaming(500));
  const failure = await expectFailure({ timeoutMs: 1, maxAttempts: 1 });
  equal(failure.name, "TimeoutError");
  equal(failure.status, 500);
  equal(failure.outcomeUnknown, true);
  equal(requests[0].body, "cancelled");
});

test("headers and body share one timer", async ({ mockFetch, timers, expectFailure }) => {
  mockFetch(streaming(400, chunks(encode("{"), encode("}"))));
  await expectFailure({ timeoutMs: 1_234 });
  deepEqual(timers.delays, [1_234]);
});

test("a 2xx whose body begins and never ends resolves at the timeout", async ({
  mockFetch,
  requests,
  expectSuccess,
}) => {
  mockFetch(streaming(200, { start: (body) => body.enqueue(encode("{")) }));
  equal((await expectSuccess({ timeoutMs: 1 })).attempts, 1);
  equal(requests[0].body, "cancelled");
});

testEach(
  "the timeout defaults to ten seconds and is rounded up",
  [
    [undefined, 10_000],
    [1, 1],
    [0.1, 1],
    [1.5, 2],
    [5e-324, 1],
  ],
  async ({ mockFetch, timers, expectSuccess }, [timeoutMs, delayMs]) => {
    mockFetch(reply(200));
    await expectSuccess({ timeoutMs });
    deepEqual(timers.delays, [delayMs]);
  },
);

testEach(
  "a timeout beyond the range of timers does not fire immediately",
  [2 ** 31, 2 ** 32, 2 ** 32 + 1, 2 ** 53, Number.MAX_VALUE],
  async ({ mockFetch, timers, expectSuccess }, timeoutMs) => {
    mockFetch(async () => {
      await sleep(20);
      return response(200);
    });
    equal((await expectSuccess({ timeoutMs, maxAttempts: 1 })).attempts, 1);
    ok(
      timers.delays.every((ms) => ms > 0 && ms <= 2 ** 31 - 1),
      `delays in the range of timers: ${timers.delays}`,
    );
  },
);

test("the timeout does not cover the token function", async ({
  token,
  mockFetch,
  timers,
  expectSuccess,
}) => {
  mockFetch(reply(200));
  await expectSuccess({ timeoutMs: 1 }, async () => {
    await sleep(30);
    return token;
  });
  deepEqual(timers.delays, [1]);
});

testEach(
  "a late response after a timeout is ignored",
  [() => response(200), throwing(new Error("too late"))],
  async ({ mockFetch, expectFailure }, respond) => {
    mockFetch(() => sleep(20).then(respond));
    equal((await expectFailure({ timeoutMs: 1, maxAttempts: 1 })).name, "TimeoutError");
    await sleep(30);
  },
);

testEach(
  "a clock that jumps or stops does not change the timeout",
  [0, NaN, -1e18, 1e18, Infinity],
  async ({ mockFetch, stub, timers, expectSuccess }, now) => {
    stub(Date, "now", () => now);
    mockFetch(reply(503), reply(200));
    await expectSuccess();
    deepEqual(timers.delays, [10_000, 0, 10_000]);
  },
);
