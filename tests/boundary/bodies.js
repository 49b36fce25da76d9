// Bodies of responses: how they are read, and what becomes of the rest.

import { deepEqual, equal, hasCause, includes, ok } from "./support/assert.js";
import { memorySize } from "./support/edge.js";
import { chunks, encode, pulled, response, streaming, throwing } from "./support/responders.js";
import { createSuite } from "./support/suite.js";

export const suite = createSuite();
const { test, testEach } = suite;

test("a character can be split between chunks", async ({ mockFetch, expectFailure }) => {
  const bytes = encode(JSON.stringify({ message: "é ☃ 😀" }));
  mockFetch(streaming(400, chunks(...Array.from(bytes, (byte) => Uint8Array.of(byte)))));
  equal((await expectFailure()).message, "é ☃ 😀");
});

test("a chunk can be a view into a larger buffer", async ({ mockFetch, expectFailure }) => {
  const bytes = encode(`{"message": "no"}{"message": "because"}{}`);
  mockFetch(streaming(400, chunks(bytes.subarray(17, 39))));
  equal((await expectFailure()).message, "because");
});

testEach(
  "an endless error body is read up to a limit and cancelled",
  [1, 1_000, 65_536, 200_000],
  async ({ mockFetch, requests, expectFailure }, chunkSize) => {
    let bytes = 0;
    const pull = (/** @type {any} */ body) => {
      body.enqueue(new Uint8Array(chunkSize));
      bytes += chunkSize;
    };
    mockFetch(streaming(400, { pull }));
    equal((await expectFailure()).name, "UnexpectedResponseError");
    equal(requests[0].body, "cancelled");
    ok(bytes < 1_000_000, `reading stopped after ${bytes} bytes`);
  },
);

testEach(
  "an endless 2xx body is judged by its beginning and cancelled",
  [
    { text: "{".padEnd(1_000), isDeleted: true },
    { text: "<".padEnd(1_000), isDeleted: false },
  ],
  async ({ token, origin, mockFetch, requests, call }, { text, isDeleted }) => {
    mockFetch(streaming(200, { pull: (body) => body.enqueue(encode(text)) }));
    const { failure } = await call(token, "id", { endpoint: origin });
    equal(failure?.name, isDeleted ? undefined : "UnexpectedResponseError");
    equal(requests[0].body, "cancelled");
  },
);

testEach(
  "a 2xx body that breaks off is judged by what came",
  [
    { text: "", error: "NetworkError" },
    { text: "{" },
    { text: '{"more": [' },
    { text: "<html>", error: "UnexpectedResponseError" },
    { text: "[", error: "UnexpectedResponseError" },
  ],
  async ({ token, origin, mockFetch, call }, { text, error }) => {
    let pulls = 0;
    const pull = (/** @type {any} */ body) => {
      pulls += 1;
      if (pulls > 1 || text === "") body.error("gone");
      else body.enqueue(encode(text));
    };
    mockFetch(streaming(200, { pull }));
    const { failure } = await call(token, "id", { endpoint: origin, maxAttempts: 1 });
    equal(failure?.name, error);
  },
);

testEach(
  "every body is read to its end or cancelled",
  [200, 301, 400, 403, 404, 429, 500, 503].flatMap((status) =>
    [["{}"], ["{", "}"], ["<html>", "</html>"], []].map((body) => ({ status, body })),
  ),
  async ({ token, origin, mockFetch, requests, call }, { status, body }) => {
    mockFetch((request) => streaming(status, pulled(...body))(request));
    await call(token, "id", { endpoint: origin, maxAttempts: 2 });
    for (const request of requests)
      ok(request.body !== "open", `the body of ${status} is read or cancelled`);
  },
);

testEach(
  "a body that ends is drained so that its connection can be used again",
  [["{}"], ["{", "}"], ["<html>"], []],
  async ({ token, origin, mockFetch, requests, call }, texts) => {
    mockFetch((request) => streaming(200, pulled(...texts))(request));
    await call(token, "id", { endpoint: origin });
    const [{ body, signal }] = requests;
    deepEqual([body, signal.aborted], ["drained", false]);
  },
);

test("a chunk beyond the limit is not copied whole", async ({ mockFetch, expectFailure }) => {
  const before = memorySize();
  mockFetch(streaming(400, chunks(new Uint8Array(3_000_000))));
  await expectFailure();
  ok(memorySize() - before < 1_000_000, "memory grows by less than a third of the chunk");
});

testEach(
  "a body that is no stream is read by text or json",
  /** @type {any[]} */ ([
    {},
    { body: null },
    { body: undefined, text: undefined, json: undefined },
    { text: async () => "" },
    { text: async () => "{}" },
    { text: () => '{"more": 1}' },
    { text: async () => undefined },
    { json: async () => ({}) },
    { json: () => undefined },
    { body: { pipe() {} }, text: async () => "{}", json: throwing("no") },
  ]),
  async ({ mockFetch, expectSuccess, expectFailure }, members) => {
    const headers = { get: () => null };
    mockFetch(() => ({ status: 200, headers, ...members }));
    await expectSuccess();
    const error = { message: "because", code: "ConflictException" };
    const described = "text" in members ? { text: () => JSON.stringify(error) } : undefined;
    mockFetch(() => ({ status: 400, headers, ...(described ?? { json: async () => error }) }));
    const { name, message } = await expectFailure();
    deepEqual([name, message], ["ConflictException", "because"]);
  },
);

testEach(
  "a page without a stream is not the answer of the service",
  /** @type {any[]} */ ([
    { text: async () => "<html>" },
    { text: async () => "x".repeat(200_000) },
    { json: async () => [] },
    { json: async () => null },
    { json: async () => 7 },
  ]),
  async ({ mockFetch, expectFailure }, members) => {
    mockFetch(() => ({ status: 200, headers: new Headers(), ...members }));
    const { name, outcomeUnknown } = await expectFailure();
    deepEqual([name, outcomeUnknown], ["UnexpectedResponseError", true]);
  },
);

testEach(
  "a body without a stream that cannot be read leaves the outcome unknown",
  /** @type {any[]} */ ([
    { text: throwing("no") },
    { text: () => Promise.reject("no") },
    { json: () => Promise.reject("no") },
  ]),
  async ({ mockFetch, expectFailure }, members) => {
    mockFetch(() => ({ status: 200, headers: new Headers(), ...members }));
    const failure = await expectFailure();
    deepEqual([failure.name, failure.attempts], ["NetworkError", 3]);
    deepEqual([failure.status, failure.outcomeUnknown], [200, true]);
    hasCause(failure, "no");
  },
);

test("the timeout covers a body without a stream", async ({ mockFetch, expectFailure }) => {
  mockFetch(() => ({ status: 200, headers: new Headers(), text: () => new Promise(() => {}) }));
  const { name, outcomeUnknown } = await expectFailure({ timeoutMs: 1, maxAttempts: 1 });
  deepEqual([name, outcomeUnknown], ["TimeoutError", true]);
});

test("a body that a wrapper has read confirms nothing and the message says so", async ({
  mockFetch,
  expectFailure,
}) => {
  const afterReading = async (/** @type {Response} */ read) => {
    await read.text();
    return read;
  };
  mockFetch(() => afterReading(response(200, "{}")));
  const failure = await expectFailure();
  deepEqual([failure.name, failure.status], ["UnexpectedResponseError", 200]);
  deepEqual([failure.attempts, failure.outcomeUnknown], [1, true]);
  includes(failure.message, "had been read already");
  includes(failure.message, "clone()");

  const named = { "x-amzn-errortype": "ResourceNotFoundException" };
  mockFetch(() => afterReading(response(404, "{}", named)));
  equal((await expectFailure()).name, "ResourceNotFoundException", "the header tells");
});

test("a body that a wrapper is reading is a network error whose cause says so", async ({
  mockFetch,
  expectFailure,
}) => {
  mockFetch(() => {
    const locked = response(200, "{}");
    locked.body?.getReader();
    return locked;
  });
  const failure = await expectFailure({ maxAttempts: 1 });
  deepEqual([failure.name, failure.outcomeUnknown], ["NetworkError", true]);
  ok(failure.cause instanceof TypeError, "the cause is what the host threw");
});

test("a body that a wrapper has read a clone of is read", async ({ mockFetch, expectSuccess }) => {
  mockFetch(async () => {
    const original = response(200, "{}");
    await original.clone().text();
    return original;
  });
  await expectSuccess();
});
