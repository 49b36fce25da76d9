// A script that is done ends by itself: no timer, no listener and no request of ours keeps Node waiting.

import assert from "node:assert/strict";
import { before, test } from "node:test";
import { sample, startService } from "../../pkg-template/testing/index.js";
import { project, script } from "./installed.mjs";

const ID = sample.tokens[0].id;

let folder;

before(async () => {
  folder = await project("exit");
});

/**
 * Makes one call in a process of its own, which never calls process.exit. It tells what still keeps it alive after the call and
 * which listeners are left on its signal. A limit of an hour: nobody would overlook that its timer is forgotten.
 * @param {any} service
 * @param {{ options?: object, prepare?: string }} call
 */
const child = (service, { options, prepare = "" }) => `
  import { getEventListeners } from "node:events";
  import { deleteAccessToken } from "codecatalyst-pat";

  const send = globalThis.fetch;
  const controller = new AbortController();
  ${prepare}
  const options = { endpoint: "${service.url}", signal: controller.signal, timeoutMs: 3_600_000, ...${JSON.stringify(options ?? {})} };
  const said = { outcome: "never settled" };
  // Written at the very end, so that the writing itself keeps nothing alive.
  process.once("exit", (code) => process.stdout.write(JSON.stringify({ ...said, code })));

  const ended = deleteAccessToken("${sample.bearer}", "${ID}", options);
  said.outcome = await ended.then(() => "resolved", (error) => error.name);
  said.listeners = getEventListeners(controller.signal, "abort").length;
  said.timers = process.getActiveResourcesInfo().filter((name) => name === "Timeout");
  // Node puts a connection aside some turns after its answer has been read.
  for (let turn = 0; turn < 20; turn += 1) await new Promise(setImmediate);
  said.connections = process.getActiveResourcesInfo().filter((name) => name.startsWith("TCP"));`;

const CLEAN = { listeners: 0, timers: [], connections: [], code: 0 };

const ABORT_WHILE_SENDING =
  "globalThis.fetch = (...given) => (setImmediate(() => controller.abort()), send(...given));";
const ABORT_WHILE_WAITING = `
  globalThis.fetch = async (...given) => {
    const response = await send(...given);
    setTimeout(() => controller.abort(), 50);
    return response;
  };`;

/** @type {Record<string, { faults?: object[], options?: object, prepare?: string, outcome: string }>} */
const ENDS = {
  "a success": { outcome: "resolved" },
  "a success at the second attempt": { faults: [{ status: 503 }], outcome: "resolved" },
  "a success whose answer is long": {
    faults: [{ status: 200, body: { more: "x".repeat(300_000) } }],
    outcome: "resolved",
  },
  "a refusal": {
    faults: [{ status: 403, name: "AccessDeniedException" }],
    outcome: "AccessDeniedException",
  },
  "a refused argument": { options: { maxAttempts: 0 }, outcome: "InvalidArgumentError" },
  "a broken connection": {
    faults: [{ cut: "before" }],
    options: { maxAttempts: 1 },
    outcome: "NetworkError",
  },
  "a body that broke off": {
    faults: [{ status: 500, cut: "body" }],
    options: { maxAttempts: 1 },
    outcome: "NetworkError",
  },
  "a redirect": {
    faults: [{ status: 302, headers: { location: "/" } }],
    outcome: "UnexpectedResponseError",
  },
  "an attempt that took too long": {
    faults: [{ delayMs: 2 ** 30 }],
    options: { maxAttempts: 1, timeoutMs: 200 },
    outcome: "TimeoutError",
  },
  "a pause that is too long to wait for": {
    faults: [{ status: 429, headers: { "retry-after": "3600" } }],
    outcome: "ThrottlingException",
  },
  "an abort of a request": {
    faults: [{ delayMs: 2 ** 30 }],
    prepare: ABORT_WHILE_SENDING,
    outcome: "AbortError",
  },
  "an abort of the wait for a retry": {
    faults: [{ status: 503, headers: { "retry-after": "19" } }],
    prepare: ABORT_WHILE_WAITING,
    outcome: "AbortError",
  },
};

for (const [what, { faults = [], outcome, ...call }] of Object.entries(ENDS)) {
  test(`after ${what} a script ends by itself`, async (t) => {
    const service = await startService();
    t.after(() => service.close());
    service.faults.push(.../** @type {any[]} */ (faults));
    const { stdout, stderr, code } = await script(folder, child(service, call));
    assert.deepEqual([stderr, code], ["", 0]);
    assert.deepEqual(JSON.parse(stdout), { outcome, ...CLEAN });
  });
}

// ------------------------------------------------------------------------- uncaught errors

/** @type {Record<string, { code: string, type: "cjs" | "mjs", env?: NodeJS.ProcessEnv }>} */
const UNCAUGHT = {
  "after import": { code: 'import { deleteAccessToken } from "codecatalyst-pat";', type: "mjs" },
  "after import of streaming": {
    code: 'import { deleteAccessToken } from "codecatalyst-pat/streaming";',
    type: "mjs",
  },
  "after require without ES modules": {
    code: 'const { deleteAccessToken } = require("codecatalyst-pat");',
    type: "cjs",
    env: { NODE_OPTIONS: "--no-experimental-require-module" },
  },
};

for (const [when, { code: load, ...options }] of Object.entries(UNCAUGHT)) {
  test(`${when}, an uncaught error shows a line of ours that can be read`, async () => {
    const code = `${load}\ndeleteAccessToken("token", "");\n`;
    const { code: exit, stdout, stderr } = await script(folder, code, options);
    assert.deepEqual([stdout, exit], ["", 1]);
    // No control characters but line ends, and nothing that is not ASCII: these are a terminal's bytes.
    assert.match(stderr, /^[\x20-\x7e\n]+$/);
    const [place, line, marker, blank, ...rest] = stderr.split("\n");
    assert.match(place, /codecatalyst-pat\/(client\.js|index\.cjs):\d+$/);
    assert.equal(line.trim(), "throw new CodeCatalystError(properties);");
    assert.deepEqual([marker.trim(), blank], ["^", ""]);
    const [report, ...frames] = rest;
    assert.match(report, /^CodeCatalystError \[InvalidArgumentError\]: id must have /);
    assert.match(
      frames.join("\n"),
      /^(?: {4}at [^\n]+\n)+ {2}attempts: 0,\n[\s\S]*\n\}\n\nNode\.js v/,
    );
    for (const shown of stderr.split("\n")) assert.ok(shown.length < 300, shown);
  });
}
