// The name that was probably meant: which typos it is found for, and which are too many.

import assert from "node:assert/strict";
import { test } from "node:test";
import { nearest } from "../../pkg-template/nearest.js";

/** @type {Record<string, [typed: string, meant: string | undefined]>} */
const TYPOS = {
  "a missing character": ["concurency", "concurrency"],
  "two missing characters": ["concurecy", "concurrency"],
  "three missing characters": ["cncurecy", undefined],
  "an additional character": ["conncurrency", "concurrency"],
  "two additional characters": ["conncurrrency", "concurrency"],
  "three additional characters": ["conncurrrencyy", undefined],
  "another character": ["concurrancy", "concurrency"],
  "two other characters": ["cuncurrancy", "concurrency"],
  "three other characters": ["cuncurrancx", undefined],
  "a swap and a missing character": ["cnocurency", "concurrency"],
  "two swaps": ["cnocurrecny", "concurrency"],
  "a swap and two missing characters": ["cnocurecy", undefined],
  "the first four characters": ["conc", "concurrency"],
  "the first three characters": ["con", undefined],
  "a word that goes on after a hyphen": ["signal-to-use", "signal"],
  "another case": ["SIGNAL", "signal"],
  "a short word with as many typos as half of it": ["fo", "foo"],
  "a short word with more typos": ["f", undefined],
  "a word of 64 characters": [`signal-${"x".repeat(57)}`, "signal"],
  "a longer word": [`signal-${"x".repeat(58)}`, undefined],
};

for (const [what, [typed, meant]] of Object.entries(TYPOS)) {
  test(`${what}: ${meant ? `${meant} was meant` : "nothing is suggested"}`, () => {
    assert.equal(nearest(typed, ["concurrency", "signal", "foo"]), meant);
  });
}

test("the word with the fewest typos is suggested, and the first of several", () => {
  assert.equal(nearest("pagesiez", ["pagination", "pageSite", "pageSize"]), "pageSize");
  assert.equal(nearest("maxx", ["maxa", "maxb"]), "maxa");
});
