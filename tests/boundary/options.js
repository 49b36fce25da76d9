// Options: what is read, and what is refused.

import { deepEqual, equal, includes, ok } from "./support/assert.js";
import { customSignal, revokedProxy, throwingProxy } from "./support/host-values.js";
import { reply } from "./support/responders.js";
import { createSuite } from "./support/suite.js";

export const suite = createSuite();
const { test, testEach } = suite;

testEach(
  "options that are not an object are refused by type",
  [
    [7, "number"],
    ["", "string"],
    ["https://example.com", "string"],
    [true, "boolean"],
    [10n, "bigint"],
    [Symbol("x"), "symbol"],
    [[], "array"],
    [[{}], "array"],
    [() => ({}), "function"],
    [class {}, "function"],
  ],
  async ({ token, expectRefusal }, [options, type]) => {
    const { message } = await expectRefusal(token, "id", options);
    includes(message, "options must be an object");
    includes(message, String(type));
  },
);

testEach(
  "options that cannot be inspected are refused",
  [revokedProxy(), revokedProxy([]), revokedProxy(() => {}), throwingProxy()],
  async ({ token, expectRefusal }, options) => {
    includes((await expectRefusal(token, "id", options)).message, "options");
  },
);

testEach(
  "undefined and null count as absent",
  [
    undefined,
    null,
    {},
    { endpoint: undefined, signal: undefined, timeoutMs: undefined, maxAttempts: undefined },
    { endpoint: null, signal: null, timeoutMs: null, maxAttempts: null },
    { fetch: undefined, onRetry: undefined },
    { fetch: null, onRetry: null },
  ],
  async ({ token, mockFetch, requests, timers, call }, options) => {
    mockFetch(reply(503), reply(503), reply(200));
    equal((await call(token, "id", options)).outcome.attempts, 3);
    equal(requests[0].url, "https://codecatalyst.global.api.aws/v1/accessTokens/id");
    deepEqual(timers.delays, [10_000, 0, 10_000, 0, 10_000]);
  },
);

/**
 * Defines a property for each of the given ones.
 * @param {object} given
 * @param {(value: any) => PropertyDescriptor} describe
 */
const defineEach = (given, describe) =>
  Object.defineProperties(
    {},
    Object.fromEntries(Object.entries(given).map(([key, value]) => [key, describe(value)])),
  );

testEach(
  "options can be any kind of object",
  /** @type {((given: { endpoint: string, maxAttempts: number }) => object)[]} */ ([
    (given) => Object.assign(Object.create(null), given),
    (given) => Object.freeze(given),
    (given) => new Proxy(given, {}),
    (given) => defineEach(given, (value) => ({ value })),
    (given) => defineEach(given, (value) => ({ get: () => value })),
    (given) =>
      new (class Options {
        endpoint = given.endpoint;
        maxAttempts = given.maxAttempts;
      })(),
    (given) => Object.assign(new Map(), given),
    (given) => Object.assign({ [Symbol("more")]: 1, [Symbol.toStringTag]: "Options" }, given),
  ]),
  async ({ token, origin, mockFetch, requests, call }, create) => {
    mockFetch(reply(503));
    const options = create({ endpoint: origin, maxAttempts: 2 });
    equal((await call(token, "id", options)).failure.attempts, 2);
    ok(requests[0].url.startsWith(origin), requests[0].url);
  },
);

test("each option is read once", async ({ token, origin, mockFetch, call }) => {
  /** @type {string[]} */
  const names = [];
  const { signal } = new AbortController();
  const given = { endpoint: origin, signal, timeoutMs: 5_000, maxAttempts: 2 };
  const options = {};
  for (const [name, value] of Object.entries(given)) {
    const get = () => {
      names.push(name);
      return value;
    };
    Object.defineProperty(options, name, { enumerable: true, get });
  }
  mockFetch(reply(503));
  await call(token, "id", options);
  deepEqual(names.sort(), Object.keys(given).sort());
});

/** @type {[value: any, type: string][]} */
const typedValues = [
  [7, "number"],
  ["7", "string"],
  [true, "boolean"],
  [10n, "bigint"],
  [Symbol("x"), "symbol"],
  [{}, "object"],
  [[], "array"],
  [() => 7, "function"],
  [new Number(7), "object"],
  [throwingProxy(), "object"],
];

testEach(
  "an option of the wrong type is refused by name and type",
  [
    { name: "endpoint", accepts: "string" },
    { name: "signal", accepts: "a signal" },
    { name: "timeoutMs", accepts: "number" },
    { name: "maxAttempts", accepts: "number" },
    { name: "fetch", accepts: "function" },
    { name: "onRetry", accepts: "function" },
  ],
  async ({ token, expectRefusal }, { name, accepts }) => {
    for (const [value, type] of typedValues.filter(([value]) => typeof value !== accepts)) {
      const { message } = await expectRefusal(token, "id", { [name]: value });
      includes(message, `options.${name} must be`);
      includes(message, type);
    }
  },
);

testEach(
  "an option that cannot be inspected is refused by name",
  [revokedProxy(), revokedProxy([]), revokedProxy(() => {})],
  async ({ token, expectRefusal }, value) => {
    for (const name of ["endpoint", "signal", "timeoutMs", "maxAttempts"]) {
      const { message } = await expectRefusal(token, "id", { [name]: value });
      includes(message, `options.${name} must be`);
    }
  },
);

test("a controller in the place of its signal is pointed out", async ({ token, expectRefusal }) => {
  const { message } = await expectRefusal(token, "id", { signal: new AbortController() });
  includes(message, "pass controller.signal");
});

testEach(
  "a number out of range is refused by the name of its option",
  /** @type {[name: string, values: number[]][]} */ ([
    ["timeoutMs", [0, -0, -1, NaN, Infinity, -Infinity]],
    ["maxAttempts", [0, -0, -1, 0.5, 1.5, NaN, Infinity, -Infinity]],
  ]),
  async ({ token, expectRefusal }, [name, values]) => {
    for (const value of values) {
      const { message } = await expectRefusal(token, "id", { [name]: value });
      includes(message, `options.${name} must be`);
    }
  },
);

testEach(
  "an object that only resembles a signal is refused",
  [
    new EventTarget(),
    new AbortController(),
    { aborted: false },
    { aborted: "no", addEventListener() {} },
    { aborted: false, addEventListener: 5 },
    customSignal({
      get aborted() {
        throw "no";
      },
    }),
    throwingProxy(),
    "abort",
  ],
  async ({ token, expectRefusal }, signal) => {
    const { message } = await expectRefusal(token, "id", { signal });
    includes(message, "options.signal must be an AbortSignal");
  },
);

testEach(
  "an unknown option is refused with a suggestion",
  [
    ["timeoutMS", "timeoutMs"],
    ["timeout", "timeoutMs"],
    ["Endpoint", "endpoint"],
    ["endpont", "endpoint"],
    ["singal", "signal"],
    ["maxAttempt", "maxAttempts"],
  ],
  async ({ token, expectRefusal }, [name, suggestion]) => {
    const { message } = await expectRefusal(token, "id", { [name]: 1 });
    includes(message, `options.${name} is not an option`);
    includes(message, `Did you mean ${suggestion}?`);
  },
);

testEach(
  "an unknown option without a near match is refused by name",
  ["retries", "x", "toString", "constructor", "0", "ключ", "😀"],
  async ({ token, expectRefusal }, name) => {
    const { message } = await expectRefusal(token, "id", { [name]: 1 });
    includes(message, `options.${name} is not an option`);
    ok(!message.includes("Did you mean"), message);
  },
);

testEach(
  "any unknown option name gives a valid message",
  ["x".repeat(100_000), "a\nb\0c\u2028d", "\n", "", "\ud83d"],
  async ({ token, expectRefusal }, name) => {
    for (const credential of [token, () => token]) {
      await expectRefusal(credential, "id", { [name]: 1 });
    }
  },
);

testEach(
  "a very long endpoint is refused or kept unchanged",
  [2_049, 8_192, 9_000, 100_000],
  async ({ token, origin, mockFetch, requests, call }, length) => {
    mockFetch(reply(200));
    const endpoint = `${origin}/`.padEnd(length, "x");
    const { outcome } = await call(token, "id", { endpoint });
    if (outcome) equal(requests[0].url, `${endpoint}/v1/accessTokens/id`);
  },
);
