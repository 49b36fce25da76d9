// The arguments at the package's front door: read once, in the call, whatever they are.

import assert from "node:assert/strict";
import { before, beforeEach, test } from "node:test";
import { fresh, project, rejection } from "./installed.mjs";

const ENDPOINT = "https://service.example/api";

let folder;
/** @type {any} */
let pat; // not loaded yet: while the module loads, callers go on
let seen; // what was asked of the fetch that stands in for the host's

before(async () => {
  folder = await project("options");
});

beforeEach(async (/** @type {any} */ t) => {
  pat = await fresh(folder);
  seen = [];
  t.mock.method(globalThis, "fetch", async (url, init) => {
    seen.push({ url, init });
    return new Response(null, { status: 503 });
  });
});

const call = (options) => rejection(pat.deleteAccessToken("token", "id", options));

/** Options whose every reading is counted. */
function counted(options) {
  const readings = {};
  const getter = ([name, value]) => ({
    get() {
      readings[name] = (readings[name] ?? 0) + 1;
      return value;
    },
    enumerable: true,
  });
  const entries = Object.entries(options).map((entry) => [entry[0], getter(entry)]);
  return { options: Object.defineProperties({}, Object.fromEntries(entries)), readings };
}

// ------------------------------------------------------------------- read in the call

test("what is changed in the options after the call has no effect on it", async () => {
  const options = { endpoint: ENDPOINT, maxAttempts: 1 };
  const ended = call(options);
  Object.assign(options, {
    endpoint: "https://elsewhere.example",
    maxAttempts: 2,
    timeoutMs: -1,
    unknown: 1,
  });
  assert.equal((await ended).attempts, 1);
  assert.deepEqual(
    seen.map(({ url }) => url),
    [`${ENDPOINT}/v1/accessTokens/id`],
  );
});

test("what is changed in an endpoint that is a URL has no effect either", async () => {
  const endpoint = new URL(ENDPOINT);
  const ended = call({ endpoint, maxAttempts: 1 });
  endpoint.host = "elsewhere.example";
  await ended;
  assert.deepEqual(
    seen.map(({ url }) => url),
    [`${ENDPOINT}/v1/accessTokens/id`],
  );
});

test("each option is read once, before the call returns", async () => {
  const { options, readings } = counted({
    endpoint: ENDPOINT,
    signal: undefined,
    timeoutMs: 1_000,
    maxAttempts: 1,
  });
  const ended = call(options);
  const once = { endpoint: 1, signal: 1, timeoutMs: 1, maxAttempts: 1 };
  assert.deepEqual(readings, once);
  await ended;
  assert.deepEqual(readings, once);
});

test("so it is when the module is loaded already", async () => {
  await rejection(pat.deleteAccessToken("token", ""));
  const { options, readings } = counted({ endpoint: ENDPOINT, maxAttempts: 1 });
  const ended = call(options);
  assert.deepEqual(readings, { endpoint: 1, maxAttempts: 1 });
  await ended;
  assert.deepEqual(readings, { endpoint: 1, maxAttempts: 1 });
});

test("a signal that fires right after the call, while the module loads, ends it before anything is sent", async () => {
  const controller = new AbortController();
  const ended = call({ endpoint: ENDPOINT, signal: controller.signal });
  controller.abort("enough");
  const { name, cause, attempts } = await ended;
  assert.deepEqual([name, cause, attempts, seen], ["AbortError", "enough", 0, []]);
});

const SAY_NOTHING = {
  "are undefined": undefined,
  "are null": null,
  "are an empty object": {},
  "have no prototype": Object.create(null),
  "are absent one by one": {
    endpoint: undefined,
    signal: null,
    timeoutMs: null,
    maxAttempts: undefined,
  },
};

for (const [how, options] of Object.entries(SAY_NOTHING)) {
  test(`options that ${how} mean the defaults`, async () => {
    const { attempts } = await call(options);
    assert.equal(attempts, 3);
    assert.equal(seen[0].url, "https://codecatalyst.global.api.aws/v1/accessTokens/id");
  });
}

const { signal } = new AbortController();

const CALLS = {
  deleteAccessToken: (options) => call(options),
  listAccessTokens: (options) => rejection(pat.listAccessTokens("token", options).next()),
  deleteAccessTokens: (options) => pat.deleteAccessTokens("token", ["id"], options).next(),
};

for (const [name, start] of Object.entries(CALLS)) {
  test(`only own properties are options of ${name}`, async () => {
    const evil = { endpoint: "https://evil.example", fetch: () => assert.fail("it is called") };
    for (const [name, value] of Object.entries(evil))
      Object.defineProperty(Object.prototype, name, {
        value,
        configurable: true,
        enumerable: true,
      });
    try {
      for (const options of [undefined, { maxAttempts: 1 }, { signal, maxAttempts: 1 }])
        await start(options);
    } finally {
      for (const name of Object.keys(evil)) Reflect.deleteProperty(Object.prototype, name);
    }
    await start(Object.create(evil));
    assert.deepEqual(
      seen.filter(({ url }) => !url.startsWith("https://codecatalyst.global.api.aws/")),
      [],
    );
    assert.ok(seen.length >= 4);
  });
}

// ------------------------------------------------------------ what can't be right

const THROWN = new Error("thrown by a getter");
const throwing = (trap) =>
  new Proxy(
    {},
    {
      [trap]: () => {
        throw THROWN;
      },
    },
  );

function revoked(target) {
  const { proxy, revoke } = Proxy.revocable(target, {});
  revoke();
  return proxy;
}

for (const name of ["endpoint", "signal", "timeoutMs", "maxAttempts", "fetch", "onRetry"]) {
  test(`a getter of ${name} that throws is refused by the option's name, with the cause`, async () => {
    const error = await call({
      get [name]() {
        throw THROWN;
      },
    });
    assert.deepEqual([error.name, error.cause], ["InvalidArgumentError", THROWN]);
    assert.match(error.message, new RegExp(`options\\.${name}\\b`));
  });
}

for (const trap of ["ownKeys", "get"]) {
  test(`options whose ${trap} trap throws are refused, with the cause`, async () => {
    const options =
      trap === "get"
        ? new Proxy(
            { timeoutMs: 1 },
            {
              get: () => {
                throw THROWN;
              },
            },
          )
        : throwing(trap);
    const error = await call(options);
    assert.deepEqual([error.name, error.cause], ["InvalidArgumentError", THROWN]);
    assert.match(error.message, /^options/);
  });
}

const NOTHING_GOOD = {
  "a revoked proxy": () => revoked({}),
  "a revoked proxy of a function": () => revoked(() => {}),
  "a proxy whose traps throw": () => throwing("getPrototypeOf"),
  "a symbol": () => Symbol("odd"),
  "a bigint": () => 1n,
  "an array": () => [],
  "an object that can't become a primitive": () => Object.create(null),
  "an object whose text throws": () => ({
    toString() {
      throw THROWN;
    },
    valueOf() {
      throw THROWN;
    },
  }),
};

const PLACES = {
  token: (value) => [value, "id"],
  id: (value) => ["token", value],
  "options.endpoint": (value) => ["token", "id", { endpoint: value }],
  "options.signal": (value) => ["token", "id", { signal: value }],
  "options.timeoutMs": (value) => ["token", "id", { timeoutMs: value }],
  "options.maxAttempts": (value) => ["token", "id", { maxAttempts: value }],
};

for (const [what, value] of Object.entries(NOTHING_GOOD)) {
  test(`${what} is refused by the name of the place where it is given`, async () => {
    for (const [place, given] of Object.entries(PLACES)) await refusedAt(place, given(value()));
  });
}

for (const what of [
  "a revoked proxy",
  "a revoked proxy of a function",
  "a symbol",
  "a bigint",
  "an array",
]) {
  test(`${what} is refused as options`, () =>
    refusedAt("options", ["token", "id", NOTHING_GOOD[what]()]));
}

test("missing arguments are refused by name", async () => {
  await refusedAt("token", []);
  await refusedAt("token", [undefined, "id"]);
  await refusedAt("id", ["token"]);
  await refusedAt("id", ["token", null]);
});

const [HIGH, LOW] = ["\ud83d", "\ude00"];

// The module would read it as U+FFFD, which is another id.
test("a lone surrogate in an id is refused wherever it stands", async () => {
  const parts = [[HIGH], [LOW], ["a", HIGH], [LOW, "a"], ["a", HIGH, "a"], [LOW, HIGH]];
  for (const id of [...parts, [HIGH, HIGH, LOW], ["\ufffd", HIGH]]) {
    const error = await refusedAt("id", ["token", id.join("")]);
    assert.match(error.message, /lone surrogate/);
  }
  for (const id of [HIGH + LOW, "\ufffd"]) {
    await rejection(pat.deleteAccessToken("token", id, { endpoint: ENDPOINT, maxAttempts: 1 }));
    assert.equal(seen.pop().url, `${ENDPOINT}/v1/accessTokens/${encodeURIComponent(id)}`);
  }
});

test("an unknown option is refused by name, and the one that was meant is suggested", async () => {
  const error = await refusedAt("options.timeoutMS", ["token", "id", { timeoutMS: 1 }]);
  assert.match(error.message, /Did you mean timeoutMs\?$/);
  await refusedAt("options.retries", ["token", "id", { retries: 3 }]);
});

/** Nothing is thrown at once, the promise is rejected with an error that names the place, and nothing is sent. */
async function refusedAt(place, given) {
  const error = await settled(pat.deleteAccessToken(...given));
  assert.ok(error instanceof pat.CodeCatalystError, `${place}: ${error}`);
  assert.equal(error.name, "InvalidArgumentError");
  assert.ok(error.message.startsWith(`${place} `), error.message);
  assert.deepEqual(seen, []);
  return error;
}

/** What a promise was rejected with, or what got lost on the way to it: such a promise never settles. */
async function settled(promise) {
  let listener;
  const lost = new Promise((_, reject) => {
    listener = reject;
    process.on("uncaughtException", listener);
  });
  return rejection(Promise.race([promise, lost])).finally(() =>
    process.off("uncaughtException", listener),
  );
}
