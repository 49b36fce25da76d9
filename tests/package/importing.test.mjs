// What importing the installed package does: in Node, with and without its newer features, and in
// bundlers.

import assert from "node:assert/strict";
import { join, relative } from "node:path";
import { before, test } from "node:test";
import { build } from "esbuild";
import { root } from "../../scripts/tools.mjs";
import { packageIn, project, script } from "./installed.mjs";

let folder;

before(async () => {
  folder = await project("importing");
});

const EXPORTS = [
  "CodeCatalystError",
  "deleteAccessToken",
  "deleteAccessTokens",
  "listAccessTokens",
];

test("import gives the exports and no default", async () => {
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

// Before Node 22.12, `require` could not load ES modules.
const BEFORE_REQUIRE_ESM = { NODE_OPTIONS: "--no-experimental-require-module" };

for (const specifier of ["codecatalyst-pat", "codecatalyst-pat/streaming"]) {
  test(`require("${specifier}") works where it can't load ES modules`, async () => {
    const { stdout, stderr } = await script(
      folder,
      `const pat = require("${specifier}");
       console.log(require.resolve("${specifier}").endsWith("index.cjs"), Object.keys(pat).join());
       pat.deleteAccessToken("token", "").catch((error) =>
         console.log(error.name, error instanceof pat.CodeCatalystError));`,
      { type: "cjs", env: BEFORE_REQUIRE_ESM },
    );
    assert.deepEqual([stderr, stdout], ["", `true ${EXPORTS}\nInvalidArgumentError true\n`]);
  });

  test(`import("${specifier}") works in Node`, async () => {
    const { stdout, stderr } = await script(
      folder,
      `const pat = await import("${specifier}");
       console.log(Object.keys(pat).join());
       await pat.deleteAccessToken("token", "").catch((error) => console.log(error.name));`,
    );
    assert.deepEqual([stderr, stdout], ["", `${EXPORTS}\nInvalidArgumentError\n`]);
  });
}

// As in Jest's jsdom.
const WITHOUT_TEXT_DECODER = `
  delete globalThis.TextDecoder;
  delete globalThis.TextEncoder;
  const load = () => LOAD;
  Promise.resolve(load()).then(async ({ deleteAccessToken, CodeCatalystError }) => {
    const error = await deleteAccessToken("token", "id").catch((error) => error);
    console.log(error instanceof CodeCatalystError, error.name, error.toJSON().cause.name);
  });`;

for (const [load, options] of Object.entries(
  /** @type {Record<string, any>} */ ({
    'import("codecatalyst-pat")': {},
    'import("codecatalyst-pat/streaming")': {},
    'require("codecatalyst-pat")': { type: "cjs", env: BEFORE_REQUIRE_ESM },
  }),
)) {
  test(`${load} works in a host without TextDecoder: only calls need it`, async () => {
    const code = WITHOUT_TEXT_DECODER.replace("LOAD", load);
    const { stdout, stderr } = await script(folder, code, options);
    assert.deepEqual([stderr, stdout], ["", "true InitializationError ReferenceError\n"]);
  });
}

/** Bundles a script by esbuild. Gives its text, the files whose code is in it, and all imports. */
async function bundled(contents, options) {
  const { metafile, outputFiles } = await build({
    stdin: { contents, resolveDir: folder },
    bundle: true,
    format: "esm",
    metafile: true,
    logLevel: "silent",
    ...options,
    write: false,
  });
  const [{ inputs }] = Object.values(metafile?.outputs ?? {});
  const isKept = ([file, { bytesInOutput }]) => file !== "<stdin>" && bytesInOutput > 0;
  const base = (file) => relative(packageIn(folder), join(root, file));
  return {
    text: outputFiles?.[0].text,
    kept: Object.entries(inputs)
      .filter(isKept)
      .map(([file]) => base(file)),
    imports: Object.values(metafile?.inputs ?? {}).flatMap((input) => input.imports),
  };
}

for (const entry of ["codecatalyst-pat", "codecatalyst-pat/streaming"]) {
  test(`${entry} imports files of the package only, and no module of a host`, async () => {
    const { imports } = await bundled(`export * from "${entry}"`, { absWorkingDir: root });
    assert.ok(imports.length > 5);
    for (const { path, external } of imports) {
      assert.equal(external, undefined, path);
      assert.match(path, /node_modules\/codecatalyst-pat\//);
      assert.doesNotMatch(path, /\/(?:aws|cli|dashboard|testing)\/|loopback-server/);
    }
  });

  test(`whoever imports CodeCatalystError alone from ${entry} gets no module and no glue`, async () => {
    const code = `import { CodeCatalystError } from "${entry}"; console.log(CodeCatalystError);`;
    const { kept } = await bundled(code, { absWorkingDir: root });
    assert.deepEqual(kept, ["error.js"]);
  });
}

// What an import must not bring.
for (const [name, from, unwanted] of /** @type {[string, string, RegExp][]} */ ([
  ["deleteAccessToken", "codecatalyst-pat", /^(pages|bulk|schedule|id-source|cancellable)\.js$/],
  ["listAccessTokens", "codecatalyst-pat", /^(bulk|schedule|id-source)\.js$/],
  ["deleteAccessTokens", "codecatalyst-pat", /^pages\.js$/],
  ["formatError", "codecatalyst-pat/format-error", /^(?!(format-error|system-code)\.js$)/],
  ["fromProfile", "codecatalyst-pat/aws", /^(client|index)\.js$|^wasm\//],
  ["fromEnv", "codecatalyst-pat/aws", /^(client|index)\.js$|^wasm\/|^aws\/(login|renew|ini)/],
  ["startService", "codecatalyst-pat/testing", /^(client|index)\.js$|^(wasm|cli|dashboard)\//],
])) {
  test(`whoever imports ${name} alone from ${from} gets nothing that it doesn't need`, async () => {
    const code = `export { ${name} } from "${from}";`;
    const { kept } = await bundled(code, { absWorkingDir: root, platform: "node" });
    assert.ok(kept.length > 0);
    assert.deepEqual(
      kept.filter((file) => unwanted.test(file)),
      [],
    );
  });
}

/** A bundler of such a host: what imports a `.wasm` file gets a compiled module. */
const compiledModules = (seen) => ({
  name: "compiled modules",
  setup({ onLoad, onResolve }) {
    onResolve({ filter: /\.wasm/ }, ({ path, resolveDir }) => {
      seen.push(path);
      return { path: join(resolveDir, path.replace("?module", "")), namespace: "wasm" };
    });
    onLoad({ filter: /./, namespace: "wasm" }, ({ path }) => ({
      contents: `import { readFileSync } from "node:fs";
        export default new WebAssembly.Module(readFileSync(${JSON.stringify(path)}));`,
    }));
  },
});

/** Compiles nothing from bytes. */
const FORBIDDING = `
  const compileAnything = WebAssembly.instantiate;
  WebAssembly.instantiate = (module, imports) =>
    module instanceof WebAssembly.Module
      ? compileAnything(module, imports)
      : Promise.reject(new WebAssembly.CompileError("forbidden by the host"));`;

for (const [condition, file] of [
  ["workerd", "./wasm/codecatalyst_pat.wasm"],
  ["edge-light", "./wasm/codecatalyst_pat.wasm?module"],
]) {
  for (const specifier of ["codecatalyst-pat", "codecatalyst-pat/streaming"]) {
    test(`under the condition ${condition}, ${specifier} takes a compiled module`, async () => {
      const seen = [];
      const code = `import { deleteAccessToken } from "${specifier}";
        deleteAccessToken("token", "").catch((error) => console.log(error.name));`;
      const { kept, text } = await bundled(code, {
        conditions: [condition, "worker", "browser"],
        absWorkingDir: root,
        external: ["node:fs"],
        plugins: [compiledModules(seen)],
      });
      assert.deepEqual(seen, [file]);
      assert.equal(kept.includes("wasm/base64.js"), false);
      const { stdout, stderr } = await script(folder, FORBIDDING + text);
      assert.deepEqual([stderr, stdout], ["", "InvalidArgumentError\n"]);
    });
  }
}

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
  assert.deepEqual(seen, []);
  assert.equal(changed, false);
  // Node's own loader may still be closing the file.
  assert.deepEqual(
    busy.filter((name) => !/^(CloseReq|FSReq.*)$/.test(name)),
    [],
  );
});
