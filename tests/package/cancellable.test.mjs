// Iterators that cancel what is under way for them when they are left.

import assert from "node:assert/strict";
import { test } from "node:test";
import { cancellable } from "../../pkg-template/cancellable.js";

/** Notes what is done, in order. */
function recording() {
  /** @type {string[]} */
  const log = [];
  const iterator = cancellable(
    async function* () {
      log.push("began");
      yield 1;
    },
    async () => {
      await undefined;
      log.push("closed");
    },
  );
  return { log, iterator };
}

test("one that is left before its first step begins nothing, and is closed", async () => {
  const { log, iterator } = recording();
  assert.deepEqual(await iterator.return(), { done: true, value: undefined });
  assert.deepEqual(log, ["closed"]);
});

test("an error that is thrown into it comes back once it is closed", async () => {
  const { log, iterator } = recording();
  await iterator.next();
  await assert.rejects(iterator.throw(new Error("mine")), /^Error: mine$/);
  assert.deepEqual(log, ["began", "closed"]);
});
