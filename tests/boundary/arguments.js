// The token and the id: what is refused, and how it is named.

import { equal, includes, ok } from "./support/assert.js";
import { defer } from "./support/host.js";
import { PromiseSubclass, revokedProxy, thenable, throwingProxy } from "./support/host-values.js";
import { reply } from "./support/responders.js";
import { randomToken } from "./support/secrets.js";
import { createSuite } from "./support/suite.js";

export const suite = createSuite();
const { test, testEach } = suite;

const unreadable = throwingProxy();

/** @type {[value: any, type: string][]} */
const nonStrings = [
  [undefined, "undefined"],
  [null, "null"],
  [7, "number"],
  [NaN, "number"],
  [true, "boolean"],
  [10n, "bigint"],
  [Symbol("x"), "symbol"],
  [{}, "object"],
  [["x"], "array"],
  [new String("x"), "object"],
  [unreadable, "object"],
  [Object.create(null), "object"],
];

testEach(
  "a token that is neither a string nor a function is refused by type",
  nonStrings,
  async ({ expectRefusal }, [value, type]) => {
    const { message } = await expectRefusal(value, "id");
    includes(message, "token must be a string or a function");
    includes(message, type);
  },
);

// A promise can't be fulfilled with the throwing proxy, which throws when asked for its `then`.
testEach(
  "a token function that does not return a string is refused by type",
  nonStrings.filter(([value]) => value !== unreadable),
  async ({ expectRefusal }, [value, type]) => {
    for (const tokenFunction of [() => value, async () => value]) {
      const { message } = await expectRefusal(tokenFunction, "id");
      includes(message, "token");
      includes(message, type);
    }
  },
);

testEach(
  "an id that is not a string is refused by type",
  nonStrings,
  async ({ token, expectRefusal }, [value, type]) => {
    const { message } = await expectRefusal(token, value);
    includes(message, "id must be a string");
    includes(message, type);
  },
);

testEach(
  "an id that is a function or a revoked proxy is refused",
  [() => "id", class {}, revokedProxy(), revokedProxy(() => {})],
  async ({ token, expectRefusal }, id) => {
    includes((await expectRefusal(token, id)).message, "id must be a string");
  },
);

testEach(
  "an id that could change the path is refused",
  [
    "",
    ".",
    "..",
    "\ud83d",
    "\ude00a",
    "a\ud83d",
    "x".repeat(37),
    "😀".repeat(37),
    "x".repeat(1_000_000),
  ],
  async ({ token, expectRefusal }, id) => {
    includes((await expectRefusal(token, id)).message, "id must");
  },
);

testEach(
  "a token that is invalid in a header is refused and not quoted",
  ["", " ", "two words", "line\nend", "tab\t", "nul\0", "del\x7f", "é", "\ud83d", "😀", "\u0141"],
  async ({ expectRefusal }, token) => {
    for (const credential of [token, () => token, async () => token]) {
      const { message } = await expectRefusal(credential, "id");
      includes(message, "token must");
      ok(token.length < 2 || !message.includes(token), `the token is not quoted: ${message}`);
    }
  },
);

test("the token is checked before the id and swapped ones are pointed out", async ({
  token,
  expectRefusal,
}) => {
  const swapped = await expectRefusal("an-id", randomToken() + randomToken());
  includes(swapped.message, "token comes first");
  includes((await expectRefusal(7, 7)).message, "token");
  includes((await expectRefusal(token, 7)).message, "id");
});

test("every visible ascii character is valid in a token", async ({
  mockFetch,
  requests,
  expectSuccess,
}) => {
  const codes = Array.from({ length: 0x7e - 0x20 }, (_, index) => 0x21 + index);
  const visible = String.fromCharCode(...codes);
  mockFetch(reply(200));
  for (const credential of ["!", "~", visible, visible.repeat(30)]) {
    await expectSuccess({}, credential);
    equal(requests.at(-1)?.init.headers.authorization, `Bearer ${credential}`);
  }
});

testEach(
  "any function that returns a string is a token function",
  /** @type {((token: string) => any)[]} */ ([
    (token) => () => token,
    (token) => async () => token,
    (token) => () => thenable(token),
    (token) => () => thenable(thenable(token)),
    (token) => () => PromiseSubclass.resolve(token),
    (token) => new Proxy(() => token, {}),
    (token) => (() => token).bind(null),
    (token) =>
      ({
        method() {
          return token;
        },
      }).method,
    (token) => () => new Promise((resolve) => defer(() => resolve(token))),
  ]),
  async ({ token, mockFetch, requests, expectSuccess }, createTokenFunction) => {
    mockFetch(reply(200));
    await expectSuccess({}, createTokenFunction(token));
    equal(requests[0].init.headers.authorization, `Bearer ${token}`);
  },
);

testEach(
  "a token function can return an object with the token",
  /** @type {((token: string) => any)[]} */ ([
    (token) => ({ token }),
    (token) => ({ token, expiration: new Date() }),
    (token) => ({ token, expiration: new Date(0) }),
    (token) => Object.freeze({ token, more: true }),
    (token) => Object.assign(Object.create(null), { token }),
    (token) =>
      new (class {
        get token() {
          return token;
        }
      })(),
    (token) => new Proxy({ token }, {}),
    async (token) => ({ token }),
    (token) => thenable({ token }),
  ]),
  async ({ token, mockFetch, requests, expectSuccess }, createResult) => {
    mockFetch(reply(200));
    await expectSuccess({}, () => createResult(token));
    equal(requests[0].init.headers.authorization, `Bearer ${token}`);
  },
);

test("a token in an object is checked as any other", async ({ expectRefusal }) => {
  for (const token of nonStrings.map(([value]) => value).filter((value) => value !== unreadable)) {
    const { message } = await expectRefusal(() => ({ token }), "id");
    includes(
      message,
      "token must be a function that gives a string or { token: string }, not object.",
    );
  }
  includes((await expectRefusal(() => ({ token: "two words" }), "id")).message, "token must");
  const thrown = new Error("gone");
  const throwing = {
    get token() {
      throw thrown;
    },
  };
  equal((await expectRefusal(() => throwing, "id")).cause, thrown);
});

testEach(
  "a token function that cannot be called is refused",
  [class {}, revokedProxy(() => {}), throwingProxy(new Error("no"), () => {})],
  async ({ expectRefusal }, tokenFunction) => {
    const failure = await expectRefusal(tokenFunction, "id");
    includes(failure.message, "token");
    ok(failure.cause instanceof Error, "the cause is what the host threw");
  },
);
