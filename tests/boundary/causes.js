// Causes: a plain one is passed on as it is, and nothing that may hold the token gets through.

import { equal, fail, includes, ok } from "./support/assert.js";
import { rejecting, reply } from "./support/responders.js";
import { mentions } from "./support/secrets.js";
import { createSuite } from "./support/suite.js";

export const suite = createSuite();
const { test, testEach } = suite;

class PlainError extends Error {
  name = "PlainError";
  details = [{ attempt: 1, at: null }, "x"];
}

const systemError = () =>
  Object.assign(new Error("connect ECONNREFUSED 127.0.0.1:443"), {
    errno: -111,
    code: "ECONNREFUSED",
    syscall: "connect",
    address: "127.0.0.1",
    port: 443,
  });

function ringOfErrors() {
  const ring = new Error("ring");
  return Object.assign(ring, { cause: new Error("next", { cause: ring }), all: [ring] });
}

/** As errors of Node have it. */
function errorWithOwnToString() {
  const error = new TypeError("Invalid URL");
  return Object.defineProperty(error, "toString", { value: () => "TypeError: Invalid URL" });
}

/** As errors of undici have it. */
class SocketError extends Error {
  code = "UND_ERR_SOCKET";
  socket = { localPort: 1, remoteFamily: undefined, bytesWritten: 7 };
  get [Symbol.for("undici.error.UND_ERR_SOCKET")]() {
    return true;
  }
}

testEach(
  "a plain cause is passed on as it is",
  [
    new TypeError("fetch failed", { cause: systemError() }),
    new AggregateError([systemError(), systemError()], "all failed"),
    new PlainError("plain"),
    new SocketError("other side closed"),
    errorWithOwnToString(),
    ringOfErrors(),
    new DOMException("aborted", "AbortError"),
    Object.assign(new Error("symbol"), { [Symbol("kind")]: true }),
    { code: 7, list: [[], { deep: { deeper: 10n } }] },
    Object.create(null, { gone: { value: true, enumerable: false } }),
    [],
    "gone",
  ],
  async ({ mockFetch, expectFailure }, value) => {
    mockFetch(rejecting(value));
    equal((await expectFailure({ maxAttempts: 1 })).cause, value, "cause");
  },
);

class Holder {
  /** @type {string} */
  #token;

  constructor(/** @type {string} */ token) {
    this.#token = token;
  }

  toString() {
    return this.#token;
  }
}

class HoldingError extends Error {
  /** @type {string} */
  #token;

  constructor(/** @type {string} */ token) {
    super("holding");
    this.#token = token;
  }

  get secret() {
    return this.#token;
  }
}

class TellingError extends HoldingError {
  toString() {
    return this.secret;
  }
}

class HoldingArray extends Array {}

/**
 * Values that hold a token, each with the class that is named in its place.
 * @type {[hide: (token: string) => any, name: string][]}
 */
const hidden = [
  [(token) => new Map([[1, token]]), "Map"],
  [(token) => new Set([token]), "Set"],
  [(token) => new Headers({ "x-other": token }), "Headers"],
  [(token) => new Request("https://example.com", { headers: { a: token } }), "Request"],
  [(token) => new Response(null, { headers: { a: token } }), "Response"],
  [(token) => new URL(`https://example.com/?${token}`), "URL"],
  [(token) => new URLSearchParams(token), "URLSearchParams"],
  [(token) => new String(token), "String"],
  [(token) => Symbol(token), "Symbol"],
  [(token) => new TextEncoder().encode(token), "Uint8Array"],
  [(token) => () => token, "Function"],
  [(token) => new Holder(token), "Holder"],
  [(token) => HoldingArray.of(token), "HoldingArray"],
  [(token) => Promise.resolve(token), "Promise"],
  [(token) => Object.create({ token }), "Object"],
  [(token) => Object.create({ toString: () => token }), "Object"],
];

testEach(
  "in the place of a value that may hold the token stands an error that names its class",
  hidden,
  async ({ token, mockFetch, expectFailure }, [hide, name]) => {
    const value = hide(token);
    for (const thrown of [
      value,
      { deep: [value] },
      new Error("outer", { cause: value }),
      new AggregateError([new Error("inner"), value], "outer"),
      Object.assign(new Error("outer"), { response: value }),
    ]) {
      mockFetch(rejecting(thrown));
      const { cause } = await expectFailure({ maxAttempts: 1 });
      ok(cause instanceof Error && cause !== thrown, "an error stands in its place");
      const message = `A value of class ${name} was thrown, which can't be shown: it may hold the token.`;
      equal(cause.message, message);
    }
  },
);

testEach(
  "an error whose class tells the token is replaced",
  /** @type {((token: string) => any)[]} */ ([
    (token) => new HoldingError(token),
    (token) => new TellingError(token),
    (token) =>
      new (class extends Error {
        toJSON() {
          return { token };
        }
      })("telling"),
    (token) => new DOMException(token, "AbortError"),
    (token) => new DOMException("name", token),
  ]),
  async ({ token, mockFetch, expectFailure }, create) => {
    mockFetch(rejecting(create(token)));
    const { cause } = await expectFailure({ maxAttempts: 1 });
    equal(cause.message, "What was thrown quotes the token.");
  },
);

testEach(
  "a cause that has a getter or throws when it is read is replaced",
  [
    {
      get own() {
        return "may be another text each time";
      },
    },
    Object.defineProperty(new Error("x"), "own", { get: () => "may be another text each time" }),
    new Proxy({}, { ownKeys: () => fail("hands off") }),
    new Proxy({ a: 1 }, { getOwnPropertyDescriptor: () => fail("hands off") }),
    new (class extends Error {
      get detail() {
        return fail("hands off");
      }
    })("x"),
    Object.assign(new Error("x"), { toString: () => fail("hands off") }),
  ],
  async ({ mockFetch, expectFailure }, value) => {
    mockFetch(rejecting(value));
    const { cause } = await expectFailure({ maxAttempts: 1 });
    equal(cause.message, "What was thrown can't be read: it may hold the token.");
  },
);

const million = 1_000_000;

testEach(
  "a cause that is too large is given up at once",
  [
    Array.from({ length: million }, (_, index) => index),
    Object.assign([], { length: 1e9 }),
    { list: new Array(4_294_967_295) },
    Array.from({ length: 600 }, (_, index) => ({ index })),
    new Error("x".repeat(70_000)),
    { ["k".repeat(70_000)]: 1 },
    ["x".repeat(40_000), "y".repeat(40_000)],
  ],
  async ({ mockFetch, expectFailure }, value) => {
    mockFetch(rejecting(value));
    const start = performance.now();
    const { cause } = await expectFailure({ maxAttempts: 1 });
    ok(performance.now() - start < 1_000, "it takes less than a second");
    equal(cause.message, "What was thrown is too large to search for the token.");
  },
);

test("an array is not read once its length is known to be too much", async ({
  token,
  origin,
  mockFetch,
  call,
}) => {
  const reads = { count: 0 };
  const array = new Proxy(new Array(million), {
    get: (target, key) => {
      reads.count += 1;
      return Reflect.get(target, key);
    },
  });
  mockFetch(rejecting({ array }));
  await call(token, "id", { endpoint: origin, maxAttempts: 1 });
  ok(reads.count < 2_000, `it was read ${reads.count} times`);
});

test("the code of a cause that is replaced is kept", async ({
  token,
  mockFetch,
  expectFailure,
}) => {
  const certificate = { raw: new Uint8Array(8) };
  const inner = Object.assign(new Error("altname"), {
    code: "ERR_TLS_CERT_ALTNAME_INVALID",
    certificate,
  });
  mockFetch(rejecting(new TypeError("fetch failed", { cause: inner })));
  const { cause } = await expectFailure({ maxAttempts: 1 });
  includes(cause.message, "Uint8Array");
  equal(cause.code, "ERR_TLS_CERT_ALTNAME_INVALID");
  mockFetch(rejecting(Object.assign(new Error("code"), { code: token })));
  equal(Object.hasOwn((await expectFailure({ maxAttempts: 1 })).cause, "code"), false);
});

test("a cause of a token function is checked though its token is not known", async ({
  token,
  mockFetch,
  expectFailure,
}) => {
  mockFetch(reply(200));
  const { cause } = await expectFailure({}, () => {
    throw new Headers({ authorization: token });
  });
  includes(cause.message, "Headers");
  ok(!mentions(cause, token), "the token is nowhere in it");
});
