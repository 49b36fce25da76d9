// The packed archive, installed in an empty project: what is in it, and what importing it does.

import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { before, test } from "node:test";
import { build } from "esbuild";
import { run } from "../../scripts/tools.mjs";
import { fresh, packageIn, project, rejection, script } from "./installed.mjs";

let folder;
let manifest;

before(async () => {
  folder = await project("install");
  manifest = JSON.parse(await readFile(join(packageIn(folder), "package.json"), "utf8"));
});

// ------------------------------------------------------------------- the archive

test("the archive holds the package's own files and no others", async () => {
  const archive = (await readdir(folder)).find((name) => name.endsWith(".tgz"));
  const { stdout } = await run("tar", ["--list", "--file", join(folder, archive)]);
  assert.deepEqual(stdout.trimEnd().split("\n").sort(), [
    "package/CHANGELOG.md",
    "package/LICENSE-APACHE",
    "package/LICENSE-MIT",
    "package/README.md",
    "package/cli/arguments.js",
    "package/cli/aws-config.js",
    "package/cli/cli-error.js",
    "package/cli/confirm.js",
    "package/cli/delete.js",
    "package/cli/deletion-run.js",
    "package/cli/format.js",
    "package/cli/glob.js",
    "package/cli/help.js",
    "package/cli/id-queue.js",
    "package/cli/limits.js",
    "package/cli/list.js",
    "package/cli/main.js",
    "package/cli/nearest.js",
    "package/cli/progress.js",
    "package/cli/result.js",
    "package/cli/signals.js",
    "package/cli/sso-login.js",
    "package/cli/summary.js",
    "package/cli/terminal.js",
    "package/cli/token-provider.js",
    "package/cli/tokens.js",
    "package/index.d.ts",
    "package/index.js",
    "package/package.json",
  ]);
});

// What paths of the build have in them: of this project's folder, of cargo's and of the standard library's sources.
const PLACE =
  /.{0,40}(?:\/(?:root|home|Users|tmp|work|usr)\/|\.cargo|\.rustup|rustlib|index\.crates\.io|file:\/\/).{0,40}/g;

// The same on every machine.
const SHEBANG = /^#!\/usr\/bin\/env node\n/;

test("no file of the archive is empty or names a place on the machine that built it", async () => {
  const entries = await readdir(packageIn(folder), { recursive: true, withFileTypes: true });
  for (const { name: file, parentPath } of entries.filter((entry) => entry.isFile())) {
    const text = await readFile(join(parentPath, file), "utf8");
    assert.ok(text.length > 100, file);
    assert.deepEqual([file, ...(text.replace(SHEBANG, "").match(PLACE) ?? [])], [file]);
  }
});

test("the module in it names no such place either", async (t) => {
  const { mock } = t.mock.method(WebAssembly, "instantiate");
  const { deleteAccessToken } = await fresh(folder);
  await rejection(deleteAccessToken("token", ""));
  const [bytes] = mock.calls[0].arguments;
  assert.deepEqual(Buffer.from(bytes).toString("latin1").match(PLACE) ?? [], []);
});

test("nothing else is installed along with it, and nothing runs at its installation", async () => {
  assert.deepEqual(await readdir(join(folder, "node_modules")), [
    ".bin",
    ".package-lock.json",
    "codecatalyst-pat",
  ]);
  for (const member of ["dependencies", "peerDependencies", "optionalDependencies", "scripts"]) {
    assert.equal(manifest[member], undefined, member);
  }
});

test("the manifest names only files that are there", async () => {
  const entries = [
    manifest.types,
    ...Object.values(manifest.exports["."]),
    manifest.exports["./package.json"],
  ];
  const named = [...entries, ...Object.values(manifest.bin), ...manifest.files];
  assert.deepEqual(
    named.filter((name) => !existsSync(join(packageIn(folder), name))),
    [],
  );
});

// ----------------------------------------------------------------------- importing

const EXPORTS = [
  "CodeCatalystError",
  "deleteAccessToken",
  "deleteAccessTokens",
  "listAccessTokens",
];

test("import gives the two exports and no default", async () => {
  const { code, stdout, stderr } = await script(
    folder,
    'console.log(JSON.stringify(Object.keys(await import("codecatalyst-pat"))))',
  );
  assert.deepEqual([stderr, code, JSON.parse(stdout)], ["", 0, EXPORTS]);
});

test("require gives the same, without a warning", async () => {
  const { code, stdout, stderr } = await script(
    folder,
    'console.log(JSON.stringify(Object.keys(require("codecatalyst-pat"))))',
    { type: "cjs" },
  );
  assert.deepEqual([stderr, code, JSON.parse(stdout)], ["", 0, EXPORTS]);
});

test("import and require share one instance of the package", async () => {
  const { stdout, stderr } = await script(
    folder,
    `const required = require("codecatalyst-pat");
     import("codecatalyst-pat").then((imported) => console.log(imported === required));`,
    { type: "cjs" },
  );
  assert.deepEqual([stderr, stdout], ["", "true\n"]);
});

test("a call after require works like one after import", async () => {
  const { stdout, stderr } = await script(
    folder,
    'require("codecatalyst-pat").deleteAccessToken("token", "").catch((error) => console.log(error.name))',
    { type: "cjs" },
  );
  assert.deepEqual([stderr, stdout], ["", "InvalidArgumentError\n"]);
});

test("the entry imports no other file and no module of a host", async () => {
  const { metafile } = await build({
    entryPoints: [join(packageIn(folder), "index.js")],
    bundle: true,
    // Left as it is, an import would show among the outputs'.
    packages: "external",
    platform: "neutral",
    metafile: true,
    write: false,
  });
  const files = [...Object.values(metafile.inputs), ...Object.values(metafile.outputs)];
  assert.deepEqual(
    files.flatMap(({ imports }) => imports),
    [],
  );
});

// Notes each global of the host that is read while the package loads. Those of the language itself are no way out.
const SPY = `
  import { runInNewContext } from "node:vm";
  const language = runInNewContext("Object.getOwnPropertyNames(globalThis)");
  const hosts = Object.getOwnPropertyNames(globalThis).filter((name) => !language.includes(name));
  const before = JSON.stringify(state());
  const read = [];
  for (const name of new Set(["WebAssembly", ...hosts])) {
    const { get, value } = Object.getOwnPropertyDescriptor(globalThis, name);
    if (value === globalThis) continue;
    Object.defineProperty(globalThis, name, { configurable: true, get: () => (read.push(name), get ? get.call(globalThis) : value) });
  }
  await import("codecatalyst-pat");
  const seen = [...new Set(read)].sort();
  console.log(JSON.stringify({ seen, changed: JSON.stringify(state()) !== before, busy: process.getActiveResourcesInfo() }));

  function state() {
    const prototypes = [Object, Array, Function, Error, Promise, AbortSignal].map((made) => made.prototype);
    return [globalThis, ...prototypes].map((object) => Object.getOwnPropertyNames(object));
  }`;

test("importing sends nothing, starts nothing, changes nothing and does not load the module yet", async () => {
  const { code, stdout, stderr } = await script(folder, SPY);
  assert.deepEqual([stderr, code], ["", 0]);
  const { seen, changed, busy } = JSON.parse(stdout);
  // The glue makes its decoder of text at once.
  assert.deepEqual(
    seen.filter((name) => !["TextDecoder", "TextEncoder"].includes(name)),
    [],
  );
  assert.equal(changed, false);
  // Node's own loader may still be closing the file.
  assert.deepEqual(
    busy.filter((name) => !/^(CloseReq|FSReq.*)$/.test(name)),
    [],
  );
});
