// Thrown values: every call rejects with a CodeCatalystError, whose cause is the thrown value.

import { deepEqual, equal, hasCause, includes } from "./support/assert.js";
import { anything, customSignal } from "./support/host-values.js";
import { encode, rejecting, reply, streaming, throwing } from "./support/responders.js";
import { createSuite } from "./support/suite.js";

export const suite = createSuite();
const { test, testEach } = suite;

testEach(
  "a value thrown by fetch is the cause",
  anything,
  async ({ mockFetch, expectFailure }, value) => {
    mockFetch(throwing(value));
    const failure = await expectFailure({ maxAttempts: 1 });
    equal(failure.name, "NetworkError");
    equal(failure.outcomeUnknown, true);
    hasCause(failure, value);
  },
);

testEach(
  "a value that fetch rejects with is the cause",
  anything,
  async ({ mockFetch, expectFailure }, value) => {
    mockFetch(rejecting(value));
    const failure = await expectFailure({ maxAttempts: 1 });
    equal(failure.name, "NetworkError");
    equal(failure.outcomeUnknown, true);
    hasCause(failure, value);
  },
);

testEach(
  "the last thrown value is the cause",
  anything,
  async ({ mockFetch, expectFailure }, value) => {
    mockFetch(throwing(new Error("before")), reply(503), throwing(value));
    hasCause(await expectFailure(), value);
  },
);

test("a value thrown before a response is not its cause", async ({ mockFetch, expectFailure }) => {
  mockFetch(throwing("before"), reply(400, '{"message": "no"}'));
  const failure = await expectFailure();
  equal(failure.name, "ValidationException");
  equal(Object.hasOwn(failure, "cause"), false);
});

testEach(
  "an error of a response body is the cause",
  anything,
  async ({ mockFetch, expectFailure }, value) => {
    mockFetch(streaming(500, { start: (body) => body.error(value) }));
    const failure = await expectFailure({ maxAttempts: 1 });
    equal(failure.name, "NetworkError");
    equal(failure.status, 500);
    hasCause(failure, value);
  },
);

testEach(
  "a later error of a response body is the cause",
  anything,
  async ({ mockFetch, expectFailure }, value) => {
    let pulls = 0;
    const pull = (/** @type {any} */ body) => {
      pulls += 1;
      if (pulls > 2) body.error(value);
      else body.enqueue(encode("{"));
    };
    mockFetch(streaming(500, { pull }));
    hasCause(await expectFailure({ maxAttempts: 1 }), value);
  },
);

testEach(
  "an error of a 2xx body that has begun is ignored",
  anything,
  async ({ mockFetch, expectSuccess }, value) => {
    let pulls = 0;
    const pull = (/** @type {ReadableStreamDefaultController} */ body) => {
      pulls += 1;
      if (pulls > 1) body.error(value);
      else body.enqueue(encode("{"));
    };
    mockFetch(streaming(200, { pull }));
    deepEqual(await expectSuccess(), { attempts: 1, alreadyDeleted: false });
  },
);

testEach(
  "a value thrown by the token function is the cause",
  anything,
  async ({ expectFailure }, value) => {
    const failure = await expectFailure({}, () => {
      throw value;
    });
    equal(failure.name, "InvalidArgumentError");
    includes(failure.message, "token");
    hasCause(failure, value);
  },
);

testEach(
  "a value that the token function rejects with is the cause",
  anything,
  async ({ expectFailure }, value) => {
    const failure = await expectFailure({}, async () => {
      throw value;
    });
    equal(failure.name, "InvalidArgumentError");
    includes(failure.message, "token");
    equal(failure.outcomeUnknown, false);
    hasCause(failure, value);
  },
);

testEach(
  "a later failure of the token function leaves the outcome unknown",
  anything,
  async ({ token, mockFetch, expectFailure }, value) => {
    let calls = 0;
    mockFetch(reply(503));
    const failure = await expectFailure({}, () => {
      calls += 1;
      if (calls > 1) throw value;
      return token;
    });
    equal(failure.attempts, 1);
    equal(failure.outcomeUnknown, true);
    hasCause(failure, value);
  },
);

testEach(
  "a value thrown by an option is the cause and the option is named",
  anything,
  async ({ token, expectRefusal }, value) => {
    for (const name of ["endpoint", "signal", "timeoutMs", "maxAttempts"]) {
      const failure = await expectRefusal(token, "id", {
        get [name]() {
          throw value;
        },
      });
      includes(failure.message, `options.${name}`);
      hasCause(failure, value);
    }
  },
);

testEach(
  "a value thrown by the options object is the cause",
  anything,
  async ({ token, expectRefusal }, value) => {
    const traps = [
      { ownKeys: throwing(value) },
      { ownKeys: () => ["timeoutMs"], get: throwing(value) },
    ];
    for (const trap of [...traps, new Proxy({}, { get: () => throwing(value) })]) {
      const failure = await expectRefusal(token, "id", new Proxy({}, trap));
      includes(failure.message, "options");
      hasCause(failure, value);
    }
  },
);

testEach(
  "a value thrown when adding a listener is the cause",
  anything,
  async ({ expectFailure }, value) => {
    const signal = customSignal({ addEventListener: throwing(value) });
    const failure = await expectFailure({ signal });
    equal(failure.attempts, 0);
    hasCause(failure, value);
  },
);

testEach(
  "a value thrown when removing a listener is ignored",
  anything,
  async ({ token, mockFetch, expectSuccess }, value) => {
    mockFetch(reply(503), reply(200));
    const signal = customSignal({ removeEventListener: throwing(value) });
    equal((await expectSuccess({ signal }, () => token)).attempts, 2);
  },
);

testEach(
  "a value thrown by a host api is the cause",
  anything,
  async ({ stub, expectFailure }, value) => {
    for (const api of ["setTimeout", "AbortController"]) {
      const before = Reflect.get(globalThis, api);
      stub(globalThis, api, function throwValue() {
        throw value;
      });
      const failure = await expectFailure();
      stub(globalThis, api, before);
      equal(failure.name, "NetworkError", api);
      equal(failure.attempts, 0, api);
      hasCause(failure, value, api);
    }
  },
);

testEach(
  "values thrown by optional host apis are ignored",
  anything,
  async ({ mockFetch, stub, expectSuccess }, value) => {
    mockFetch(reply(503), reply(200));
    stub(Math, "random", throwing(value));
    stub(Date, "now", throwing(value));
    const { clearTimeout } = globalThis;
    stub(globalThis, "clearTimeout", (/** @type {any} */ timer) => {
      clearTimeout(timer);
      throw value;
    });
    equal((await expectSuccess()).attempts, 2);
  },
);
