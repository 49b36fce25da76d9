// One signal for any number of calls: one listener of ours is on it, and none is left behind.

import assert from "node:assert/strict";
import { getEventListeners } from "node:events";
import { before, test } from "node:test";
import { all, fresh, project, rejection } from "./installed.mjs";

const CALLS = 1_000;

let folder;
let pat;

before(async () => {
  folder = await project("shared-signals");
  pat = await fresh(folder);
});

/** Is answered when its signal fires, as a host does. */
const hanging = (_url, { signal }) =>
  new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));

const FUNCTIONS = {
  deleteAccessToken: (options) => pat.deleteAccessToken("token", "id", options),
  listAccessTokens: (options) => pat.listAccessTokens("token", options).next(),
  deleteAccessTokens: (options) => all(pat.deleteAccessTokens("token", ["a"], options)),
};

for (const [name, call] of Object.entries(FUNCTIONS)) {
  test(`${CALLS} calls of ${name} put one listener on their signal, and Node has nothing to warn of`, async (t) => {
    const warnings = [];
    const warn = (warning) => warnings.push(warning.message);
    process.on("warning", warn);
    t.after(() => process.off("warning", warn));
    const controller = new AbortController();
    const { signal } = controller;
    const added = t.mock.method(signal, "addEventListener").mock;
    const ends = Array.from({ length: CALLS }, () => rejection(call({ signal, fetch: hanging })));
    while (added.callCount() === 0) await new Promise(setImmediate);
    for (let turn = 0; turn < 20; turn += 1) await new Promise(setImmediate);
    assert.equal(getEventListeners(signal, "abort").length, 1);
    controller.abort("enough");
    for (const { name, cause } of await Promise.all(ends))
      assert.deepEqual([name, cause], ["AbortError", "enough"]);
    assert.equal(added.callCount(), 1);
    assert.equal(getEventListeners(signal, "abort").length, 0);
    assert.deepEqual(warnings, []);
  });
}

for (const [name, call] of Object.entries(FUNCTIONS)) {
  test(`a signal that throws when ${name} listens to it is refused, and nothing is sent`, async (t) => {
    const thrown = new Error("no");
    const addEventListener = () => {
      throw thrown;
    };
    const signal = { aborted: false, addEventListener, removeEventListener: addEventListener };
    const fetch = t.mock.fn(hanging);
    const error = await rejection(call({ signal, fetch }));
    assert.equal(fetch.mock.callCount(), 0);
    assert.deepEqual(
      [error.name, error.message, error.cause, error.attempts],
      ["InvalidArgumentError", "options.signal could not be read: it threw.", thrown, 0],
    );
  });
}

test("a call that ends leaves the listener to the others, and the last one takes it away", async () => {
  const { signal } = new AbortController();
  const answers = [];
  const fetch = () => new Promise((resolve) => answers.push(() => resolve(new Response("{}"))));
  const calls = [1, 2].map((id) => pat.deleteAccessToken("token", String(id), { signal, fetch }));
  while (answers.length < 2) await new Promise(setImmediate);
  for (const [index, answer] of answers.entries()) {
    assert.equal(getEventListeners(signal, "abort").length, 1);
    answer();
    await calls[index];
  }
  assert.equal(getEventListeners(signal, "abort").length, 0);
});

test("a call without a signal is no part of it", async () => {
  const fetch = async () => new Response("{}");
  assert.equal((await pat.deleteAccessToken("token", "id", { fetch })).attempts, 1);
});
