// Hosts whose globals are missing or replaced.

import { deepEqual, equal, includes, ok } from "./support/assert.js";
import { revokedProxy, throwingProxy } from "./support/host-values.js";
import { after, neverSettles, reply, response, throwing } from "./support/responders.js";
import { createSuite } from "./support/suite.js";

export const suite = createSuite();
const { test, testEach } = suite;

const nonFunctions = [undefined, null, 5, "fetch", {}, []];

testEach(
  "without fetch nothing is sent and the outcome is known",
  nonFunctions,
  async ({ stub, expectFailure }, fetch) => {
    stub(globalThis, "fetch", fetch);
    const failure = await expectFailure();
    const { name, attempts, outcomeUnknown, status } = failure;
    deepEqual([name, attempts, outcomeUnknown, status], ["NetworkError", 0, false, undefined]);
    includes(failure.message, "fetch");
  },
);

test("a deleted fetch sends nothing", async ({ stub, expectFailure }) => {
  stub(globalThis, "fetch", undefined);
  Reflect.deleteProperty(globalThis, "fetch");
  if (typeof fetch === "undefined") equal((await expectFailure()).name, "NetworkError");
});

test("a fetch getter that throws sends nothing", async ({ stubProperty, expectFailure }) => {
  stubProperty(globalThis, "fetch", { get: throwing("no") });
  const { name, attempts } = await expectFailure();
  deepEqual([name, attempts], ["NetworkError", 0]);
});

test("fetch is looked up for every request", async ({
  mockFetch,
  stub,
  expectSuccess,
  expectFailure,
}) => {
  const before = globalThis.fetch;
  mockFetch(
    after(() => stub(globalThis, "fetch", undefined), reply(503)),
    reply(200),
  );
  const failure = await expectFailure();
  deepEqual([failure.name, failure.attempts, failure.outcomeUnknown], ["NetworkError", 1, true]);
  stub(globalThis, "fetch", before);
  await expectSuccess();
});

testEach(
  "any callable can replace fetch",
  /** @type {((mock: typeof fetch) => any)[]} */ ([
    (mock) => new Proxy(mock, {}),
    (mock) => mock.bind(null),
    (mock) => {
      /** @type {typeof fetch} */
      const wrapper = async (...args) => mock(...args);
      return wrapper;
    },
    (mock) => {
      /** @type {typeof fetch} */
      const wrapper = (...args) => mock(...args);
      return Object.assign(wrapper, { call: null, apply: null, bind: null });
    },
  ]),
  async ({ mockFetch, stub, expectSuccess }, wrap) => {
    mockFetch(reply(200));
    stub(globalThis, "fetch", wrap(globalThis.fetch));
    await expectSuccess();
  },
);

testEach(
  "a fetch that cannot be called is a network error",
  [class {}, revokedProxy(() => {}), throwingProxy("no", () => {})],
  async ({ token, origin, stub, call }, fetch) => {
    stub(globalThis, "fetch", fetch);
    const { failure } = await call(token, "id", { endpoint: origin, maxAttempts: 1 });
    equal(failure.name, "NetworkError");
    ok(Object.hasOwn(failure, "cause"), "there is a cause");
  },
);

testEach(
  "a missing host api fails before anything is sent",
  nonFunctions,
  async ({ stub, expectFailure }, value) => {
    for (const api of ["AbortController", "setTimeout"]) {
      const before = Reflect.get(globalThis, api);
      stub(globalThis, api, value);
      const { name, attempts, outcomeUnknown } = await expectFailure();
      stub(globalThis, api, before);
      deepEqual([name, attempts, outcomeUnknown], ["NetworkError", 0, false], api);
    }
  },
);

test("a timer that fires immediately is a timeout", async ({ mockFetch, stub, expectFailure }) => {
  stub(globalThis, "setTimeout", (/** @type {() => void} */ callback) => {
    callback();
    return 1;
  });
  mockFetch(neverSettles);
  equal((await expectFailure({ maxAttempts: 2 })).name, "TimeoutError");
});

const optionalApis = [
  "clearTimeout",
  "Uint8Array",
  "Request",
  "AbortSignal",
  "DOMException",
  "Response",
];

testEach(
  "optional host apis can be missing",
  [undefined, {}],
  async ({ token, origin, mockFetch, stub, timers, call }, value) => {
    for (const api of optionalApis) {
      const before = Reflect.get(globalThis, api);
      const responses = [response(503, "body"), response(200, "{}")];
      mockFetch(() => responses.shift());
      stub(globalThis, api, value);
      const { outcome } = await call(token, "id", { endpoint: origin });
      stub(globalThis, api, before);
      equal(outcome?.attempts, 2, api);
      for (const timer of timers.active) clearTimeout(timer);
    }
  },
);
