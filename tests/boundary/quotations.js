// Quotations of the token, in causes and in what comes from elsewhere: none gets through.

import { equal, includes, ok } from "./support/assert.js";
import { rejecting, reply } from "./support/responders.js";
import { mentions } from "./support/secrets.js";
import { createSuite } from "./support/suite.js";

export const suite = createSuite();
const { test, testEach } = suite;

testEach(
  "a plain cause that quotes the token is replaced",
  /** @type {((token: string) => any)[]} */ ([
    (token) => token,
    (token) => `Bearer ${token}`,
    (token) => new Error(`denied: ${token}`),
    (token) => new Error("outer", { cause: new Error("inner", { cause: { token } }) }),
    (token) => ({ [token]: 1 }),
    (token) => ({ [Symbol(token)]: 1 }),
    (token) => [[[token]]],
    (token) => Object.defineProperty({}, "hidden", { value: token, enumerable: false }),
    (token) => Object.assign(new Error("x"), { stack: `Error: ${token}` }),
    (token) => new AggregateError([new Error(token)], "outer"),
    (token) => new Error(`cut: ${token.slice(0, 16)}…`),
    (token) => new Error(`cut: …${token.slice(-16)}`),
    (token) => `${token.slice(0, 20)}%7E${token.slice(-18)}`,
  ]),
  async ({ token, mockFetch, expectFailure }, quote) => {
    mockFetch(rejecting(quote(token)));
    const { cause } = await expectFailure({ maxAttempts: 1 });
    equal(cause.message, "What was thrown quotes the token.");
  },
);

test("fewer than 16 characters of the token are no quotation", async ({
  token,
  mockFetch,
  expectFailure,
}) => {
  const error = new Error(token.slice(0, 15));
  mockFetch(rejecting(error));
  equal((await expectFailure({ maxAttempts: 1 })).cause, error);
});

test("a token that is too short to be a secret is no quotation", async ({
  mockFetch,
  expectFailure,
}) => {
  const error = new Error("gone: gone");
  mockFetch(rejecting(error));
  equal((await expectFailure({ maxAttempts: 1 }, "gone")).cause, error);
});

test("a header that quotes a token longer than what is read of it leaves no trace", async ({
  token,
  mockFetch,
  expectFailure,
}) => {
  const long = token.padEnd(9_000, "0123456789abcdefghijklmnopqrstuvwxyz");
  for (const name of ["x-amzn-errortype", "x-amzn-requestid"]) {
    mockFetch(reply(400, JSON.stringify({ message: `${long} is expired` }), { [name]: long }));
    const failure = await expectFailure({}, long);
    equal(failure.message, "[token] is expired");
    ok(!mentions(failure, long.slice(100, 116)), "no part of it is shown");
  }
});

test("an id that is the token is neither sent nor shown", async ({
  token,
  mockFetch,
  requests,
  expectFailure,
}) => {
  mockFetch(reply(200));
  const short = token.slice(0, 30);
  for (const credential of [short, () => short, async () => short]) {
    for (const id of [short, `<${short}>`]) {
      const failure = await expectFailure({}, credential, id);
      equal(failure.name, "InvalidArgumentError");
      includes(failure.message, "id is the bearer token");
      ok(!mentions(failure, short), "it is not shown");
    }
  }
  equal(requests.length, 0, "requests");
});
