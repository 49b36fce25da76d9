// Options and requests depend on no prototype.

import { deepEqual, equal, ok } from "./support/assert.js";
import { reply } from "./support/responders.js";
import { createSuite } from "./support/suite.js";

export const suite = createSuite();
const { test, testEach } = suite;

const evil = { endpoint: "https://evil.example", maxAttempts: 1, unknown: 1 };

testEach(
  "inherited properties are not options",
  [
    Object.create(evil),
    Object.create(Object.create(evil)),
    new (class {
      get endpoint() {
        return evil.endpoint;
      }
      get more() {
        return 1;
      }
    })(),
    new Proxy({}, { get: (_, key) => Reflect.get(evil, key) }),
    new Proxy(Object.create(null), { getPrototypeOf: () => evil }),
  ],
  async ({ token, mockFetch, requests, call }, options) => {
    mockFetch(reply(503), reply(200));
    equal((await call(token, "id", options)).outcome.attempts, 2);
    equal(new URL(requests[0].url).host, "codecatalyst.global.api.aws");
  },
);

test("a polluted object prototype sets no option", async ({
  token,
  mockFetch,
  requests,
  stub,
  call,
}) => {
  const { endpoint, maxAttempts } = evil;
  const polluted = { endpoint, maxAttempts, timeoutMs: 1, signal: AbortSignal.abort() };
  for (const [name, value] of Object.entries(polluted)) stub(Object.prototype, name, value);
  mockFetch(reply(503), reply(200));
  for (const options of [undefined, null, {}]) {
    requests.length = 0;
    equal((await call(token, "id", options)).outcome.attempts, 2);
    equal(new URL(requests[0].url).host, "codecatalyst.global.api.aws");
  }
});

testEach(
  "a polluted object prototype changes no request",
  [
    "method",
    "headers",
    "redirect",
    "signal",
    "credentials",
    "cache",
    "referrerPolicy",
    "body",
    "mode",
    "keepalive",
    "integrity",
  ],
  async ({ mockFetch, requests, stub, expectSuccess }, member) => {
    // A response of the host breaks if its own objects inherit such members.
    mockFetch(() => ({ status: 200, headers: { get: () => null }, body: null }));
    await expectSuccess();
    stub(Object.prototype, member, "polluted");
    await expectSuccess();
    const [before, after] = requests.map(({ init }) => Reflect.ownKeys(init).sort());
    deepEqual(after, before);
    ok(requests[1].init[member] !== "polluted", `${member} doesn't come from the prototype`);
  },
);
