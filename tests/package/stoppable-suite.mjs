// What the tests of stoppable runs share: a fetch that waits to be answered.

import assert from "node:assert/strict";
import { join } from "node:path";
import { before, beforeEach } from "node:test";
import { setImmediate as turn } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { fresh, packageIn, project } from "./installed.mjs";

let pat;
export let stoppable;
/** The requests that wait for an answer, by id. */
let waiting;
export let sentCount;

/** @param {string} name of the suite */
export function setUpSuite(name) {
  let folder;
  before(async () => {
    folder = await project(name);
    stoppable = await import(pathToFileURL(join(packageIn(folder), "stoppable.js")).href);
  });
  beforeEach(async (/** @type {any} */ t) => {
    pat = await fresh(folder);
    waiting = new Map();
    sentCount = 0;
    t.mock.method(globalThis, "fetch", held);
  });
}

/** Waits to be answered. */
function held(url, { signal }) {
  sentCount += 1;
  return new Promise((resolve, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason));
    waiting.set(decodeURIComponent(url.slice(url.lastIndexOf("/") + 1)), { resolve, reject });
  });
}

export const ids = (count) => Array.from({ length: count }, (_, index) => `id-${index}`);

/**
 * Begins a run. `results` fills while it goes on, and `ended` resolves at its end.
 * @param {any} source of the ids
 * @param {any} [options] of the run, and `getToken`
 */
export function begin(source, { getToken = async () => "token", ...options } = {}) {
  const run = new stoppable.StoppableRun(pat.deleteAccessTokens);
  const results = [];
  const consume = async () => {
    for await (const result of run.run(getToken, source, options)) results.push(result);
  };
  return { run, results, ended: consume() };
}

/** Waits until so many requests have been sent, and for some time for more. */
export async function sent(count) {
  while (sentCount < count) await turn();
  for (let more = 0; more < 50; more += 1) await turn();
  assert.equal(sentCount, count);
}

/** What the service, or whoever stands before it, answers. */
export async function answer(id, status = 200, { body = "{}", headers = {} } = {}) {
  while (!waiting.has(id)) await turn();
  waiting.get(id).resolve(new Response(body, { status, headers }));
  waiting.delete(id);
  for (let more = 0; more < 50; more += 1) await turn();
}

export const refuse = (id, status, name) =>
  answer(id, status, { body: '{"message":"No."}', headers: { "x-amzn-errortype": name } });

export const loseReply = (id) => waiting.get(id).reject(new TypeError("fetch failed"));

export const statuses = (results) =>
  results.map(({ id, status, error }) => [id, error?.outcomeUnknown ? "unknown" : status]);

export const timers = () =>
  process.getActiveResourcesInfo().filter((name) => name === "Timeout").length;
