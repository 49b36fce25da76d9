// Objects of another realm: as from a `node:vm` context, a frame, or Jest's sandbox. None of them is
// an `instanceof` ours. tests/boundary/realms.js does the same with the objects of a frame.

import assert from "node:assert/strict";
import { before, test } from "node:test";
import { createContext, runInContext } from "node:vm";
import { all, fresh, project, rejection } from "./installed.mjs";

let folder;
let pat;

before(async () => {
  folder = await project("realms");
  pat = await fresh(folder);
});

// A context has no classes of a host: these are as they would be there.
const HOST_CLASSES = `
  class URL {
    get href() { return "https://service.example/prefix"; }
    get searchParams() { return {}; }
  }
  class AbortController {
    signal = { aborted: false, listeners: new Set(),
      addEventListener(_, listener) { this.listeners.add(listener); },
      removeEventListener(_, listener) { this.listeners.delete(listener); } };
    abort(reason) {
      Object.assign(this.signal, { aborted: true, reason });
      for (const listener of this.signal.listeners) listener();
    }
  }
  const headers = new Map([["x-amzn-requestid", "r-1"]]);
  const respond = async (url) => url.includes("gone") ? { status: 404, headers } : { status: 200, headers };`;

/** Evaluates an expression in a realm of its own. */
function foreign(expression) {
  const context = createContext({});
  return runInContext(`${HOST_CLASSES}\n(${expression})`, context);
}

test("options, a token function, a URL, a signal, fetch and promises can be of another realm", async () => {
  const urls = [];
  const options = foreign(
    "({ endpoint: new URL(), signal: new AbortController().signal, fetch: respond, timeoutMs: 1000 })",
  );
  const { fetch } = options;
  options.fetch = (url, init) => {
    urls.push(url);
    return fetch(url, init);
  };
  const tokens = ['() => "token"', 'async () => "token"', 'async () => ({ token: "token" })'];
  for (const token of tokens) {
    const output = await pat.deleteAccessToken(foreign(token), "id", options);
    assert.deepEqual(output, { attempts: 1, alreadyDeleted: false, requestId: "r-1" });
  }
  assert.deepEqual([...new Set(urls)], ["https://service.example/prefix/v1/accessTokens/id"]);
});

test("a signal of another realm ends the call", async () => {
  const controller = foreign("new AbortController()");
  const options = { signal: controller.signal, fetch: () => new Promise(() => {}) };
  const ended = rejection(pat.deleteAccessToken("token", "id", options));
  await new Promise(setImmediate);
  controller.abort("enough");
  const { name, cause } = await ended;
  assert.deepEqual([name, cause], ["AbortError", "enough"]);
});

for (const ids of [
  '["a", "b"]',
  'new Set(["a", "b"])',
  '(function* () { yield* ["a", "b"]; })()',
  '(async function* () { yield* ["a", "b"]; })()',
  '({ [Symbol.iterator]: () => ["a", "b"].values() })',
]) {
  test(`ids can be of another realm: ${ids}`, async () => {
    const results = await all(
      pat.deleteAccessTokens("token", foreign(ids), foreign("({ fetch: respond })")),
    );
    assert.deepEqual(results.map(({ id, status }) => [id, status]).sort(), [
      ["a", "deleted"],
      ["b", "deleted"],
    ]);
  });
}

test("an error of another realm is a cause", async () => {
  const options = foreign('{ maxAttempts: 1, fetch: () => { throw new TypeError("foreign"); } }');
  const error = await rejection(pat.deleteAccessToken("token", "id", options));
  assert.deepEqual([error.name, error.cause.message], ["NetworkError", "foreign"]);
});

test("an array of another realm is refused as options by its type", async () => {
  const { message } = await rejection(pat.deleteAccessToken("token", "id", foreign("[]")));
  assert.equal(message, "options must be an object, not array.");
});
