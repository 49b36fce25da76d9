// Deleting what a list gives, where a deletion moves the tokens behind it up.

import assert from "node:assert/strict";
import { before, beforeEach, test } from "node:test";
import { sample, startService } from "../../pkg-template/testing/index.js";
import { all, fresh, project } from "./installed.mjs";

let pat;
let service;

before(async () => {
  pat = await fresh(await project("list-and-delete"));
});

beforeEach(async (/** @type {any} */ t) => {
  service = await startService();
  const { close } = service;
  t.after(() => close());
  service.pagesByPosition = true;
});

const options = () => ({ endpoint: service.url, pageSize: 3 });
const list = () => pat.listAccessTokens(sample.bearer, options());
const remove = (ids) => all(pat.deleteAccessTokens(sample.bearer, ids, { endpoint: service.url }));

async function* idsOf(tokens) {
  for await (const { id } of tokens) yield id;
}

test("ids that are collected first are all deleted, though the service counts pages by position", async () => {
  const ids = await all(idsOf(list()));
  const results = await remove(ids);
  assert.equal(results.length, sample.tokens.length);
  assert.deepEqual(await all(list()), []);
});

// Why index.d.ts and README.md say to collect them.
test("a list that is read while its tokens are deleted skips some of them there", async () => {
  const results = await remove(idsOf(list()));
  assert.ok(results.length < sample.tokens.length, `${results.length} were deleted`);
  assert.equal((await all(list())).length, sample.tokens.length - results.length);
});
