// The command line: --debug tells what is sent and answered, and never the token.

import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import { test } from "node:test";
import { BEARER, run } from "./cli-program.mjs";
import { cli, env, folder, service, setUpSuite } from "./cli-suite.mjs";

setUpSuite("cli-debug");

const THROTTLED = { status: 429, name: "ThrottlingException", message: "Slow down." };

test("--debug shows requests, answers and times on standard error", async () => {
  const { code, stdout, stderr } = await cli(["list", "--json", "--debug"]);
  assert.equal(code, 0);
  assert.equal(stdout, (await cli(["list", "--json"])).stdout);
  assert.match(stderr, /^debug: codecatalyst-pat \d+\.\d+\.\d+, Node v\d+/);
  assert.ok(stderr.includes(`debug: #1 > POST ${service.url}/v1/accessTokens\n`));
  assert.ok(stderr.includes(`> authorization: Bearer (${BEARER.length} characters, not shown)\n`));
  assert.ok(stderr.includes('debug: #1 > {"maxResults":10}\n'));
  assert.match(stderr, /^debug: #1 < 200 OK after \d+ ms$/m);
  assert.match(stderr, /^debug: #1 < x-amzn-requestid: \S+$/m);
  assert.match(stderr, /^debug: #1 < \{"items":\[.*\} \(all after \d+ ms\)$/m);
  assert.deepEqual(
    stderr.split("\n").filter((line) => line && !line.startsWith("debug: ")),
    [],
  );
});

test("--debug shows why and when a request is sent again", async () => {
  service.faults.push({ method: "DELETE", ...THROTTLED });
  const { code, stderr } = await cli(["delete", "id-0", "--yes", "--debug"]);
  assert.equal(code, 0);
  assert.match(stderr, /^debug: #\d < 429 Too Many Requests after \d+ ms$/m);
  assert.match(
    stderr,
    /^debug: attempt 1 for id-0 failed, the next one is in \d+ ms: ThrottlingException: Slow down\.$/m,
  );
  assert.match(stderr, /^debug: #\d > DELETE .*\/v1\/accessTokens\/id-0$/m);
});

test("--debug shows why there is no answer", async () => {
  await service.close();
  const { code, stderr } = await cli(["list", "--debug"]);
  assert.equal(code, 1);
  assert.match(
    stderr,
    /< no answer after \d+ ms: TypeError: fetch failed, caused by .*ECONNREFUSED/,
  );
});

test("--debug leaves an answer that breaks off to the retry", async () => {
  service.faults.push({ cut: "body" });
  const { code, stdout, stderr } = await cli(["list", "--json", "--debug"]);
  assert.deepEqual([code, stdout.split("\n").length], [0, 6]);
  assert.match(stderr, /\(broken off: .*\) \(all after/);
});

/** A server that quotes the token in every way it can, and its address. */
async function startQuoting(t) {
  const server = createServer((request, response) => {
    const token = String(request.headers.authorization).slice("Bearer ".length);
    response.statusMessage = token;
    response.writeHead(403, {
      "x-token": token,
      "x-part": `part ${token.slice(0, 18)}`,
      "x-encoded": encodeURIComponent(token),
      "x-case": token.toUpperCase(),
      "set-cookie": "session=a secret of the proxy",
      "x-amzn-errortype": "AccessDeniedException",
    });
    response.end(JSON.stringify({ message: `No ${token}` }));
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  t.after(() => server.close());
  return `http://127.0.0.1:${/** @type {any} */ (server.address()).port}`;
}

test("--debug never shows the token, however an answer quotes it", async (t) => {
  const url = await startQuoting(t);
  const { code, stderr } = await run(folder, ["list", "--debug", "--endpoint", url], {
    env: env(),
  });
  assert.equal(code, 3);
  const shown = decodeURIComponent(stderr).toLowerCase();
  assert.match(shown, /#1 < \(not shown: it quotes the bearer token\)/);
  for (let start = 0; start + 16 <= BEARER.length; start += 1)
    assert.ok(!shown.includes(BEARER.slice(start, start + 16)));
  assert.ok(!shown.includes("a secret of the proxy"));
});
