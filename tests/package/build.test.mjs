// What is published can be made again by anyone from the same sources, and is small.

import assert from "node:assert/strict";
import { readdir, readFile, symlink } from "node:fs/promises";
import { join, relative } from "node:path";
import { test } from "node:test";
import { downloadSize } from "../../scripts/size.mjs";
import { root } from "../../scripts/tools.mjs";
import { clone } from "./clone.mjs";
import { node } from "./installed.mjs";

const BUILD = 'import { build } from "./scripts/build.mjs"; await build();';

/** Builds from a copy of the sources, from nothing, and gives the folder of the package. */
async function builtElsewhere(t) {
  const folder = await clone(t);
  for (const name of [".tools", "node_modules"])
    await symlink(join(root, name), join(folder, name));
  const { code, stdout, stderr } = await node(folder, ["--input-type=module", "--eval", BUILD], {
    TZ: "Asia/Tokyo",
    LC_ALL: "C",
  });
  assert.equal(code, 0, stdout + stderr);
  return join(folder, "pkg");
}

async function contents(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => relative(folder, join(parentPath, name)));
  return Object.fromEntries(
    await Promise.all(files.sort().map(async (file) => [file, await readFile(join(folder, file))])),
  );
}

const differing = (one, other) =>
  Object.keys({ ...one, ...other }).filter(
    (file) => !one[file]?.equals(other[file] ?? Buffer.of()),
  );

// Compiles everything anew, the standard library included, which takes minutes.
test("a build of the same sources in another folder gives the same package, byte for byte", async (t) => {
  const [here, there] = [
    await contents(join(root, "pkg")),
    await contents(await builtElsewhere(t)),
  ];
  assert.deepEqual(
    differing(here, there),
    [],
    "these differ; if pkg/ is older than the sources, build it first",
  );
});

test("the glue is what wasm-bindgen generated, in a function", async () => {
  const generated = await readFile(join(root, "target/glue/codecatalyst_pat.js"), "utf8");
  const glue = await readFile(join(root, "pkg/wasm/glue.js"), "utf8");
  const [before, after, ...more] = glue.split(generated);
  assert.deepEqual(
    [before, after, more],
    [
      "export function createGlue() {\nconst document = undefined;\n",
      "\nreturn wasm_bindgen;\n}\n",
      [],
    ],
  );
});

test("the build script has at most 120 lines", async () => {
  const lines = (await readFile(join(root, "scripts/build.mjs"), "utf8")).split("\n").length;
  assert.ok(lines <= 120, `it has ${lines}`);
});

// What a page downloads, with all three functions.
for (const { entry, limit } of /** @type {const} */ ([
  { entry: "index.js", limit: 45_500 },
  { entry: "streaming.js", limit: 36_700 },
])) {
  test(`the download by ${entry} is at most ${limit} bytes`, async () => {
    const size = await downloadSize(entry);
    assert.ok(size <= limit, `it is ${size} bytes`);
  });
}
