// Bundles with the conditions of Next.js for edge handlers. `….wasm?module` becomes a module that the
// runtime is given, because it forbids compiling from bytes.

import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { EdgeRuntime } from "edge-runtime";
import { build } from "esbuild";

const { version } = createRequire(import.meta.url)("edge-runtime/package.json");
const args = process.argv.slice(-2);

/** @type {string[]} */
const wasmFiles = [];
const plugin = {
  name: "wasm?module",
  setup({ onResolve, onLoad, resolve }) {
    onResolve({ filter: /\.wasm\?module$/ }, async ({ path, resolveDir, kind }) => {
      const found = await resolve(path.replace("?module", ""), { resolveDir, kind });
      return { path: found.path, namespace: "wasm" };
    });
    onLoad({ filter: /.*/, namespace: "wasm" }, ({ path }) => {
      wasmFiles.push(path);
      return { contents: `export default globalThis.wasmModules[${wasmFiles.length - 1}];` };
    });
  },
};
const { outputFiles } = await build({
  entryPoints: ["main.mjs"],
  bundle: true,
  write: false,
  format: "iife",
  conditions: ["edge-light", "module"],
  loader: { ".wasm": "file" },
  outdir: "built",
  plugins: [plugin],
});
const script = outputFiles.find(({ path }) => path.endsWith(".js"));
const wasmModules = await Promise.all(
  wasmFiles.map(async (file) => new WebAssembly.Module(await readFile(file))),
);
const runtime = new EdgeRuntime({ extend: (context) => Object.assign(context, { wasmModules }) });
runtime.evaluate(script.text);
const check = runtime.evaluate("globalThis.check");
console.log(await check(`edge-runtime ${version}`, ...args));
