// Runs of deletions that can be stopped, as the command line, the dashboard and the extension make them.

import assert from "node:assert/strict";
import { test } from "node:test";
import { rejection } from "./installed.mjs";
import {
  answer,
  begin,
  ids,
  loseReply,
  refuse,
  sent,
  sentCount,
  setUpSuite,
  statuses,
  timers,
} from "./stoppable-suite.mjs";

setUpSuite("stoppable");

/** Ids that come when the test says so, from a source that is asked one after the other. */
function liveIds(...first) {
  /** @type {any} */
  const source = { closed: 0, askedWhileStopping: 0 };
  const next = () => {
    if (source.run?.isStopping) source.askedWhileStopping += 1;
    if (first.length > 0) return Promise.resolve({ done: false, value: first.shift() });
    return new Promise((resolve) => {
      source.give = (value) => resolve({ done: false, value });
    });
  };
  const close = async () => {
    source.closed += 1;
  };
  return Object.assign(source, { [Symbol.asyncIterator]: () => ({ next, return: close }) });
}

/** A stop that waits for its limit then waits for ever. */
const stopTheClock = (t) => t.mock.timers.enable({ apis: ["setTimeout"] });

test("a run that nobody stops gives each result, with the options of the caller", async () => {
  const { run, results, ended } = begin(ids(3), { concurrency: 2 });
  await sent(2);
  assert.equal(run.underWayCount, 2);
  for (const id of ids(3)) await answer(id);
  await ended;
  assert.deepEqual(statuses(results), [
    ["id-0", "deleted"],
    ["id-1", "deleted"],
    ["id-2", "deleted"],
  ]);
  assert.deepEqual([run.isStopping, run.underWayCount, run.refusal], [false, 0, undefined]);
});

test("after a stop nothing new begins, and what was sent gets its reply", async () => {
  const { run, results, ended } = begin(ids(9));
  await sent(4);
  run.stop();
  run.stop();
  assert.deepEqual([run.isStopping, run.underWayCount], [true, 4]);
  for (const id of ids(4)) await answer(id);
  await ended;
  assert.equal(sentCount, 4);
  assert.deepEqual(
    statuses(results),
    ids(4).map((id) => [id, "deleted"]),
  );
  assert.equal(timers(), 0);
});

test("the wait to tell of counts the attempts of the options, and ends with the deletion", async () => {
  const heard = [];
  const options = { concurrency: 1, maxAttempts: 5, onRetry: ({ id }) => heard.push(id) };
  const { run, results, ended } = begin(ids(1), options);
  assert.equal(run.wait, undefined);
  await answer("id-0", 503, { headers: { "retry-after": "9" } });
  assert.deepEqual([run.wait.attempt, run.wait.maxAttempts, heard], [2, 5, ["id-0"]]);
  run.abort();
  await ended;
  assert.deepEqual([run.wait, results.length], [undefined, 1]);
});

test("the fetch of the options is used", async () => {
  const { results, ended } = begin(ids(1), { fetch: async () => new Response("{}") });
  await ended;
  assert.deepEqual([statuses(results), sentCount], [[["id-0", "deleted"]], 0]);
});

test("a run with nothing under way ends as soon as it is stopped", async (t) => {
  stopTheClock(t);
  const { run, results, ended } = begin(liveIds());
  await sent(0);
  run.stop();
  await ended;
  assert.deepEqual(results, []);
});

test("a token that comes after the stop sends nothing", async (t) => {
  stopTheClock(t);
  let give;
  const later = new Promise((resolve) => {
    give = () => resolve("token");
  });
  const getToken = () => (sentCount === 0 ? "token" : later);
  const { run, results, ended } = begin(ids(2), { getToken, concurrency: 2 });
  await sent(1);
  run.stop();
  give();
  await sent(1);
  await answer("id-0");
  await ended;
  assert.deepEqual([statuses(results)[0], sentCount], [["id-0", "deleted"], 1]);
});

test("the source of the ids is neither asked nor closed after a stop", async () => {
  const source = liveIds("id-0", "id-1");
  const { run, ended } = begin(source, { concurrency: 1 });
  source.run = run;
  await sent(1);
  run.stop();
  await answer("id-0");
  await ended;
  assert.deepEqual([source.askedWhileStopping, source.closed, sentCount], [0, 0, 1]);
});

test("an id that comes after the stop is dropped", async () => {
  const source = liveIds("id-0");
  const { run, results, ended } = begin(source);
  await sent(1);
  run.stop();
  source.give("late");
  await sent(1);
  await answer("id-0");
  await ended;
  assert.deepEqual([statuses(results), sentCount], [[["id-0", "deleted"]], 1]);
});

// --------------------------------------------------------------- unresolved deletions

test("a deletion whose reply got lost asks again after the stop, so that it is known", async () => {
  const { run, results, ended } = begin(ids(9), { concurrency: 1 });
  await sent(1);
  loseReply("id-0");
  run.stop();
  await sent(2);
  assert.equal(run.underWayCount, 1);
  await refuse("id-0", 404, "ResourceNotFoundException");
  await ended;
  assert.equal(results[0].alreadyDeleted, true);
  assert.equal(sentCount, 2);
});

test("while it asks again, an id that comes after the stop is dropped, too", async () => {
  const source = liveIds("id-0");
  const { run, results, ended } = begin(source);
  await sent(1);
  loseReply("id-0");
  await sent(1);
  run.stop();
  source.give("late");
  await sent(2);
  await answer("id-0");
  await ended;
  assert.deepEqual([statuses(results), sentCount], [[["id-0", "deleted"]], 2]);
});

test("a deletion of which a reply has told that nothing happened doesn't ask again", async () => {
  const { run, results, ended } = begin(ids(9), { concurrency: 1 });
  await sent(1);
  await refuse("id-0", 429, "ThrottlingException");
  assert.equal(run.underWayCount, 0);
  run.stop();
  await ended;
  assert.deepEqual(statuses(results), [["id-0", "failed"]]);
  assert.equal(sentCount, 1);
});

test("a reply after the stop that tells that nothing happened ends the run at once", async () => {
  const { run, results, ended } = begin(ids(9), { concurrency: 1 });
  await sent(1);
  run.stop();
  await refuse("id-0", 429, "ThrottlingException");
  assert.deepEqual(statuses(results), [["id-0", "failed"]]);
  await ended;
  assert.equal(sentCount, 1);
});

test("a deletion that is to wait for longer than a stop lasts is given up, and unknown", async () => {
  for (const [seconds, underWayCount] of [
    [9, 1],
    [10, 0],
  ]) {
    const { run, results, ended } = begin(ids(9), {
      concurrency: 1,
      endpoint: `https://${seconds}.example`,
    });
    await answer("id-0", 503, { headers: { "retry-after": String(seconds) } });
    assert.equal(run.underWayCount, underWayCount);
    run.stop();
    if (underWayCount === 1) run.abort();
    await ended;
    assert.deepEqual(statuses(results), [["id-0", "unknown"]]);
  }
});

test("an id that a URL can't hold as it is counts once, too", async () => {
  const { run, ended } = begin(["a/b ü%"]);
  await sent(1);
  assert.equal(run.underWayCount, 1);
  await answer("a/b ü%");
  await ended;
  assert.equal(run.underWayCount, 0);
});

// ------------------------------------------------------------------------ an early end

test("an abort ends what is under way at once, and that is unknown", async () => {
  for (const isStopped of [false, true]) {
    const { run, results, ended } = begin(ids(9), { concurrency: 1 });
    await sent(isStopped ? 2 : 1);
    if (isStopped) run.stop();
    run.abort();
    await ended;
    assert.equal(run.isStopping, true);
    assert.deepEqual(statuses(results), [["id-0", "unknown"]]);
  }
});

test("a stop lasts 10 seconds at most", async (t) => {
  stopTheClock(t);
  const { run, results, ended } = begin(ids(9), { concurrency: 1, timeoutMs: 60_000 });
  await sent(1);
  run.stop();
  t.mock.timers.tick(9_000);
  run.stop();
  t.mock.timers.tick(999);
  await sent(1);
  assert.deepEqual(results, []);
  t.mock.timers.tick(1);
  await ended;
  assert.deepEqual(statuses(results), [["id-0", "unknown"]]);
});

test("a run that has ended can't be stopped any more", async () => {
  const { run, ended } = begin(ids(1));
  await answer("id-0");
  await ended;
  run.stop();
  run.abort();
  assert.deepEqual([run.isStopping, timers()], [false, 0]);
});

test("what the source of the ids throws ends the run", async () => {
  const next = () => Promise.reject(new Error("no more ids"));
  const { ended } = begin({ [Symbol.asyncIterator]: () => ({ next }) });
  assert.equal((await rejection(ended)).cause.message, "no more ids");
});
