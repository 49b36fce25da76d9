// Many deletions with a scripted `fetch`, for the suites that test them.

import assert from "node:assert/strict";
import { before, beforeEach } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { fresh, project } from "./installed.mjs";

const ENDPOINT = "https://service.example";

export let folder;
export let pat;
/** The requests that are under way, each with a function that answers it. */
export let fetched;

/** @param {string} name of the suite */
export function setUpSuite(name) {
  before(async () => {
    folder = await project(name);
    pat = await fresh(folder);
  });
  beforeEach((/** @type {any} */ t) => {
    fetched = [];
    t.mock.method(globalThis, "fetch", held);
  });
}

/** Waits to be answered. */
function held(url, { signal }) {
  return new Promise((resolve, reject) => {
    const id = url.slice(url.lastIndexOf("/") + 1);
    const answer = (status = 200, headers = {}) => {
      const body = status === 200 ? "{}" : '{"message": "because"}';
      resolve(new Response(body, { status, headers }));
    };
    signal.addEventListener("abort", () => reject(signal.reason));
    fetched.push({ id, signal, answer });
  });
}

// An origin of its own for each call, so that none spends what others need.
let origins = 0;
export const remove = (ids, options = {}, /** @type {any} */ token = "token") => {
  origins += 1;
  return pat.deleteAccessTokens(token, ids, { endpoint: `${ENDPOINT}:${origins}`, ...options });
};

export const ids = (count) => Array.from({ length: count }, (_, index) => `id-${index}`);

/** Waits until so many requests have been sent, and as long again for more. */
export async function sent(count) {
  while (fetched.length < count) await pause();
  for (let turn = 0; turn < 20; turn += 1) await pause();
  assert.deepEqual(fetched.length, count);
}

/**
 * Answers every request as it comes.
 * @param {any} t
 * @param {(id: string) => number} [status]
 */
export function answering(t, status = () => 200) {
  const seen = [];
  t.mock.method(globalThis, "fetch", async (url) => {
    const id = url.slice(url.lastIndexOf("/") + 1);
    seen.push(id);
    return new Response("{}", { status: status(id) });
  });
  return seen;
}
