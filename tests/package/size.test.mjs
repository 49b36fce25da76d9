// The sizes that README.md and docs/sizes.md state are right.

import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { before, test } from "node:test";
import { brotliCompressSync } from "node:zlib";
import { build } from "esbuild";
import { byEsbuild, bytesOf, IMPORTS } from "../../scripts/import-sizes.mjs";
import { root } from "../../scripts/tools.mjs";
import { packageIn, project } from "./installed.mjs";

const readme = await readFile(join(root, "README.md"), "utf8");

let folder;

before(async () => {
  folder = await project("size");
});

// Releases of Node come with different versions of brotli, whose results differ by a few bytes.
function near(stated, measured, tolerance = 0.005) {
  assert.ok(
    Math.abs(stated - measured) <= measured * tolerance,
    `stated as ${stated}, it is ${measured}`,
  );
}

const compressed = (bytes) => brotliCompressSync(bytes).length;

/** What a page downloads of a script, in bytes; `resolveDir` is where its imports are found. */
async function bundleSize(contents, resolveDir) {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir },
    bundle: true,
    format: "esm",
    minify: true,
    charset: "utf8",
    target: "es2022",
    legalComments: "none",
    write: false,
  });
  return compressed(outputFiles[0].contents);
}

/** The module as a file. */
async function moduleSize() {
  const files = await readdir(packageIn(folder), { recursive: true });
  const modules = files.filter((file) => file.endsWith(".wasm"));
  assert.equal(modules.length, 1);
  return compressed(await readFile(join(packageIn(folder), modules[0])));
}

const OURS = "deleteAccessToken, deleteAccessTokens, listAccessTokens";
const stated = (pattern) => Number(pattern.exec(readme)?.[1]);

test("README.md: the size of the default entry is right", async () => {
  const measured = await bundleSize(`export { ${OURS} } from "codecatalyst-pat";`, folder);
  near(stated(/(\d+) bytes by the default entry/), measured);
});

test("README.md: the size of the streaming entry is right", async () => {
  const script = `export { ${OURS} } from "codecatalyst-pat/streaming";`;
  const measured = (await bundleSize(script, folder)) + (await moduleSize());
  near(stated(/(\d+) bytes by `codecatalyst-pat\/streaming`/), measured);
});

test("README.md: the size of the official client is right", async () => {
  const names = "CodeCatalystClient, DeleteAccessTokenCommand";
  const measured = await bundleSize(
    `export { ${names} } from "@aws-sdk/client-codecatalyst";`,
    root,
  );
  near(stated(/delete command takes (\d+) bytes/), measured);
});

test("docs/sizes.md: it has each import, and what that brings is right within 1%", async () => {
  const page = await readFile(join(root, "docs/sizes.md"), "utf8");
  const rows = [...page.matchAll(/^\| `?([\w ]+?)`? +\| `([\w/-]+)` +\| (\d+) /gm)];
  assert.deepEqual(
    rows.map(([, name, from]) => ({ name, from })),
    IMPORTS,
  );
  for (const [index, each] of IMPORTS.entries())
    near(Number(rows[index][3]), bytesOf(await byEsbuild(each, folder)), 0.01);
});
