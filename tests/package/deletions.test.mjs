// Many deletions at the package's front door: how many at once, in which order, and how the loop around them ends.

import assert from "node:assert/strict";
import { before, beforeEach, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { sample, startService } from "../../www/service.mjs";
import { all, fresh, project, rejection, script } from "./installed.mjs";

const ENDPOINT = "https://service.example";

let folder;
let pat;
let fetched; // the requests that are under way, each with a function that answers it

before(async () => {
  folder = await project("deletions");
  pat = await fresh(folder);
});

beforeEach((/** @type {any} */ t) => {
  fetched = [];
  t.mock.method(globalThis, "fetch", (url, { signal }) => {
    return new Promise((resolve, reject) => {
      const id = url.slice(url.lastIndexOf("/") + 1);
      const answer = (status = 200, headers = {}) =>
        resolve(new Response("{}", { status, headers }));
      signal.addEventListener("abort", () => reject(signal.reason));
      fetched.push({ id, signal, answer });
    });
  });
});

// An origin of its own for each call, so that none spends what others need.
let origins = 0;
const remove = (ids, options = {}, /** @type {any} */ token = "token") => {
  origins += 1;
  return pat.deleteAccessTokens(token, ids, { endpoint: `${ENDPOINT}:${origins}`, ...options });
};

const ids = (count) => Array.from({ length: count }, (_, index) => `id-${index}`);

/** Waits until so many requests have been sent, and as long again for more. */
async function sent(count) {
  while (fetched.length < count) await pause();
  for (let turn = 0; turn < 20; turn += 1) await pause();
  assert.deepEqual(fetched.length, count);
}

/**
 * Answers every request as it comes.
 * @param {any} t
 * @param {(id: string) => number} [status]
 */
function answering(t, status = () => 200) {
  const seen = [];
  t.mock.method(globalThis, "fetch", async (url) => {
    const id = url.slice(url.lastIndexOf("/") + 1);
    seen.push(id);
    return new Response("{}", { status: status(id) });
  });
  return seen;
}

// ---------------------------------------------------------------------- results

test("each result says what became of its id, as soon as it is known", async () => {
  const results = remove(["a", "b", "c"], { maxAttempts: 1 });
  const steps = [results.next(), results.next(), results.next()];
  await sent(3);
  fetched[2].answer(200, { "x-amzn-requestid": "r" });
  assert.deepEqual((await steps[0]).value, {
    id: "c",
    status: "deleted",
    attempts: 1,
    alreadyDeleted: false,
    requestId: "r",
  });
  fetched[0].answer(404);
  const { error, ...failed } = (await steps[1]).value;
  assert.deepEqual(failed, { id: "a", status: "failed" });
  assert.ok(error instanceof pat.CodeCatalystError);
  assert.equal(error.name, "ResourceNotFoundException");
  fetched[1].answer();
  assert.equal((await steps[2]).value.id, "b");
  assert.deepEqual(await results.next(), { done: true, value: undefined });
});

test("what fails does not end the others", async (t) => {
  answering(t, (id) => (id === "id-3" ? 403 : 200));
  const results = await all(remove(ids(9)));
  assert.deepEqual(
    results.filter(({ status }) => status === "failed").map(({ id }) => id),
    ["id-3"],
  );
  assert.equal(results.length, 9);
});

test("an id that comes twice is sent once", async (t) => {
  const seen = answering(t);
  assert.equal((await all(remove(["a", "b", "a", "a", "c", "b"]))).length, 3);
  assert.deepEqual(seen.sort(), ["a", "b", "c"]);
});

test("an id that can't be one fails by itself, and is not sent", async (t) => {
  const seen = answering(t);
  const results = await all(remove(["a", "", "..", 7, undefined, null, "x".repeat(37), "b"]));
  const failed = results.filter(({ status }) => status === "failed");
  assert.deepEqual(
    failed.map(({ id }) => id),
    ["", "..", 7, undefined, null, "x".repeat(37)],
  );
  assert.ok(
    failed.every(({ error }) => error.name === "InvalidArgumentError" && error.attempts === 0),
  );
  assert.deepEqual(seen.sort(), ["a", "b"]);
});

test("no ids are no results", async () => {
  assert.deepEqual(await all(remove([])), []);
});

// -------------------------------------------------------------------- how many

for (const { most, ...options } of [
  { most: 4 },
  { concurrency: 1, most: 1 },
  { concurrency: 9, most: 9 },
  { concurrency: null, most: 4 },
]) {
  test(`with ${JSON.stringify(options)} at most ${most} are under way`, async () => {
    const ended = all(remove(ids(20), options));
    for (let answered = 0; answered < 20; answered += 1) {
      await sent(Math.min(20, most + answered));
      fetched[answered].answer();
    }
    assert.equal((await ended).length, 20);
  });
}

test("results that nobody takes hold the work back", async (t) => {
  const seen = answering(t);
  const results = remove(ids(100), { concurrency: 3 });
  await results.next();
  for (let turn = 0; turn < 50; turn += 1) await pause();
  assert.ok(seen.length <= 4, `${seen.length} were sent for one result that was taken`);
  assert.equal((await all(results)).length, 99);
});

test("of 10,000 ids from an async source none is read before there is room for it", async (t) => {
  answering(t);
  let read = 0;
  let taken = 0;
  let ahead = 0;
  async function* source() {
    for (; read < 10_000; read += 1) {
      ahead = Math.max(ahead, read - taken);
      yield `id-${read}`;
    }
  }
  for await (const { status } of remove(source())) taken += status === "deleted" ? 1 : 0;
  assert.equal(taken, 10_000);
  assert.ok(ahead <= 5, `${ahead} ids were read ahead`);
});

test("a slow source keeps no result waiting", async () => {
  let more;
  const waiting = new Promise((resolve) => (more = resolve));
  async function* source() {
    yield "a";
    await waiting;
    yield "b";
  }
  const results = remove(source());
  const first = results.next();
  await sent(1);
  fetched[0].answer();
  assert.equal((await first).value.id, "a");
  const second = results.next();
  more();
  await sent(2);
  fetched[1].answer();
  assert.equal((await second).value.id, "b");
  assert.equal((await results.next()).done, true);
});

test("any iterable will do: an array, a set, a generator, an async one", async (t) => {
  answering(t);
  function* generator() {
    yield* ["a", "b"];
  }
  async function* later() {
    yield* ["a", "b"];
  }
  for (const source of [
    ["a", "b"],
    new Set(["a", "b"]),
    generator(),
    later(),
    new Map([
      ["a", 1],
      ["b", 2],
    ]).keys(),
  ]) {
    assert.deepEqual((await all(remove(source))).map(({ id }) => id).sort(), ["a", "b"]);
  }
});

test("the token function is asked before each attempt", async (t) => {
  let asked = 0;
  const failing = new Set(["id-1"]);
  answering(t, (id) => (failing.delete(id) ? 503 : 200));
  const token = () => {
    asked += 1;
    return "token";
  };
  await all(remove(ids(3), {}, token));
  assert.equal(asked, 4);
});

// -------------------------------------------------------------------- throttling

test("after a throttling reply nothing more is sent until the wait is over", async () => {
  const ended = all(remove(ids(6), { concurrency: 2 }));
  await sent(2);
  fetched[0].answer(429, { "retry-after": "1" });
  fetched[1].answer();
  await sent(2);
  while (fetched.length < 4) await pause(5);
  for (let answered = 2; answered < 7; answered += 1) {
    while (fetched.length <= answered) await pause();
    fetched[answered].answer();
  }
  assert.deepEqual(
    (await ended).map(({ status }) => status),
    Array.from({ length: 6 }, () => "deleted"),
  );
});

// --------------------------------------------------------------------- the end

/** A source that tells whether it has been let go. */
function source(items) {
  const left = { times: 0 };
  const iterator = {
    next: async () => ({ done: items.length === 0, value: items.shift() }),
    return: async () => {
      left.times += 1;
      return { done: true };
    },
    [Symbol.asyncIterator]: () => iterator,
  };
  return { iterator, left };
}

test("a loop that is left starts nothing more, cancels what is under way and lets go of the source", async () => {
  const { iterator, left } = source(ids(20));
  setTimeout(() => fetched[0].answer(), 20);
  for await (const { id } of remove(iterator)) {
    assert.equal(id, "id-0");
    break;
  }
  assert.equal(left.times, 1);
  const count = fetched.length;
  // The first was over: there was nothing to cancel.
  assert.deepEqual(
    fetched.map(({ signal }) => signal.aborted),
    fetched.map((_, index) => index > 0),
  );
  await sent(count);
});

test("it can be left while a step is under way, also by a source that never gives its next id", async () => {
  const stuck = { next: () => new Promise(() => {}), [Symbol.asyncIterator]: () => stuck };
  const results = remove(stuck);
  const step = results.next();
  await pause();
  assert.deepEqual(await results.return(), { done: true, value: undefined });
  assert.deepEqual(await step, { done: true, value: undefined });
});

test("an error that is thrown into it cancels what is under way", async () => {
  const results = remove(ids(9));
  const step = results.next();
  await sent(4);
  fetched[1].answer();
  await step;
  await assert.rejects(results.throw(new Error("mine")), /^Error: mine$/);
  assert.deepEqual(
    fetched.map(({ signal }) => signal.aborted),
    fetched.map((_, index) => index !== 1),
  );
});

test("when the signal fires, what was under way is told, and then why it ends", async () => {
  const controller = new AbortController();
  const told = [];
  const ended = rejection(
    (async () => {
      for await (const { id, error } of remove(ids(9), { signal: controller.signal }))
        told.push([id, error.name, error.outcomeUnknown]);
    })(),
  );
  await sent(4);
  controller.abort("enough");
  const error = await ended;
  assert.deepEqual([error.name, error.cause, error.attempts], ["AbortError", "enough", 0]);
  assert.deepEqual(
    told,
    ids(4).map((id) => [id, "AbortError", true]),
  );
  await sent(4);
});

test("a signal that fires while a source gives nothing ends it all the same", async () => {
  const controller = new AbortController();
  const stuck = { next: () => new Promise(() => {}), [Symbol.asyncIterator]: () => stuck };
  const step = rejection(remove(stuck, { signal: controller.signal }).next());
  await pause();
  controller.abort();
  assert.equal((await step).name, "AbortError");
});

test("a timeout as signal is a TimeoutError for each and for all", async () => {
  const results = remove(ids(2), { signal: AbortSignal.timeout(30) });
  for (const id of ids(2)) {
    const { value } = await results.next();
    assert.deepEqual([value.id, value.error.name], [id, "TimeoutError"]);
  }
  assert.equal((await rejection(results.next())).name, "TimeoutError");
});

test("a signal that has been let go has no listener of ours left", async (t) => {
  answering(t);
  const { signal } = new AbortController();
  let listeners = 0;
  t.mock.method(signal, "addEventListener", () => (listeners += 1));
  t.mock.method(signal, "removeEventListener", () => (listeners -= 1));
  await all(remove(ids(30), { signal }));
  assert.equal(listeners, 0);
});

// --------------------------------------------------------------------- refusals

test("every argument that is refused is a rejected step: no id is read, nothing is sent", async () => {
  const { iterator } = source(["a"]);
  /** @type {[any, any, any, RegExp][]} */
  const table = [
    [7, iterator, {}, /^token must be/],
    ["two words", iterator, {}, /^token must hold visible ASCII/],
    [
      "token",
      iterator,
      { concurrency: 0 },
      /^options\.concurrency must be an integer from 1 to 64, not 0\.$/,
    ],
    ["token", iterator, { concurrency: 65 }, /not more\.$/],
    ["token", iterator, { pageSize: 2 }, /^options\.pageSize is not an option\./],
    ["token", iterator, { concurency: 2 }, /Did you mean concurrency\?$/],
    ["token", iterator, { signal: {} }, /^options\.signal must be an AbortSignal/],
    ["token", iterator, [], /^options must be an object, not array/],
  ];
  for (const [token, source, options, message] of table) {
    const error = await rejection(pat.deleteAccessTokens(token, source, options).next());
    assert.equal(error.name, "InvalidArgumentError");
    assert.match(error.message, message);
  }
  assert.equal((await iterator.next()).value, "a");
  assert.equal(fetched.length, 0);
});

for (const [given, kind] of [
  ["abc", "string"],
  [undefined, "undefined"],
  [null, "null"],
  [7, "number"],
  [{}, "object"],
  [() => {}, "function"],
]) {
  test(`ids that are ${kind === "object" ? "a plain object" : kind} are refused`, async () => {
    const error = await rejection(remove(given).next());
    assert.equal(
      error.message,
      `ids must be an iterable or async iterable of strings, not ${kind}.`,
    );
    assert.deepEqual([error.name, error.attempts, fetched.length], ["InvalidArgumentError", 0, 0]);
  });
}

test("what a source throws ends it, after the results of what was under way, and is the cause", async () => {
  for (const thrown of [new Error("gone"), "gone", undefined, null]) {
    fetched.length = 0;
    async function* broken() {
      yield "a";
      throw thrown;
    }
    const results = remove(broken());
    const step = results.next();
    await sent(1);
    fetched[0].answer();
    assert.equal((await step).value.id, "a");
    const error = await rejection(results.next());
    assert.deepEqual(
      [error.name, error.message],
      ["InvalidArgumentError", "ids could not be read: it threw."],
    );
    assert.ok("cause" in error);
    assert.equal(error.cause, thrown);
  }
});

test("what a source throws does not bring the token along", async () => {
  const token = "marked-token-marked";
  const broken = {
    [Symbol.iterator]: () => ({
      next() {
        throw new Error(`with ${token}`);
      },
    }),
  };
  const error = await rejection(remove(broken, {}, token).next());
  assert.doesNotMatch(JSON.stringify(error) + error.stack + error.cause.stack, /marked-token/);
});

test("sources and signals that are hostile in other ways are no harm", async () => {
  const get = () => {
    throw new Error("no");
  };
  const hostile = [
    Object.defineProperty({}, Symbol.asyncIterator, { get }),
    new Proxy({}, { get }),
    { [Symbol.iterator]: () => 7 },
    { [Symbol.iterator]: () => ({}) },
    { [Symbol.iterator]: () => ({ next: () => undefined }) },
    {
      [Symbol.asyncIterator]: () => ({
        next: () => Promise.reject(new Error("no")),
        get return() {
          return get();
        },
      }),
    },
  ];
  for (const source of hostile)
    assert.equal((await rejection(remove(source).next())).name, "InvalidArgumentError");
  const signal = { aborted: false, addEventListener: get, removeEventListener: get };
  const error = await rejection(remove(["a"], { signal }).next());
  assert.deepEqual(
    [error.name, error.message],
    ["InvalidArgumentError", "options.signal could not be read: it threw."],
  );
});

test("a program ends by itself once its loop does, however it does", async () => {
  const service = await startService();
  const { code, stdout, stderr } = await script(
    folder,
    `
    import { deleteAccessTokens } from "codecatalyst-pat";
    const [, , endpoint, token, ...ids] = process.argv;
    for await (const { id } of deleteAccessTokens(${JSON.stringify(sample.bearer)}, ${JSON.stringify(sample.tokens.map(({ id }) => id))}, { endpoint: ${JSON.stringify(service.url)} })) {
      console.log(id);
      break;
    }`,
  );
  await service.close();
  assert.deepEqual([stderr, code, stdout.split("\n").length], ["", 0, 2]);
});
