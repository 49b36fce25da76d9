// Requests that the host proves were never sent: their outcome is known.

import { deepEqual, equal, includes } from "./support/assert.js";
import { revokedProxy, throwingProxy } from "./support/host-values.js";
import { rejecting, reply, streaming, throwing } from "./support/responders.js";
import { createSuite } from "./support/suite.js";

export const suite = createSuite();
const { test, testEach } = suite;

/**
 * @param {string} code
 * @param {string} [syscall]
 */
const hostError = (code, syscall) =>
  Object.assign(new Error("host"), { code, ...(syscall && { syscall }) });

/** What `fetch` of Node rejects with. */
const fetchFailed = (/** @type {unknown} */ cause) => new TypeError("fetch failed", { cause });

testEach(
  "an attempt that was not sent is retried and leaves the outcome known",
  [
    fetchFailed(hostError("ENOTFOUND", "getaddrinfo")),
    fetchFailed(hostError("ETIMEDOUT", "connect")),
    fetchFailed(hostError("UND_ERR_CONNECT_TIMEOUT")),
    fetchFailed(new AggregateError([hostError("ECONNREFUSED", "connect")])),
    // Bun has the code on the error itself.
    hostError("ECONNREFUSED"),
    hostError("ConnectionRefused"),
  ],
  async ({ mockFetch, expectFailure }, thrown) => {
    for (const respond of [rejecting, throwing]) {
      mockFetch(respond(thrown));
      const failure = await expectFailure();
      const { name, attempts, retryable, outcomeUnknown } = failure;
      deepEqual([name, attempts, retryable, outcomeUnknown], ["NetworkError", 3, true, false]);
      includes(failure.message, "nothing was sent");
      equal(failure.cause, thrown, "cause");
    }
  },
);

testEach(
  "any other attempt leaves the outcome unknown",
  [
    new TypeError("Failed to fetch"),
    fetchFailed(hostError("ECONNRESET", "read")),
    fetchFailed(hostError("ETIMEDOUT", "read")),
    fetchFailed(hostError("UND_ERR_SOCKET")),
    fetchFailed(new AggregateError([hostError("ECONNREFUSED"), hostError("ECONNRESET")])),
    fetchFailed(new AggregateError([hostError("ECONNREFUSED"), "ECONNREFUSED"])),
    fetchFailed(new AggregateError(Object.assign([hostError("ECONNREFUSED")], { length: 9 }))),
    Object.assign(hostError("UND_ERR_REQ_RETRY"), { cause: hostError("ECONNREFUSED") }),
    new Error("ECONNREFUSED"),
    { code: new String("ECONNREFUSED") },
    "ECONNREFUSED",
    Object.assign(new Error("x"), { cause: throwingProxy() }),
    Object.assign(new Error("x"), { errors: revokedProxy([]) }),
  ],
  async ({ mockFetch, expectFailure }, thrown) => {
    mockFetch(rejecting(thrown));
    const failure = await expectFailure({ maxAttempts: 1 });
    deepEqual([failure.name, failure.outcomeUnknown], ["NetworkError", true]);
  },
);

test("one attempt that may have been sent is enough to leave the outcome unknown", async ({
  mockFetch,
  expectFailure,
}) => {
  const refused = rejecting(hostError("ECONNREFUSED", "connect"));
  mockFetch(refused, rejecting(hostError("ECONNRESET", "read")), refused);
  const failure = await expectFailure();
  deepEqual([failure.attempts, failure.outcomeUnknown], [3, true]);
});

test("a 404 after attempts that were not sent is a 404", async ({ mockFetch, expectFailure }) => {
  mockFetch(
    rejecting(hostError("ECONNREFUSED", "connect")),
    reply(404, JSON.stringify({ message: "No such token." })),
  );
  const failure = await expectFailure();
  deepEqual([failure.name, failure.outcomeUnknown], ["ResourceNotFoundException", false]);
});

test("a certificate that is not accepted is named with what to do", async ({
  mockFetch,
  expectFailure,
}) => {
  mockFetch(rejecting(fetchFailed(hostError("SELF_SIGNED_CERT_IN_CHAIN"))));
  const failure = await expectFailure({ maxAttempts: 1 });
  includes(failure.message, "NODE_EXTRA_CA_CERTS");
  equal(failure.outcomeUnknown, false);
});

test("a body that breaks off with such a code was an answer to a request that was sent", async ({
  mockFetch,
  expectFailure,
}) => {
  const error = hostError("ECONNREFUSED", "connect");
  mockFetch(streaming(500, { start: (body) => body.error(error) }));
  const failure = await expectFailure({ maxAttempts: 1 });
  deepEqual([failure.name, failure.status, failure.outcomeUnknown], ["NetworkError", 500, true]);
});

test("an abort whose reason has such a code may have come too late", async ({
  mockFetch,
  expectFailure,
}) => {
  const controller = new AbortController();
  mockFetch(() => {
    controller.abort(hostError("ECONNREFUSED", "connect"));
    return new Promise(() => {});
  });
  const failure = await expectFailure({ signal: controller.signal });
  deepEqual([failure.name, failure.outcomeUnknown], ["AbortError", true]);
});

testEach(
  "a host that lacks an api is told which",
  ["AbortController", "setTimeout", "fetch"],
  async ({ stub, expectFailure }, api) => {
    stub(globalThis, api, undefined);
    const failure = await expectFailure();
    equal(failure.message, `This host has no ${api}: nothing was sent.`);
    equal(failure.outcomeUnknown, false);
  },
);
