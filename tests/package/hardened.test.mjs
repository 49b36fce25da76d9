// Hosts whose built-ins are frozen: Node's --frozen-intrinsics, and SES, on which LavaMoat builds.

import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { before, test } from "node:test";
import { sample, startService } from "../../pkg-template/testing/index.js";
import { node, project } from "./installed.mjs";

let folder;

before(async () => {
  folder = await project("hardened");
  await writeFile(join(folder, "calls.mjs"), CALLS);
  await writeFile(join(folder, "frozen.mjs"), FROZEN);
  await writeFile(join(folder, "lockdown.mjs"), 'import "ses";\nlockdown();\n');
});

/** Everything that the package has for callers, once. */
const CALLS = `
  import assert from "node:assert/strict";
  import * as pat from "codecatalyst-pat";

  const [endpoint, token] = process.argv.slice(2);
  const options = { endpoint };
  const rejection = (promise) => promise.then(() => assert.fail("it resolved"), (error) => error);

  const ids = [];
  for await (const { id } of pat.listAccessTokens(token, options)) ids.push(id);
  assert.ok(ids.length > 4);

  const { attempts } = await pat.deleteAccessToken(async () => ({ token }), ids[0], options);
  assert.equal(attempts, 1);
  const results = [];
  for await (const { id, status, error } of pat.deleteAccessTokens(token, ids.slice(0, 3), options))
    results.push([id, error?.name ?? status]);
  assert.deepEqual(results.sort(), [
    [ids[0], "ResourceNotFoundException"],
    [ids[1], "deleted"],
    [ids[2], "deleted"],
  ].sort());

  const error = await rejection(pat.deleteAccessToken(token, ids[0], options));
  assert.ok(error instanceof pat.CodeCatalystError);
  assert.equal(JSON.parse(JSON.stringify(error)).name, "ResourceNotFoundException");
  assert.equal((await rejection(pat.deleteAccessToken(token, ""))).name, "InvalidArgumentError");

  const fetch = (url, { signal }) => new Promise((resolve, reject) => {
    if (url.endsWith(ids[3])) resolve(new Response("{}"));
    else signal.addEventListener("abort", () => reject(signal.reason));
  });
  const left = pat.deleteAccessTokens(token, ids.slice(3), { endpoint, fetch });
  assert.equal((await left.next()).value.id, ids[3]);
  assert.equal((await left.return("left")).value, "left");
  const thrown = new Error("thrown in");
  const list = pat.listAccessTokens(token, options);
  assert.equal(await rejection(list.throw(thrown)), thrown);

  const { signal } = new AbortController();
  const seen = [];
  const unanswered = { endpoint, signal, fetch: async () => { throw new Error("gone"); }, onRetry: (event) => seen.push(event) };
  assert.equal((await rejection(pat.deleteAccessToken(token, "id", unanswered))).name, "NetworkError");
  assert.deepEqual(seen.map(({ attempt }) => attempt), [1, 2]);
  const aborted = { endpoint, signal: AbortSignal.abort("enough") };
  assert.equal((await rejection(pat.listAccessTokens(token, aborted).next())).cause, "enough");
  console.log("all is well");
`;

/** Whoever freezes by hand rarely leaves a prototype out. */
const FROZEN = `
  const generator = Object.getPrototypeOf(async function* () {}).prototype;
  const classes = [Object, Function, Array, Error, TypeError, Promise, Map, Set, WeakMap, RegExp, String, Number, Symbol, Date];
  for (const { prototype } of classes) Object.freeze(prototype);
  for (const prototype of [generator, Object.getPrototypeOf(generator)]) Object.freeze(prototype);
`;

for (const [host, args] of Object.entries({
  "with --frozen-intrinsics": ["--frozen-intrinsics"],
  "after SES lockdown": ["--import", "./lockdown.mjs"],
  "with frozen prototypes": ["--import", "./frozen.mjs"],
})) {
  test(`everything works ${host}`, async (t) => {
    const service = await startService();
    t.after(() => service.close());
    const call = [join(folder, "calls.mjs"), service.url, sample.bearer];
    const { stdout, stderr, code } = await node(folder, ["--no-warnings", ...args, ...call]);
    assert.deepEqual([stderr, code, stdout.split("\n").at(-2)], ["", 0, "all is well"]);
  });
}
