// Options that don't exist: the error names them, suggests what was meant, and never shows the token.

import assert from "node:assert/strict";
import { before, beforeEach, test } from "node:test";
import { fresh, project, rejection } from "./installed.mjs";

const TOKEN = "marked-token$&-7Q";

let folder;
let pat;
let requests;

before(async () => {
  folder = await project("option-names");
});

beforeEach(async (/** @type {any} */ t) => {
  pat = await fresh(folder);
  requests = 0;
  t.mock.method(globalThis, "fetch", async () => {
    requests += 1;
    return new Response(null, { status: 503 });
  });
});

const CALLS = {
  deleteAccessToken: (options, token) => pat.deleteAccessToken(token, "id", options),
  listAccessTokens: (options, token) => pat.listAccessTokens(token, options).next(),
  deleteAccessTokens: (options, token) => pat.deleteAccessTokens(token, ["id"], options).next(),
};

/**
 * The message with which an option of this name is refused, before anything is sent.
 * @param {string} name
 * @param {{ of?: string, token?: unknown }} [call]
 */
async function refusal(name, { of = "deleteAccessToken", token = TOKEN } = {}) {
  const error = await rejection(CALLS[of]({ [name]: 1 }, token));
  assert.ok(error instanceof pat.CodeCatalystError, `${error}`);
  const { attempts, retryable, outcomeUnknown } = error;
  assert.deepEqual(
    { name: error.name, attempts, retryable, outcomeUnknown },
    { name: "InvalidArgumentError", attempts: 0, retryable: false, outcomeUnknown: false },
  );
  assert.equal(requests, 0);
  return error.message;
}

// ------------------------------------------------------------------- suggestions

const TYPOS = {
  timeoutMS: "timeoutMs",
  timeout: "timeoutMs",
  timeoutms: "timeoutMs",
  TIMEOUTMS: "timeoutMs",
  tiemoutMs: "timeoutMs",
  tiemotMs: "timeoutMs",
  maxAttempt: "maxAttempts",
  maxattempts: "maxAttempts",
  maxAtempts: "maxAttempts",
  maxAtemps: "maxAttempts",
  Endpoint: "endpoint",
  endPoint: "endpoint",
  endpiont: "endpoint",
  endpont: "endpoint",
  endpoints: "endpoint",
  signals: "signal",
  Signal: "signal",
  singal: "signal",
};

test("a typo is refused with the option that was meant", async () => {
  for (const [name, meant] of Object.entries(TYPOS)) {
    assert.equal(await refusal(name), `options.${name} is not an option. Did you mean ${meant}?`);
  }
});

const LIKE_NO_OTHER = [
  "",
  "retries",
  "region",
  "ms",
  "sig",
  "x",
  "€",
  "0",
  "ключ",
  "😀",
  "endpt",
  "maxRetries",
  "abortSignal",
  "toString",
  "constructor",
  "__proto__",
];

const COMMON = "endpoint, signal, timeoutMs, maxAttempts, fetch, onRetry";

test("a name like no other is refused with the list of the options", async () => {
  for (const name of LIKE_NO_OTHER) {
    const expected = `options.${name} is not an option. The options are ${COMMON}.`;
    assert.equal(await refusal(name), expected);
  }
});

const LISTS = {
  deleteAccessToken: COMMON,
  listAccessTokens: `${COMMON}, pageSize`,
  deleteAccessTokens: `${COMMON}, concurrency`,
};

for (const [of, list] of Object.entries(LISTS)) {
  test(`${of} has its own options, and refuses any other`, async () => {
    for (const name of ["retries", "pageSize", "concurrency"]) {
      if (list.includes(name)) continue;
      const expected = `options.${name} is not an option. The options are ${list}.`;
      assert.equal(await refusal(name, { of }), expected);
    }
  });
}

test("the options of one function alone are suggested, too", async () => {
  assert.match(await refusal("pagesize", { of: "listAccessTokens" }), /Did you mean pageSize\?$/);
  assert.match(
    await refusal("concurency", { of: "deleteAccessTokens" }),
    /Did you mean concurrency\?$/,
  );
});

// ------------------------------------------------------------------------- names

/** Every character that can be printed, in names of up to 30. */
function* printableNames() {
  let name = "";
  for (let code = 0x21; code <= 0x10ffff; code += 1) {
    const char = String.fromCodePoint(code);
    if (/[\p{L}\p{M}\p{N}\p{P}\p{S}]/u.test(char)) name += char;
    if (Array.from(name).length < 30) continue;
    yield name;
    name = "";
  }
}

test("an option is refused by its name, whatever that is", async () => {
  let count = 0;
  for (const name of printableNames()) {
    const message = await refusal(name, { of: "listAccessTokens" });
    assert.ok(message.startsWith(`options.${name} is not an option. `), message);
    count += 1;
  }
  assert.ok(count > 4_000, `${count} names`);
});

const UNPRINTABLE = ["x".repeat(100_000), "a\nb\0c\u2028d\x7f\u202e", "\n", "", "\ud83d"];

test("the message stays one short line, whatever the name is", async () => {
  for (const token of [TOKEN, () => TOKEN]) {
    for (const name of UNPRINTABLE) {
      const message = await refusal(name, { token });
      assert.match(message, /^options\.[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]* is not an option\. /u);
      assert.ok(message.length <= 1_000, `${message.length}`);
    }
  }
});

test("a name is shown up to 64 characters", async () => {
  const message = await refusal("x".repeat(65));
  assert.match(message, /^options\.x{64}(?!x)/);
});

test("an option that throws while it is read is named only if there is one of that name", async () => {
  const ofName = async (name) => {
    const options = Object.defineProperty({}, name, { get: () => assert.fail("no") });
    return (await rejection(CALLS.deleteAccessToken(options, TOKEN))).message;
  };
  assert.equal(await ofName("signal"), "options.signal could not be read: it threw.");
  assert.equal(await ofName(TOKEN), "options could not be read: it threw.");
});

test("the token is not shown where it was passed as a name", async () => {
  const names = [
    TOKEN,
    `Bearer ${TOKEN}`,
    `${TOKEN}${TOKEN}`,
    `${"x".repeat(60)}${TOKEN}`,
    TOKEN.replace("-", "-\0"),
    TOKEN.replace("-", "\n-"),
  ];
  for (const of of Object.keys(CALLS)) {
    for (const name of names) {
      const message = await refusal(name, { of });
      assert.ok(!message.includes("marked"), message);
      assert.match(message, /^options\.(?:Bearer |x*)\[tok/);
    }
  }
});

test("a token of eight characters is not shown either", async () => {
  const message = await refusal("xx12345678xx", { token: "12345678" });
  assert.match(message, /^options\.xx\[token\]xx is not an option/);
});

test("a token so short that any name could hold it is no secret", async () => {
  assert.match(await refusal("timeout", { token: "time" }), /^options\.timeout is not an option/);
});

// -------------------------------------------------------------------------- types

/** @type {[name: string, value: unknown, message: string][]} */
const WRONG_TYPES = [
  ["endpoint", 7, "options.endpoint must be a string or a URL, not number."],
  ["endpoint", { searchParams: {} }, "options.endpoint must be a string or a URL, not object."],
  ["timeoutMs", "7", "options.timeoutMs must be a number, not string."],
  ["fetch", {}, "options.fetch must be a function, not object."],
  ["signal", 7, "options.signal must be an AbortSignal, not number."],
];

test("an option of the wrong type is refused with the one that is expected", async () => {
  for (const [name, value, expected] of WRONG_TYPES) {
    const { message } = await rejection(CALLS.deleteAccessToken({ [name]: value }, TOKEN));
    assert.equal(message, expected);
  }
});
