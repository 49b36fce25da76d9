// Many deletions at the package's front door: how many at once, and in which order.

import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { answering, fetched, ids, pat, remove, sent, setUpSuite } from "./deletions-suite.mjs";
import { all } from "./installed.mjs";

setUpSuite("deletions");

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
