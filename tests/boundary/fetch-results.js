// What `fetch` returns: promises of any kind, and values that are not a response.

import { deepEqual, equal, hasCause, ok } from "./support/assert.js";
import { defer } from "./support/host.js";
import {
  PromiseSubclass,
  revokedProxy,
  thenable,
  throwingProxy,
  withThen,
  withUnreadableThen,
} from "./support/host-values.js";
import { endlessBody, reply, response, throwing } from "./support/responders.js";
import { createSuite } from "./support/suite.js";

export const suite = createSuite();
const { test, testEach } = suite;

const nonResponses = [
  undefined,
  null,
  5,
  "ok",
  true,
  200n,
  Symbol("ok"),
  [],
  {},
  () => response(200),
  Object.create(null),
  revokedProxy(),
  { status: "x" },
  { status: "200", headers: new Headers() },
  { status: NaN, headers: new Headers() },
  { status: -200, headers: new Headers() },
  { status: 99, headers: new Headers() },
  { status: 1000, headers: new Headers() },
  { status: 200n, headers: new Headers() },
  { status: 1e300, headers: new Headers() },
  {
    get status() {
      throw "no";
    },
    headers: new Headers(),
  },
  { status: {}, headers: new Headers() },
  new Proxy({}, { get: (_, key) => (key === "then" ? undefined : throwingProxy()) }),
];

const noStreams = [
  {},
  throwingProxy(),
  revokedProxy(),
  { getReader: 5 },
  { getReader: throwing("no") },
];

const brokenStreams = [
  { getReader: () => undefined },
  { getReader: () => throwingProxy() },
  { getReader: () => ({ read: 5 }) },
  endlessBody(throwing("no")),
  endlessBody(() => Promise.reject("no")),
  endlessBody(() => throwingProxy()),
];

testEach(
  "non response values are network errors",
  nonResponses,
  async ({ mockFetch, expectFailure }, value) => {
    mockFetch(() => value);
    const failure = await expectFailure({ maxAttempts: 1 });
    equal(failure.name, "NetworkError");
    equal(failure.outcomeUnknown, true);
    equal(failure.status, undefined, "status");
  },
);

testEach(
  "non response values are retried",
  nonResponses,
  async ({ mockFetch, expectSuccess }, value) => {
    mockFetch(async () => value, reply(200));
    equal((await expectSuccess()).attempts, 2);
  },
);

testEach(
  "any kind of promise can resolve",
  /** @type {((value: any) => any)[]} */ ([
    (value) => value,
    (value) => Promise.resolve(value),
    (value) => new Promise((resolve) => defer(() => resolve(value))),
    (value) => PromiseSubclass.resolve(value),
    (value) => thenable(value),
    (value) => thenable(thenable(value)),
    (value) => thenable(Promise.resolve(value)),
    (value) =>
      withThen((resolve) => {
        resolve(value);
        resolve("more");
      }),
    (value) =>
      withThen((resolve, reject) => {
        resolve(value);
        reject("no");
      }),
    (value) =>
      withThen((resolve) => {
        resolve(value);
        throw "no";
      }),
    (value) => withThen((resolve) => defer(() => resolve(value))),
    (value) => Object.assign(() => {}, thenable(value)),
  ]),
  async ({ mockFetch, expectSuccess }, wrap) => {
    mockFetch(() => wrap(response(200, null, { "x-amzn-requestid": "r-1" })));
    deepEqual(await expectSuccess(), { attempts: 1, alreadyDeleted: false, requestId: "r-1" });
  },
);

testEach(
  "any kind of promise can reject",
  [
    () => withThen(throwing("gone")),
    () => withThen((_, reject) => reject("gone")),
    () =>
      withThen((_, reject) => {
        reject("gone");
        reject("more");
      }),
    () => withUnreadableThen("gone"),
    () => thenable(withUnreadableThen("gone")),
    () => throwingProxy("gone"),
    () => PromiseSubclass.reject("gone"),
    () => Object.defineProperty(Promise.resolve(), "constructor", { get: throwing("gone") }),
  ],
  async ({ mockFetch, expectFailure }, fetch) => {
    mockFetch(fetch);
    hasCause(await expectFailure({ maxAttempts: 1 }), "gone");
  },
);

testEach(
  "a response without readable headers is still a response",
  [
    undefined,
    null,
    {},
    5,
    throwingProxy(),
    revokedProxy(),
    { get: 5 },
    { get: () => 5 },
    { get: () => throwingProxy() },
    { get: throwing("no") },
  ],
  async ({ mockFetch, expectFailure }, headers) => {
    mockFetch(() => ({ status: 404, headers, text: () => '{"message": "none"}' }));
    const failure = await expectFailure();
    equal(failure.name, "ResourceNotFoundException");
    equal(failure.status, 404);
    equal(failure.requestId, undefined);
  },
);

testEach(
  "an unreadable error body is a network error",
  [...noStreams, ...brokenStreams],
  async ({ mockFetch, expectFailure }, body) => {
    mockFetch(() => ({ status: 500, headers: new Headers(), body }));
    const failure = await expectFailure({ maxAttempts: 1 });
    equal(failure.name, "NetworkError");
    equal(failure.status, 500);
    ok(Object.hasOwn(failure, "cause"), "there is a cause");
  },
);

testEach(
  "a 2xx body that breaks off before anything came leaves the outcome unknown",
  brokenStreams,
  async ({ mockFetch, expectFailure }, body) => {
    mockFetch(() => ({ status: 200, headers: new Headers(), body }));
    const failure = await expectFailure({ maxAttempts: 1 });
    deepEqual([failure.name, failure.status], ["NetworkError", 200]);
    equal(failure.outcomeUnknown, true);
  },
);

testEach(
  "a 2xx body that cannot be read leaves the outcome unknown",
  [...noStreams, endlessBody(() => ({ value: "text" })), endlessBody(() => ({ value: 5 }))],
  async ({ mockFetch, expectFailure }, body) => {
    mockFetch(() => ({ status: 200, headers: new Headers(), body }));
    const failure = await expectFailure();
    deepEqual([failure.name, failure.status], ["NetworkError", 200]);
    deepEqual([failure.attempts, failure.outcomeUnknown], [3, true]);
    ok(Object.hasOwn(failure, "cause"), "there is a cause");
  },
);

testEach(
  "chunks can be any value",
  [
    undefined,
    null,
    "text",
    5,
    -1,
    1e300,
    {},
    [123, 125],
    Symbol("x"),
    throwingProxy(),
    revokedProxy(),
    new ArrayBuffer(2),
    new Uint16Array(2),
    new DataView(new ArrayBuffer(2)),
  ],
  async ({ mockFetch, expectFailure }, value) => {
    let left = 3;
    const body = endlessBody(() => ({ done: left-- === 0, value }));
    mockFetch(() => ({ status: 400, headers: new Headers(), body }));
    equal((await expectFailure({ maxAttempts: 1 })).status, 400);
  },
);

testEach(
  "endless empty chunks hit the chunk limit",
  [
    { value: new Uint8Array(0) },
    { done: false },
    {},
    undefined,
    {
      get done() {
        throw "no";
      },
    },
    {
      get value() {
        throw "no";
      },
    },
  ],
  async ({ mockFetch, expectFailure }, result) => {
    let hasEnded = false;
    const end = () => {
      hasEnded = true;
    };
    const body = endlessBody(() => result, end);
    mockFetch(() => ({ status: 400, headers: new Headers(), body }));
    equal((await expectFailure()).status, 400);
    equal(hasEnded, false, "the body was read until it ended by itself");
  },
);

test("each response property is read once", async ({ mockFetch, expectFailure }) => {
  /** @type {PropertyKey[]} */
  const keys = [];
  const get = (/** @type {object} */ target, /** @type {PropertyKey} */ key) => {
    keys.push(key);
    return Reflect.get(target, key);
  };
  const properties = { status: 400, type: "basic", headers: new Headers(), body: null };
  mockFetch(() => new Proxy(properties, { get }));
  await expectFailure();
  deepEqual(keys.filter((key) => key !== "then").sort(), [
    "body",
    "bodyUsed",
    "headers",
    "status",
    "type",
  ]);
});
