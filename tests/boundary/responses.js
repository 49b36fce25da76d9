// What the service answers, and what something else answers in its place.

import { deepEqual, equal, includes, ok } from "./support/assert.js";
import { reply, response } from "./support/responders.js";
import { createSuite } from "./support/suite.js";

export const suite = createSuite();
const { testEach } = suite;

testEach(
  "a 2xx whose body is blank or an object resolves",
  /** @type {[status: number, body: any][]} */ ([
    [200, "{}"],
    [200, ""],
    [200, " \r\n"],
    [200, '\ufeff { "more": [{}] }\n'],
    [200, '{"message": "no", "code": "AccessDeniedException"}'],
    [201, `{"more": "${"x".repeat(200_000)}"}`],
    [204, null],
    [299, null],
  ]),
  async ({ mockFetch, expectSuccess }, [status, body]) => {
    mockFetch(reply(status, body));
    deepEqual(await expectSuccess(), { attempts: 1, alreadyDeleted: false });
  },
);

/** What proxies, firewalls and sign-in pages answer. */
const pages = [
  "<!doctype html><title>Sign in</title>",
  "Blocked.",
  "null",
  "[]",
  '"text"',
  "{",
  new Uint8Array([0xff, 0xfe]),
  new Uint8Array([0x7b, 0xff, 0x7d]),
  "[".repeat(65_536),
  "x".repeat(200_000),
];

testEach(
  "a 2xx with anything else is not the answer of the service",
  pages,
  async ({ mockFetch, expectFailure }, page) => {
    mockFetch(reply(200, page));
    const { message, ...failure } = await expectFailure();
    deepEqual(failure, {
      name: "UnexpectedResponseError",
      status: 200,
      attempts: 1,
      retryable: false,
      outcomeUnknown: true,
    });
    includes(message, "Something other than the service answered (status 200)");
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
  "without a name any other body of an error is not the answer of the service",
  [null, "", "{}", '{"message": 5, "code": {}}', '{"message":"'.padEnd(200_000, "x"), ...pages],
  async ({ mockFetch, expectFailure }, body) => {
    mockFetch(reply(403, body));
    const { name, status, outcomeUnknown } = await expectFailure();
    deepEqual([name, status, outcomeUnknown], ["UnexpectedResponseError", 403, false]);
    mockFetch(reply(403, body, { "x-amzn-errortype": "AccessDeniedException" }));
    equal((await expectFailure()).name, "AccessDeniedException", "named in the header");
  },
);

testEach(
  "a body that says anything is the answer of the service",
  ['{"message": "\\ud83d"}', '\ufeff{"Message": ""}', '{"message": "", "code": {}}'],
  async ({ mockFetch, expectFailure }, body) => {
    mockFetch(reply(403, body));
    equal((await expectFailure()).name, "AccessDeniedException");
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
