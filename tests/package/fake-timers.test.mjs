// Fake timers, as Jest's and sinon's: they replace queueMicrotask and process.nextTick, too, and drop
// what is queued there when they are taken away. The scenarios are in fixtures/fake-timers.

import assert from "node:assert/strict";
import { once } from "node:events";
import { cp, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { npmProgram, root } from "../../scripts/tools.mjs";
import scenarios from "./fixtures/fake-timers/scenarios.cjs";
import { node, project } from "./installed.mjs";

/** @type {string} */
let folder;
/** @type {NodeJS.ProcessEnv} */
let env;

// A service that accepts every deletion.
const server = createServer((request, response) => {
  request.resume();
  response.end("{}");
});

before(async () => {
  folder = await project("fake-timers");
  await cp(join(root, "tests/package/fixtures/fake-timers"), folder, { recursive: true });
  await writeFile(join(folder, "package.json"), '{ "private": true }');
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  env = { CI: "true", NODE_OPTIONS: "", SERVICE_URL: `http://127.0.0.1:${port}` };
});

after(() => {
  server.closeAllConnections();
  server.close();
});

test("under Jest's fake timers calls go on, wait for the fake clock and leave no trace", async () => {
  const jest = npmProgram("jest/bin/jest.js");
  const { code, stderr } = await node(folder, [jest, "--runInBand"], env);
  const count = Object.keys(scenarios).length + 1;
  assert.match(stderr, new RegExp(`^Tests: +${count} passed, ${count} total$`, "m"));
  assert.equal(code, 0, stderr);
});

for (const name of Object.keys(scenarios)) {
  test(`under sinon's fake timers: ${name}`, async () => {
    const { code, stdout, stderr } = await node(folder, ["sinon.cjs", name], env);
    assert.deepEqual([stdout, code], ["held\n", 0], stderr);
  });
}

test("where what is queued is dropped, a call ends, and so do those after it", async () => {
  const { code, stdout, stderr } = await node(folder, ["dropped.cjs"], env);
  assert.deepEqual([stdout, code], ["held\n", 0], stderr);
});
