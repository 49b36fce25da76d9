// Requests that Node proves were never sent: over real sockets, and in the command line.

import assert from "node:assert/strict";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer } from "node:net";
import { before, test } from "node:test";
import { createServer as createTlsServer } from "node:tls";
import { run } from "./cli-program.mjs";
import { fresh, project, rejection } from "./installed.mjs";

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

// -------------------------------------------------------------------- the command line

test("the command line says why there is no connection, and points out the proxy variable", async () => {
  const endpoint = `http://127.0.0.1:${await freePort()}`;
  const env = { AWS_BEARER_TOKEN_CODECATALYST: BEARER };
  const list = (more) =>
    run(folder, ["list", "--endpoint", endpoint], { env: { ...env, ...more } });
  const { code, stderr } = await list({ HTTPS_PROXY: "http://proxy.example:8080" });
  assert.equal(code, 1);
  assert.match(stderr, /nothing was sent \(ECONNREFUSED\)\. HTTPS_PROXY is set/);
  assert.doesNotMatch((await list({})).stderr, /PROXY/);
});

test("so does the summary of deletions", async () => {
  const endpoint = `http://127.0.0.1:${await freePort()}`;
  const HTTPS_PROXY = "http://proxy.example:8080";
  const env = { AWS_BEARER_TOKEN_CODECATALYST: BEARER, HTTPS_PROXY };
  const args = ["delete", "a", "b", "--yes", "--endpoint", endpoint];
  const { code, stderr } = await run(folder, args, { env });
  assert.equal(code, 1);
  assert.match(stderr, /2 failed\.\nHTTPS_PROXY is set/);
});
