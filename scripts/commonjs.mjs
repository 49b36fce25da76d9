// The package's entries for `require` where it can't load ES modules: one file for each.

import { cp } from "node:fs/promises";
import { join } from "node:path";

const ENTRIES = ["index", "aws/index", "testing/index", "format-error"];

/** Writes each entry as `.cjs`, and its types as `.d.cts`. @param {string} out */
export async function writeCommonJs(out) {
  const { build } = await import("esbuild");
  const base64 = { path: "./wasm/base64.cjs", external: true };
  /** @type {import("esbuild").Plugin} */
  const plugin = {
    name: "base64 stays a file of its own",
    setup: ({ onResolve }) => onResolve({ filter: /base64\.js$/ }, () => base64),
  };
  const entryPoints = ENTRIES.map((entry) => `${entry}.js`);
  const entries = { entryPoints, outExtension: { ".js": ".cjs" } };
  const places = { absWorkingDir: out, outdir: ".", external: ["node:*"], plugins: [plugin] };
  await build({ ...entries, ...places, bundle: true, format: "cjs", target: "node20" });
  // TypeScript takes the types of a CommonJS file from a file of its own.
  for (const entry of ENTRIES.map((name) => join(out, name)))
    await cp(`${entry}.d.ts`, `${entry}.d.cts`);
  // Resolved as Node 10 did, an entry has its types beside it.
  await cp(join(out, "index.d.ts"), join(out, "streaming.d.ts"));
}
