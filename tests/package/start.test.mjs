// npm start, run as a program.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { text } from "node:stream/consumers";
import { before, test } from "node:test";
import { sample, startService } from "../../pkg-template/testing/index.js";
import { root } from "../../scripts/tools.mjs";
import { clone } from "./clone.mjs";
import { node } from "./installed.mjs";

const PROGRAM = join(root, "scripts/start.mjs");
const [FIRST] = sample.tokens;

const run = (args, env) => node(root, [PROGRAM, ...args], env);

let demonstration; // a run with --once

before(async () => {
  demonstration = await run(["--once"]);
});

test("with --once it lists, deletes one and the expired tokens, shows a failing call, and exits with 0", () => {
  const { code, stdout, stderr } = demonstration;
  assert.deepEqual([stderr, code], ["", 0]);
  assert.match(stdout, /ana has 12 access tokens/);
  assert.match(stdout, new RegExp(`await deleteAccessToken\\(token, "${FIRST.id}"`));
  assert.match(stdout, /✓ deleted, 11 left\n.*attempts: 1, alreadyDeleted: false, requestId: '/);
  assert.match(stdout, /✓ rejects with ResourceNotFoundException: /);
  assert.match(stdout, /outcomeUnknown: false/);
  assert.match(stdout, /of deleteAccessTokens\(token, expired, /);
  assert.match(stdout, /✓ the 4 expired tokens are deleted, 7 left/);
  assert.match(stdout, /Everything worked as expected\.\n$/);
});

test("output that isn't a terminal has no colours, and no path of this machine", () => {
  assert.doesNotMatch(demonstration.stdout, /\x1b/);
  assert.equal(demonstration.stdout.includes(root), false);
});

// Answers some requests itself, so that they have no effect.
const fakeReply = (condition) => `
  const send = globalThis.fetch;
  globalThis.fetch = (url, init) => (${condition} ? Promise.resolve(new Response("{}")) : send(url, init));`;

for (const [what, condition] of [
  ["the deletion of one", 'init?.method === "DELETE"'],
  ["the deletion of the last expired", `String(url).endsWith("${sample.tokens[11].id}")`],
]) {
  test(`an unexpected result of ${what} is reported without a stack, and it exits with 1`, async () => {
    const preload = `--import=data:text/javascript,${encodeURIComponent(fakeReply(condition))}`;
    const { code, stderr } = await run(["--once"], { NODE_OPTIONS: preload });
    assert.equal(code, 1);
    assert.match(stderr, /^Not as expected: /);
    assert.match(stderr, /expected \[?/);
    assert.doesNotMatch(stderr, /\n {4}at /);
  });
}

test("--help describes it, and does nothing else", async () => {
  const { code, stdout, stderr } = await run(["--help"]);
  assert.deepEqual([stderr, code], ["", 0]);
  assert.match(stdout, /^npm start/);
  assert.match(stdout, /--once/);
  assert.doesNotMatch(stdout, /http:\/\//);
});

/** @type {[args: string[], message: RegExp][]} */
const REFUSED = [
  [["--onec"], /^Unknown option '--onec'.*\n$/],
  [["--once", "--upstream", "https://a.example"], /^--once [^\n]*--upstream\n$/],
  [["--upstream", "http://a.example"], /^--upstream needs an https: URL [^\n]*\n$/],
  [["--upstream", "https://user@a.example"], /^--upstream needs a URL without user info[^\n]*\n$/],
  [["--port", "http"], /^--port needs a number[^\n]*\n$/],
  [["--port", "65536"], /^--port needs a number[^\n]*\n$/],
];

for (const [args, message] of REFUSED) {
  test(`invalid arguments, ${args.join(" ")}, are reported in one line`, async () => {
    const { code, stdout, stderr } = await run(args);
    assert.deepEqual([stdout, code], ["", 1]);
    assert.match(stderr, message);
  });
}

test("missing tools are reported without a stack, and it exits with 1", async (t) => {
  const folder = await clone(t);
  // Nothing is found there: no npm, no rustup, no apt-get.
  const { code, stderr } = await node(folder, ["scripts/start.mjs"], { PATH: join(folder, "www") });
  assert.equal(code, 1);
  assert.match(stderr, /^set-up: npm packages failed\. Check /m);
  assert.match(stderr, /^set-up: Rust failed\. Install /m);
  assert.doesNotMatch(stderr, /\n {4}at /);
});

/** Starts it, waits until it has printed everything, and returns that. */
async function startServing(t, ...args) {
  const child = spawn(process.execPath, [PROGRAM, ...args], {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
  });
  t.after(() => child.kill("SIGKILL"));
  const said = [];
  for await (const line of createInterface(child.stdout)) {
    said.push(line);
    if (line.includes("Ctrl-C")) break;
  }
  return { child, said: said.join("\n") };
}

const named = (said, pattern) => pattern.exec(said)?.[1] ?? assert.fail(said);

for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM"])) {
  test(`without --once it serves the page until ${signal}, then exits with 0`, async (t) => {
    const { child, said } = await startServing(t);
    assert.match(said, /pkg\/ is up to date/);
    const page = named(said, /^page\s+(http:\/\/127\.0\.0\.1:\d+)$/m);
    const state = named(said, /^service\s+(http:\/\/\S+\/_service\/state) /m);
    assert.match(await (await fetch(page)).text(), /<h1>CodeCatalyst access tokens<\/h1>/);
    // A new one: what the sample deleted is there to be tried.
    assert.equal((await (await fetch(state)).json()).users.ana.length, 12);
    const stderr = text(child.stderr);
    child.kill(signal);
    const [code] = await once(child, "close");
    assert.deepEqual([await stderr, code], ["", 0]);
    await assert.rejects(fetch(page), TypeError);
  });
}

test("the command it prints deletes the next token", async (t) => {
  const { said } = await startServing(t);
  const folder = named(said, /^terminal\s+cd (\S+)$/m);
  const code = named(said, /^\s+node --input-type=module -e "(.*)"$/m);
  const { stdout, stderr } = await node(join(root, folder), ["--input-type=module", "-e", code]);
  assert.equal(stderr, "");
  assert.match(stdout, /alreadyDeleted: false/);
});

test("with --upstream the page uses that service, on the port given, without the demonstration", async (t) => {
  const service = await startService({
    users: [{ name: "ana", bearer: "some-bearer", tokens: sample.tokens }],
  });
  t.after(() => service.close());
  const port = await freePort();
  const { child, said } = await startServing(t, "--upstream", service.url, "--port", port);
  assert.match(said, new RegExp(`^page\\s+http://127\\.0\\.0\\.1:${port}$`, "m"));
  assert.deepEqual(service.requests, []);
  const headers = { authorization: "Bearer some-bearer" };
  const path = `/v1/accessTokens/${FIRST.id}`;
  assert.equal(
    (await fetch(`http://127.0.0.1:${port}${path}`, { method: "DELETE", headers })).status,
    200,
  );
  assert.equal(service.state().users.ana.length, 11);
  const printed = Promise.all([text(child.stdout), text(child.stderr)]);
  child.kill("SIGINT");
  const [code] = await once(child, "close");
  assert.deepEqual([(await printed).join(""), code], ["\nStopped.\n", 0]);
});

test("a port in use is reported in one line", async (t) => {
  const service = await startService();
  t.after(() => service.close());
  const { code, stderr } = await run(["--upstream", service.url, "--port", String(service.port)]);
  assert.equal(code, 1);
  assert.match(stderr, /^[^\n]*EADDRINUSE[^\n]*\n$/);
});

/** A port that was free a moment ago. */
async function freePort() {
  const service = await startService();
  await service.close();
  return String(service.port);
}
