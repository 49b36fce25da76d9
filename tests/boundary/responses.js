// What the service answers.

import { deepEqual, equal, ok } from "./support/assert.js";
import { memorySize } from "./support/edge.js";
import { chunks, encode, pulled, reply, response, streaming } from "./support/responders.js";
import { createSuite } from "./support/suite.js";

export const suite = createSuite();
const { test, testEach } = suite;

testEach(
  "any 2xx resolves whatever its body",
  /** @type {[status: number, body: any][]} */ ([
    [200, "{}"],
    [200, ""],
    [200, "not json"],
    [200, '{"message": "no", "code": "AccessDeniedException"}'],
    [200, new Uint8Array([0xff, 0xfe])],
    [201, "x".repeat(200_000)],
    [204, null],
    [299, null],
  ]),
  async ({ mockFetch, expectSuccess }, [status, body]) => {
    mockFetch(reply(status, body));
    deepEqual(await expectSuccess(), { attempts: 1, alreadyDeleted: false });
  },
);

testEach(
  "the six exceptions keep their name message and request id",
  /** @type {[status: number, name: string][]} */ ([
    [400, "ValidationException"],
    [402, "ServiceQuotaExceededException"],
    [403, "AccessDeniedException"],
    [404, "ResourceNotFoundException"],
    [409, "ConflictException"],
    [429, "ThrottlingException"],
  ]),
  async ({ mockFetch, expectFailure }, [status, name]) => {
    const headers = {
      "x-amzn-errortype": `${name}:http://example.com/`,
      "x-amzn-requestid": "r-1",
    };
    mockFetch(reply(status, JSON.stringify({ message: "because" }), headers));
    deepEqual(await expectFailure({ maxAttempts: 1 }), {
      name,
      message: "because",
      status,
      requestId: "r-1",
      attempts: 1,
      retryable: status === 429,
      outcomeUnknown: false,
    });
  },
);

testEach(
  "without readable headers the body gives the name and the message",
  ["code", "__type"],
  async ({ mockFetch, expectFailure }, key) => {
    const error = { [key]: "aws.protocols#ConflictException", Message: "because" };
    const { body } = response(200, JSON.stringify(error));
    mockFetch(() => ({ status: 400, headers: { get: () => null }, body }));
    const { name, message, requestId } = await expectFailure();
    deepEqual([name, message, requestId], ["ConflictException", "because", undefined]);
  },
);

testEach(
  "an error body can be anything",
  [
    null,
    "",
    "<!doctype html><title>502</title>",
    "null",
    "[]",
    '"text"',
    "{",
    '{"message": 5, "code": {}}',
    '{"message": "\\ud83d"}',
    new Uint8Array([0x7b, 0xff, 0x7d]),
    "[".repeat(65_536),
    '{"message":"'.padEnd(65_548, "x"),
    "\ufeff{}",
  ],
  async ({ mockFetch, expectFailure }, body) => {
    mockFetch(reply(403, body));
    const { name, status } = await expectFailure();
    deepEqual([name, status], ["AccessDeniedException", 403]);
  },
);

testEach(
  "a redirect is neither followed nor retried",
  /** @type {[status: number | undefined, responder: () => any][]} */ ([
    [301, () => response(301, null, { location: "https://evil.example" })],
    [307, () => Response.redirect("https://evil.example", 307)],
    [304, () => response(304)],
    [undefined, () => ({ type: "opaqueredirect", status: 0, headers: new Headers(), body: null })],
  ]),
  async ({ mockFetch, expectFailure }, [status, responder]) => {
    mockFetch(responder);
    const failure = await expectFailure();
    equal(failure.name, "UnexpectedResponseError");
    equal(failure.status, status, "status");
    equal(failure.retryable, false);
  },
);

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
    equal((await expectFailure()).name, "ValidationException");
    equal(requests[0].body, "cancelled");
    ok(bytes < 1_000_000, `reading stopped after ${bytes} bytes`);
  },
);

test("an endless 2xx body is cancelled", async ({ mockFetch, requests, expectSuccess }) => {
  mockFetch(streaming(200, { pull: (body) => body.enqueue(new Uint8Array(1_000)) }));
  await expectSuccess();
  equal(requests[0].body, "cancelled");
});

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

test("a chunk beyond the limit is not copied whole", async ({ mockFetch, expectFailure }) => {
  const before = memorySize();
  mockFetch(streaming(400, chunks(new Uint8Array(3_000_000))));
  await expectFailure();
  ok(memorySize() - before < 1_000_000, "memory grows by less than a third of the chunk");
});

testEach(
  "a header that quotes the token leaves no trace",
  ["x-amzn-errortype", "x-amzn-requestid", "retry-after", "x-amz-retry-after"],
  async ({ token, mockFetch, expectFailure }, name) => {
    mockFetch(reply(400, null, { [name]: `${token} is not welcome` }));
    await expectFailure();
  },
);

testEach(
  "a header of any length gives valid text",
  ["x".repeat(100_000), "é".repeat(2_000), " ".repeat(9_000), "a\tb", "\x80\x9f"],
  async ({ mockFetch, expectFailure }, value) => {
    const headers = { get: () => value };
    mockFetch(() => ({ status: 400, headers, body: null }));
    const { requestId = "", name } = await expectFailure();
    ok(requestId.length <= 1_000 && name.length <= 1_000, "at most 1,000 characters");
    ok(!/\p{Cc}/u.test(requestId + name), "one line");
  },
);

testEach(
  "a message of any length gives valid text",
  ["x".repeat(60_000), "😀".repeat(15_000), "a\r\nb\0c\x7fd\x85e\u2028f", "\ud83d".repeat(2_000)],
  async ({ mockFetch, expectFailure }, text) => {
    mockFetch(reply(400, JSON.stringify({ message: text, code: text })));
    await expectFailure();
  },
);
