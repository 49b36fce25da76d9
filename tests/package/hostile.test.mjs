// Whatever is passed, and whatever fetch gives: every call settles, in the way that is documented, and the module goes on working.
//
// Each call follows from one number: HOSTILE_SEED=<n> makes that one alone, HOSTILE_CALLS=<n> so many.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { makeCall } from "./hostile-calls.mjs";
import { packageIn, project } from "./installed.mjs";

const CALLS = Number(process.env.HOSTILE_CALLS ?? 4_000);

const only = process.env.HOSTILE_SEED;

let folder;
/** What hostile values reject is handled; anything else is ours. */
const unhandled = [];
const note = (reason) => unhandled.push(String(reason));

before(async () => {
  folder = packageIn(await project("hostile"));
  process.on("unhandledRejection", note);
});

after(() => process.off("unhandledRejection", note));

const load = (file) => import(pathToFileURL(join(folder, file)).href);

/** The module's own functions, without the package's JavaScript before them. */
async function moduleExports() {
  const { createGlue } = await load("wasm/glue.js");
  const glue = createGlue();
  await glue({ module_or_path: await readFile(join(folder, "wasm/codecatalyst_pat.wasm")) });
  return glue;
}

const packageExports = async () => ({
  ...(await load("index.js")),
  ...(await load("format-error.js")),
});

/** Makes the calls, and then one that must succeed. */
async function makeCalls(exports, kind) {
  const seeds =
    only === undefined ? Array.from({ length: CALLS / 2 }, (_, n) => n) : [Number(only)];
  const broken = [];
  for (const seed of seeds) {
    const rules = await makeCall(seed, exports, kind);
    // Node tells of a rejection once all that runs has run.
    await new Promise(setImmediate);
    rules.push(...unhandled.splice(0).map((reason) => `nobody handles ${reason}`));
    if (rules.length > 0) broken.push(`HOSTILE_SEED=${seed}: ${rules.join("; ")}`);
  }
  assert.deepEqual(
    broken.slice(0, 10),
    [],
    `${broken.length} of ${seeds.length} calls break rules`,
  );
}

/** @type {Record<"package" | "module", () => Promise<any>>} */
const kinds = { package: packageExports, module: moduleExports };

for (const [kind, load] of Object.entries(kinds)) {
  test(`hostile values are no trouble to the exports of the ${kind}, which work afterwards`, async (t) => {
    const exports = await load();
    await makeCalls(exports, kind);
    t.mock.method(globalThis, "fetch", async () => new Response("{}"));
    const { attempts } = await exports.deleteAccessToken("token", "id", {});
    assert.equal(attempts, 1);
  });
}
