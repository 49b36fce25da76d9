// npm start, run as a program.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { before, test } from "node:test";
import { sample, startService } from "../../pkg-template/testing/index.js";
import { root } from "../../scripts/tools.mjs";
import { clone } from "./clone.mjs";
import { node, until } from "./installed.mjs";

const PROGRAM = join(root, "scripts/start.mjs");
const [FIRST] = sample.tokens;

// No browser may open here, whatever the machine has.
const run = (args, env) => node(root, [PROGRAM, ...args], { BROWSER: "/nowhere/browser", ...env });

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
  [["--profile", "work"], /^--profile is for --upstream only\n$/],
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

/** Starts it, waits until the dashboard runs, and gives what it printed and the dashboard's address. */
async function startServing(t, args, env) {
  const child = spawn(process.execPath, [PROGRAM, ...args], {
    cwd: root,
    env: { ...process.env, BROWSER: "/nowhere/browser", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  t.after(() => child.kill("SIGTERM"));
  const printed = { stdout: "", stderr: "" };
  for (const name of /** @type {const} */ (["stdout", "stderr"]))
    child[name].setEncoding("utf8").on("data", (text) => {
      printed[name] += text;
    });
  await until(() => printed.stderr.includes("Ctrl-C") || child.exitCode !== null);
  const address = /^http:.*$/m.exec(printed.stdout)?.[0] ?? assert.fail(printed.stderr);
  return { child, printed, address };
}

for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM"])) {
  test(`without --once it runs the dashboard with sample tokens until ${signal}, then exits with 0`, async (t) => {
    const { child, printed, address } = await startServing(t, []);
    assert.match(printed.stdout, /pkg\/ is up to date/);
    assert.match(printed.stderr, /The dashboard for sample tokens/);
    const cookie = await openAddress(address);
    const page = await fetch(new URL("/", address), { headers: { cookie } });
    assert.match(await page.text(), /<h1>CodeCatalyst access tokens<\/h1>/);
    child.kill(signal);
    const [code] = await once(child, "close");
    assert.deepEqual([code, printed.stderr.endsWith("\nStopped.\n")], [0, true]);
    await assert.rejects(fetch(address), TypeError);
  });
}

/** Opens the dashboard, and gives the cookie of the session. */
async function openAddress(address) {
  const { headers } = await fetch(address, { redirect: "manual" });
  return String(headers.get("set-cookie")).split(";", 1)[0];
}

test("with --upstream the dashboard uses that service, on the port given, without the demonstration", async (t) => {
  const service = await startService({
    users: [{ name: "ana", bearer: "some-bearer", tokens: sample.tokens }],
  });
  t.after(() => service.close());
  const port = await freePort();
  const args = ["--upstream", service.url, "--port", port];
  const env = { AWS_BEARER_TOKEN_CODECATALYST: "some-bearer" };
  const { printed, address } = await startServing(t, args, env);
  assert.equal(new URL(address).port, port);
  assert.match(printed.stderr, /signed in with AWS_BEARER_TOKEN_CODECATALYST/);
  assert.doesNotMatch(printed.stdout, /await deleteAccessToken/);
  assert.deepEqual(service.requests, []);
  const headers = { cookie: await openAddress(address) };
  const path = `/v1/accessTokens/${FIRST.id}`;
  const { status } = await fetch(new URL(path, address), { method: "DELETE", headers });
  assert.deepEqual([status, service.state().users.ana.length], [200, 11]);
});

test("the dashboard's exit code is that of npm start, and its message stands alone", async (t) => {
  const service = await startService();
  t.after(() => service.close());
  const args = ["--upstream", service.url, "--port", String(service.port)];
  const { code, stderr } = await run(args, { AWS_BEARER_TOKEN_CODECATALYST: "some-bearer" });
  assert.equal(code, 1);
  assert.match(stderr, /^codecatalyst-pat: Port \d+ is in use[^\n]*\n$/);
});

/** A port that was free a moment ago. */
async function freePort() {
  const service = await startService();
  await service.close();
  return String(service.port);
}
