// Fake timers, Jest's and sinon's: they replace queueMicrotask and process.nextTick, too, and drop
// what is queued there when they are taken away. What must hold is in fixtures/fake-timers.

import assert from "node:assert/strict";
import { once } from "node:events";
import { cp } from "node:fs/promises";
import { createServer } from "node:http";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { npmProgram, root } from "../../scripts/tools.mjs";
import scenarios from "./fixtures/fake-timers/scenarios.cjs";
import { node, project } from "./installed.mjs";

const names = Object.keys(scenarios);
const server = createServer((_request, response) => response.end("{}"));

/** @type {string} */
let folder;
/** @type {NodeJS.ProcessEnv} */
let env;

before(async () => {
  folder = await project("fake-timers");
  await cp(join(root, "tests/package/fixtures/fake-timers"), folder, { recursive: true });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  env = { CI: "true", NODE_OPTIONS: "", SERVICE_URL: `http://127.0.0.1:${port}` };
});

after(() => {
  server.closeAllConnections();
  server.close();
});

/**
 * Runs a script whose last act is to print "held".
 * @param {string[]} args
 */
async function holds(...args) {
  assert.deepEqual(await node(folder, args, env), { code: 0, stdout: "held\n", stderr: "" });
}

test("Jest's", async () => {
  const jest = npmProgram("jest/bin/jest.js");
  const args = [jest, "--runInBand", "--cacheDirectory", join(folder, "jest-cache")];
  const { code, stderr } = await node(folder, args, env);
  const count = names.length + 1; // one is Jest's alone
  assert.ok(stderr.includes(`Tests:       ${count} passed, ${count} total\n`), stderr);
  assert.equal(code, 0);
});

for (const name of names) {
  test(`sinon's: ${name}`, () => holds("sinon.cjs", name));
}

test("a mock by hand that drops what is queued", () => holds("dropped.cjs"));
