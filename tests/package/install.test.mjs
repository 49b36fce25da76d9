// The packed archive, installed in an empty project: what is in it.

import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { before, test } from "node:test";
import { root, run } from "../../scripts/tools.mjs";
import { fresh, packageIn, project, rejection } from "./installed.mjs";

let folder;
let manifest;

before(async () => {
  folder = await project("install");
  manifest = JSON.parse(await readFile(join(packageIn(folder), "package.json"), "utf8"));
});

const read = (file) => readFile(join(packageIn(folder), file), "utf8");

// ------------------------------------------------------------------- the archive

test("the archive holds the package's own files and no others", async () => {
  const archive = (await readdir(folder)).find((name) => name.endsWith(".tgz"));
  const { stdout } = await run("tar", ["--list", "--file", join(folder, `${archive}`)]);
  const files = stdout.trimEnd().split("\n");
  const isPage = (file) => file.startsWith("package/www/");
  assert.deepEqual(files.filter((file) => !isPage(file)).sort(), [
    "package/CHANGELOG.md",
    "package/LICENSE-APACHE",
    "package/LICENSE-MIT",
    "package/README.md",
    "package/THIRD_PARTY_NOTICES.txt",
    "package/abort.js",
    "package/aws/config.js",
    "package/aws/endpoint.js",
    "package/aws/env-source.js",
    "package/aws/error.js",
    "package/aws/files.js",
    "package/aws/index.cjs",
    "package/aws/index.d.cts",
    "package/aws/index.d.ts",
    "package/aws/index.js",
    "package/aws/ini.js",
    "package/aws/login-source.js",
    "package/aws/login.js",
    "package/aws/profile.js",
    "package/aws/renew.js",
    "package/aws/section-name.js",
    "package/bulk.js",
    "package/cancellable.js",
    "package/cause.js",
    "package/cli/arguments.js",
    "package/cli/browser.js",
    "package/cli/certificates.js",
    "package/cli/cli-error.js",
    "package/cli/commands.js",
    "package/cli/complete.js",
    "package/cli/completion.js",
    "package/cli/completion/completion.bash",
    "package/cli/completion/completion.fish",
    "package/cli/completion/completion.zsh",
    "package/cli/confirm.js",
    "package/cli/dashboard-options.js",
    "package/cli/dashboard-source.js",
    "package/cli/dashboard.js",
    "package/cli/debug.js",
    "package/cli/delete.js",
    "package/cli/deletion-run.js",
    "package/cli/display-width.js",
    "package/cli/expires-before.js",
    "package/cli/exposed-file.js",
    "package/cli/format.js",
    "package/cli/glob.js",
    "package/cli/help.js",
    "package/cli/id-queue.js",
    "package/cli/limits.js",
    "package/cli/list.js",
    "package/cli/lookup.js",
    "package/cli/main.js",
    "package/cli/network.js",
    "package/cli/option-values.js",
    "package/cli/options.js",
    "package/cli/profiles.js",
    "package/cli/progress.js",
    "package/cli/proxy.js",
    "package/cli/result.js",
    "package/cli/selection.js",
    "package/cli/signals.js",
    "package/cli/sort.js",
    "package/cli/suggestions.js",
    "package/cli/summary.js",
    "package/cli/table.js",
    "package/cli/terminal.js",
    "package/cli/token-provider.js",
    "package/cli/tokens.js",
    "package/cli/version.js",
    "package/client.js",
    "package/dashboard/access.js",
    "package/dashboard/files.js",
    "package/dashboard/hide-secret.js",
    "package/dashboard/origin.js",
    "package/dashboard/peer.js",
    "package/dashboard/proxy.js",
    "package/dashboard/refusal.js",
    "package/dashboard/server.js",
    "package/dashboard/upstream.js",
    "package/decode.js",
    "package/describe-wait.js",
    "package/error.js",
    "package/format-date.js",
    "package/format-error.cjs",
    "package/format-error.d.cts",
    "package/format-error.d.ts",
    "package/format-error.js",
    "package/functions.js",
    "package/id-source.js",
    "package/index.cjs",
    "package/index.d.cts",
    "package/index.d.ts",
    "package/index.edge-light.js",
    "package/index.js",
    "package/index.workerd.js",
    "package/loopback-server.js",
    "package/nearest.js",
    "package/options.js",
    "package/package.json",
    "package/pages.js",
    "package/safe-text.js",
    "package/schedule.js",
    "package/stoppable.js",
    "package/streaming.d.ts",
    "package/streaming.js",
    "package/system-code.js",
    "package/testing/api.js",
    "package/testing/arguments.js",
    "package/testing/control.js",
    "package/testing/error.js",
    "package/testing/faults.js",
    "package/testing/index.cjs",
    "package/testing/index.d.cts",
    "package/testing/index.d.ts",
    "package/testing/index.js",
    "package/testing/limits.js",
    "package/testing/main.js",
    "package/testing/make-fault.js",
    "package/testing/operations.js",
    "package/testing/options.js",
    "package/testing/router.js",
    "package/testing/sample.js",
    "package/testing/service.js",
    "package/testing/store.js",
    "package/testing/types.d.ts",
    "package/testing/validate.js",
    "package/wasm/base64.cjs",
    "package/wasm/base64.js",
    "package/wasm/codecatalyst_pat.wasm",
    "package/wasm/glue.js",
  ]);
});

test("the archive holds every file of the dashboard's page, and no picture", async () => {
  const page = join(root, "www");
  const entries = await readdir(page, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile() && !entry.name.endsWith(".png"))
    .map(({ parentPath, name }) => relative(page, join(parentPath, name)));
  assert.ok(files.includes("index.html") && files.includes("page.mjs"));
  const shipped = await readdir(join(packageIn(folder), "www"), {
    recursive: true,
    withFileTypes: true,
  });
  assert.equal(shipped.filter((entry) => entry.isFile()).length, files.length);
  for (const file of files)
    assert.equal(await read(join("www", file)), await readFile(join(page, file), "utf8"), file);
});

test("our JavaScript and the types are shipped as they are written", async () => {
  const written = join(root, "pkg-template");
  const entries = await readdir(written, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile() && entry.name !== "package.json")
    .map(({ parentPath, name }) => relative(written, join(parentPath, name)));
  assert.ok(files.includes("index.js") && files.includes(join("cli", "main.js")));
  for (const file of files)
    assert.equal(await read(file), await readFile(join(written, file), "utf8"), file);
  for (const entry of ["index", "aws/index", "testing/index"])
    assert.equal(await read(`${entry}.d.cts`), await read(`${entry}.d.ts`));
});

test("the base64 is the .wasm file, byte for byte, in plain ASCII", async () => {
  const wasm = await readFile(join(packageIn(folder), "wasm/codecatalyst_pat.wasm"));
  const files = { "base64.js": "export const base64", "base64.cjs": "exports.base64" };
  for (const [file, declaration] of Object.entries(files)) {
    const text = await read(`wasm/${file}`);
    assert.equal(text, `${declaration} = "${wasm.toString("base64")}";\n`);
  }
});

test("nothing but the base64 has lines that can't be read", async () => {
  for (const file of await readdir(packageIn(folder), { recursive: true })) {
    if (!/\.c?js$/.test(file) || file.includes("base64")) continue;
    // The longest are names that wasm-bindgen generates.
    for (const line of (await read(file)).split("\n")) assert.ok(line.length <= 600, file);
  }
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

test("the module that is instantiated is that file, which names no such place either", async (t) => {
  const { mock } = t.mock.method(WebAssembly, "instantiate");
  const { deleteAccessToken } = await fresh(folder);
  await rejection(deleteAccessToken("token", ""));
  const bytes = Buffer.from(/** @type {any} */ (mock.calls[0].arguments[0]));
  assert.deepEqual(bytes, await readFile(join(packageIn(folder), "wasm/codecatalyst_pat.wasm")));
  assert.deepEqual(bytes.toString("latin1").match(PLACE) ?? [], []);
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
  const strings = (value) =>
    typeof value === "string" ? [value] : Object.values(value).flatMap(strings);
  const { main, types, bin, exports } = manifest;
  const named = strings({ main, types, bin, exports });
  assert.ok(named.length > 15);
  assert.deepEqual(
    named.filter((name) => !existsSync(join(packageIn(folder), name))),
    [],
  );
});
