// No object of a caller's can keep the host's other tasks from their turn. A spin through microtasks
// would stop this process for good, so each loop runs in a thread that can be ended from outside.

import assert from "node:assert/strict";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { before, test } from "node:test";
import { Worker } from "node:worker_threads";
import { project } from "./installed.mjs";

/** How long a loop may take whose timer is due after 20 ms. */
const LIMIT_MS = 10_000;

let folder;

before(async () => {
  folder = await project("responsive");
});

/**
 * Runs code in a thread, which knows `pat`, and `isLate()` and `signal` of a timer that was set
 * before. Gives what it returns.
 * @param {string} code
 */
async function run(code) {
  loops += 1;
  const file = join(folder, `loop-${loops}.mjs`);
  await writeFile(
    file,
    `import { parentPort } from "node:worker_threads";
     import * as pat from "codecatalyst-pat";
     await pat.deleteAccessToken("token", "").catch(() => {});
     const { signal } = setUpTimer();
     let fired = false;
     const isLate = () => fired;
     function setUpTimer() {
       const controller = new AbortController();
       setTimeout(() => { fired = true; controller.abort("late"); }, 20);
       return controller;
     }
     const ids = (next) => ({ [Symbol.iterator]: () => ({ next }) });
     const idsLater = (next) => ({ [Symbol.asyncIterator]: () => ({ next: async () => next() }) });
     const fetch = async () => new Response("{}");
     const endOf = (promise) => promise.then(() => "done", ({ name }) => name);
     const loopOver = async (results) => {
       for await (const _ of results) if (fired) return "a timer fired";
       return "done";
     };
     parentPort.postMessage(await (async () => { ${code} })());`,
  );
  const worker = new Worker(file);
  const timer = setTimeout(() => worker.terminate(), LIMIT_MS);
  const ended = once(worker, "exit").then(() => "the thread had to be ended");
  const [result] = await Promise.race([once(worker, "message"), ended.then((text) => [text])]);
  clearTimeout(timer);
  await worker.terminate();
  return result;
}

let loops = 0;

const NEXT = {
  "one id for ever": '() => ({ done: false, value: "a" })',
  "{} for ever": "() => ({})",
  "ever new ids": "(() => { let count = 0; return () => ({ value: String(count++) }); })()",
  "ever new ids that are refused": "() => ({ value: {} })",
  "ever new promises": "() => ({ value: Promise.resolve() })",
};

for (const [what, next] of Object.entries(NEXT)) {
  for (const source of ["ids", "idsLater"]) {
    test(`a source (${source}) that gives ${what} lets a signal end its loop`, async () => {
      const code = `return endOf(loopOver(pat.deleteAccessTokens("token", ${source}(${next}), { fetch, signal })));`;
      assert.match(await run(code), /^(a timer fired|AbortError)$/);
    });
  }
}

const FIRING = `const firing = {
  aborted: false,
  addEventListener: (type, listener) => listener({ type }),
  removeEventListener: () => {},
};`;

for (const [what, call] of Object.entries({
  deleteAccessToken: 'pat.deleteAccessToken("token", "id", options)',
  listAccessTokens: 'pat.listAccessTokens("token", options).next()',
  deleteAccessTokens: 'loopOver(pat.deleteAccessTokens("token", ["a", "b"], options))',
})) {
  test(`a signal that fires whenever it is listened to ends ${what}`, async () => {
    const options =
      "{ fetch: async () => new Response(null, { status: 429 }), signal: firing, maxAttempts: 1e9 }";
    const code = `${FIRING} const options = ${options}; return endOf(${call});`;
    assert.equal(await run(code), "AbortError");
  });
}

const RETRIED = {
  "a fetch that throws at once": 'fetch: () => { throw new Error("no"); }',
  "a fetch that answers at once": "fetch: () => new Response(null, { status: 503 })",
  "an onRetry that returns at once":
    'fetch: () => Promise.reject(new Error("no")), onRetry: () => Promise.resolve()',
};

for (const [what, options] of Object.entries(RETRIED)) {
  test(`${what} and a token function that returns at once let a signal end the call`, async () => {
    const code = `
      for (;;) {
        const end = await endOf(pat.deleteAccessToken(() => "token", "id", { ${options}, maxAttempts: 1e9, signal }));
        if (isLate()) return end;
      }`;
    assert.match(await run(code), /^(AbortError|NetworkError|InternalServerException)$/);
  });
}

test("a list that never ends comes to its end, although each page is there at once", async () => {
  const code = `
    let page = 0;
    const fetch = async () => new Response(JSON.stringify({ items: [], nextToken: String(page++) }));
    return endOf(loopOver(pat.listAccessTokens("token", { fetch })));`;
  assert.equal(await run(code), "UnexpectedResponseError");
});
