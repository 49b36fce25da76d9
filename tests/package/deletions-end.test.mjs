// deleteAccessTokens: how it ends, and what it refuses.

import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { sample, startService } from "../../pkg-template/testing/index.js";
import {
  answering,
  fetched,
  folder,
  ids,
  pat,
  remove,
  sent,
  setUpSuite,
} from "./deletions-suite.mjs";
import { all, rejection, script } from "./installed.mjs";

setUpSuite("deletions-end");

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
  sent(4).then(() => fetched[0].answer());
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

test("whoever leaves the loop waits until the source has cleaned up", async () => {
  const { iterator } = source(ids(20));
  let isClean = false;
  iterator.return = async () => {
    await pause(50);
    isClean = true;
    return { done: true };
  };
  sent(4).then(() => fetched[0].answer());
  for await (const _ of remove(iterator)) break;
  assert.equal(isClean, true);
});

test("it can be left while a step is under way, also by a source that never gives its next id", async () => {
  const stuck = { next: () => new Promise(() => {}), [Symbol.asyncIterator]: () => stuck };
  const results = remove(stuck);
  const step = results.next();
  await pause();
  assert.deepEqual(await results.return(), { done: true, value: undefined });
  assert.deepEqual(await step, { done: true, value: undefined });
});

test("it can be left while a source that can't be let go of yet is asked for its next id", async () => {
  const results = remove(
    (async function* stuck() {
      yield await new Promise(() => {});
    })(),
  );
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

test("a source that the same signal ends doesn't hide why it ends", async () => {
  const controller = new AbortController();
  const { signal } = controller;
  const next = () =>
    new Promise((_, reject) => {
      signal.addEventListener("abort", () => reject(new Error("aborted, too")));
    });
  const step = rejection(remove({ [Symbol.asyncIterator]: () => ({ next }) }, { signal }).next());
  await pause();
  controller.abort("enough");
  const { name, cause } = await step;
  assert.deepEqual([name, cause], ["AbortError", "enough"]);
});

test("a signal ends it without waiting for a source that never finishes cleaning up", async () => {
  const { iterator } = source(ids(20));
  iterator.return = () => new Promise(() => {});
  const controller = new AbortController();
  const results = remove(iterator, { signal: controller.signal });
  const step = results.next();
  await sent(4);
  controller.abort();
  await step;
  for (const _ of ids(3)) await results.next();
  assert.equal((await rejection(results.next())).name, "AbortError");
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
    ["two words", iterator, {}, /^token must be one word/],
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

test("a source whose step is no object ends it", async () => {
  for (const step of [7, undefined]) {
    const error = await rejection(
      remove({ [Symbol.iterator]: () => ({ next: () => step }) }).next(),
    );
    assert.equal(error.name, "InvalidArgumentError");
    assert.equal(error.cause.message, `Iterator result ${step} is not an object`);
  }
});

test("a source that isn't asynchronous gives its ids in one turn", async () => {
  let turn = 0;
  const turns = [];
  const next = () => {
    queueMicrotask(() => (turn += 1));
    turns.push(turn);
    return { done: turns.length > 4, value: `id-${turns.length}` };
  };
  const results = remove({ [Symbol.iterator]: () => ({ next }) });
  results.next();
  await sent(4);
  assert.deepEqual(
    turns,
    turns.map(() => turns[0]),
  );
  await results.return();
});

test("without MessageChannel a timer gives other tasks their turn", async (t) => {
  t.mock.method(globalThis, "fetch", async () => new Response("{}"));
  const { MessageChannel } = globalThis;
  t.after(() => Object.assign(globalThis, { MessageChannel }));
  // @ts-expect-error: jsdom has none
  globalThis.MessageChannel = undefined;
  assert.equal((await all(remove(ids(2_500)))).length, 2_500);
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
