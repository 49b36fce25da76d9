// The extension of examples/extension/ as it is shipped: assembled from the packed package,
// unchanged.

import assert from "node:assert/strict";
import { cp, readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { before, test } from "node:test";
import { npmProgram, root, run } from "../../scripts/tools.mjs";
import { FILES_WITH_ORIGIN, loadExtension } from "./extension-browser.mjs";
import { packageIn, project } from "./installed.mjs";

const SOURCES = join(root, "examples/extension");

let packageDir;
let shipped;

before(async () => {
  const folder = await project("extension-shipped");
  packageDir = packageIn(folder);
  shipped = join(folder, "extension");
  await run(process.execPath, [join(SOURCES, "assemble.mjs"), packageDir, shipped]);
});

test("web-ext lint finds no problem", async () => {
  const args = [
    npmProgram("web-ext/bin/web-ext.js"),
    "lint",
    "--source-dir",
    shipped,
    "--output",
    "json",
    "--no-config-discovery",
  ];
  const { count, errors, warnings, notices } = JSON.parse(
    (await run(process.execPath, args)).stdout,
  );
  assert.deepEqual(
    { count, errors, warnings, notices },
    { count: 0, errors: [], warnings: [], notices: [] },
  );
});

test("it may only use storage, run WebAssembly, and send requests to the service", async () => {
  const manifest = JSON.parse(await readFile(join(shipped, "manifest.json"), "utf8"));
  const may = Object.entries(manifest).filter(([key]) =>
    /permission|policy|accessible|connectable|scripts/.test(key),
  );
  assert.deepEqual(Object.fromEntries(may), {
    permissions: ["storage"],
    host_permissions: ["https://codecatalyst.global.api.aws/*"],
    content_security_policy: {
      extension_pages:
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self'; " +
        "connect-src 'self' https://codecatalyst.global.api.aws",
    },
  });
});

test("it consists of the files of its folder and the package's, unchanged and readable", async () => {
  const files = (await readdir(shipped, { recursive: true, withFileTypes: true })).filter((entry) =>
    entry.isFile(),
  );
  const paths = files
    .map(({ parentPath, name }) => join(parentPath, name).slice(shipped.length + 1))
    .sort();
  const isPackages = (path) => path.startsWith("codecatalyst-pat/");
  const isShared = (path) => path.startsWith("components/");
  const isOurs = (path) => !isPackages(path) && !isShared(path);
  for (const path of paths) {
    const from = isOurs(path)
      ? SOURCES
      : isShared(path)
        ? join(root, "www")
        : join(packageDir, "..");
    assert.deepEqual(await readFile(join(shipped, path)), await readFile(join(from, path)), path);
  }
  const ours = paths.filter(isOurs);
  for (const path of FILES_WITH_ORIGIN) assert.ok(ours.includes(path));
  const packaged = paths.filter(isPackages).map((path) => path.split("/").slice(1));
  for (const file of ["streaming.js", "format-error.js"])
    assert.ok(packaged.some(([name]) => name === file));
  assert.deepEqual(
    packaged.filter(([name]) => name === "wasm").map(([, name]) => name),
    ["codecatalyst_pat.wasm", "glue.js"],
  );
  assert.deepEqual(
    packaged.filter(([name]) =>
      /^(index|loopback-server)\.|^(aws|cli|dashboard|testing|www)$|\.(cjs|ts|md|json)$/.test(name),
    ),
    [],
  );
});

test("the browser loads it without a warning", async (t) => {
  const { context, inspect, openPopup } = await loadExtension(shipped);
  t.after(() => context.close());
  await (await openPopup()).getByLabel("Bearer token").waitFor();
  const { state, permissions, installWarnings, manifestErrors, runtimeErrors } = await inspect();
  assert.deepEqual(
    [state, installWarnings, manifestErrors, runtimeErrors],
    ["ENABLED", [], [], []],
  );
  assert.deepEqual(
    permissions.runtimeHostPermissions.hosts.map(({ host }) => host),
    ["https://codecatalyst.global.api.aws/*"],
  );
});

test("without the package, the popup says what is missing", async (t) => {
  const incomplete = `${shipped}-incomplete`;
  await cp(shipped, incomplete, { recursive: true });
  await rm(join(incomplete, "codecatalyst-pat"), { recursive: true });
  const { context, openPopup } = await loadExtension(incomplete);
  t.after(() => context.close());
  await (await openPopup()).getByText("the package may be missing").waitFor();
});
