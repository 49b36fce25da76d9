// Requests that Node proves were never sent: over real sockets, and in the command line.

import assert from "node:assert/strict";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { before, test } from "node:test";
import { createServer as createTlsServer } from "node:tls";
import { run } from "./cli-program.mjs";
import { fresh, packageIn, project, rejection } from "./installed.mjs";

const BEARER = "marked-bearer:0123456789";

let folder;
let pat;

before(async () => {
  folder = await project("not-sent");
  pat = await fresh(folder);
});

/** A server on a port of its own; gives the port. */
async function listen(t, server) {
  await once(server.listen(0, "127.0.0.1"), "listening");
  t.after(() => server.close());
  return server.address().port;
}

/** A port that nothing listens on. */
async function freePort() {
  const server = createServer();
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  await once(server.close(), "close");
  return port;
}

const failure = (endpoint, options) =>
  rejection(pat.deleteAccessToken(BEARER, "id", { endpoint, ...options }));

const codeOf = (error) => error.toJSON().cause.cause?.code;

for (const host of ["127.0.0.1", "localhost"]) {
  test(`a refused connection to ${host} leaves the outcome known`, async () => {
    const error = await failure(`http://${host}:${await freePort()}`);
    assert.deepEqual(
      [error.name, error.attempts, error.outcomeUnknown, codeOf(error)],
      ["NetworkError", 3, false, "ECONNREFUSED"],
    );
    assert.match(error.message, /nothing was sent/);
  });
}

test("a certificate that is not accepted leaves the outcome known, and the message tells what to do", async (t) => {
  const [key, cert] = await Promise.all(
    ["key", "cert"].map((name) =>
      readFile(new URL(`fixtures/self-signed/${name}.pem`, import.meta.url)),
    ),
  );
  const server = createTlsServer({ key, cert }, () => assert.fail("a request came"));
  const error = await failure(`https://127.0.0.1:${await listen(t, server)}`);
  assert.deepEqual(
    [error.name, error.outcomeUnknown, codeOf(error)],
    ["NetworkError", false, "DEPTH_ZERO_SELF_SIGNED_CERT"],
  );
  assert.match(error.message, /NODE_EXTRA_CA_CERTS/);
});

test("a connection that is closed after the request leaves the outcome unknown", async (t) => {
  const server = createServer((socket) => socket.once("data", () => socket.destroy()));
  const error = await failure(`http://127.0.0.1:${await listen(t, server)}`);
  assert.deepEqual([error.name, error.outcomeUnknown], ["NetworkError", true]);
});

test("a connection that is closed before the request is not told from one after it", async (t) => {
  const server = createServer((socket) => socket.destroy());
  const error = await failure(`http://127.0.0.1:${await listen(t, server)}`, { maxAttempts: 1 });
  assert.equal(error.outcomeUnknown, true);
});

test("many deletions without a connection fail, and none is unknown", async () => {
  const endpoint = `http://127.0.0.1:${await freePort()}`;
  const outcomes = [];
  for await (const { error } of pat.deleteAccessTokens(BEARER, ["a", "b", "c"], { endpoint }))
    outcomes.push(error.outcomeUnknown);
  assert.deepEqual(outcomes, [false, false, false]);
});

// -------------------------------------------------------------- a proxy that Node ignores

/** @returns {Promise<(process: any) => string>} */
const hintFunction = async () =>
  (await import(join(packageIn(folder), "cli/proxy-hint.js"))).proxyHint;

const NEW = new Set(["--use-env-proxy"]);
const OLD = new Set();
const IGNORED = "HTTPS_PROXY is set, but Node ignores it: set NODE_USE_ENV_PROXY=1 too.";

test("a proxy variable that Node ignores is pointed out, with what to do", async () => {
  const proxyHint = await hintFunction();
  const hint = (env, flags = NEW, execArgv = /** @type {string[]} */ ([])) =>
    proxyHint({ env, execArgv, allowedNodeEnvironmentFlags: flags });
  const HTTPS_PROXY = "http://proxy.example:8080";
  assert.equal(hint({ HTTPS_PROXY }), IGNORED);
  assert.equal(hint({ https_proxy: HTTPS_PROXY }), IGNORED.replace("HTTPS_PROXY", "https_proxy"));
  assert.match(hint({ HTTPS_PROXY }, OLD), /Node 22\.21 and newer/);
  assert.match(hint({ HTTPS_PROXY, NODE_USE_ENV_PROXY: "1" }, OLD), /Node 22\.21/);
  for (const silent of [
    hint({}),
    hint({ HTTPS_PROXY: "" }),
    hint({ HTTP_PROXY: HTTPS_PROXY }),
    hint({ HTTPS_PROXY, NODE_USE_ENV_PROXY: "1" }),
    hint({ HTTPS_PROXY, NODE_OPTIONS: "--enable-source-maps --use-env-proxy" }),
    hint({ HTTPS_PROXY }, NEW, ["--use-env-proxy"]),
  ])
    assert.equal(silent, "");
});

test("the command line says why there is no connection, and points out the proxy variable", async () => {
  const endpoint = `http://127.0.0.1:${await freePort()}`;
  const env = { AWS_BEARER_TOKEN_CODECATALYST: BEARER };
  const list = (more) =>
    run(folder, ["list", "--endpoint", endpoint], { env: { ...env, ...more } });
  const { code, stderr } = await list({ HTTPS_PROXY: "http://proxy.example:8080" });
  assert.equal(code, 1);
  assert.match(
    stderr,
    /nothing was sent \(ECONNREFUSED\)\. HTTPS_PROXY is set, but Node ignores it/,
  );
  assert.doesNotMatch((await list({})).stderr, /PROXY/);
});

test("so does the summary of deletions", async () => {
  const endpoint = `http://127.0.0.1:${await freePort()}`;
  const HTTPS_PROXY = "http://proxy.example:8080";
  const env = { AWS_BEARER_TOKEN_CODECATALYST: BEARER, HTTPS_PROXY };
  const args = ["delete", "a", "b", "--yes", "--endpoint", endpoint];
  const { code, stderr } = await run(folder, args, { env });
  assert.equal(code, 1);
  assert.match(stderr, /2 failed\.\nHTTPS_PROXY is set, but Node ignores it/);
});
