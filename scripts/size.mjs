// The size of the download: what a page fetches that uses all three functions.

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { brotliCompressSync } from "node:zlib";
import { root } from "./tools.mjs";

const WASM = "wasm/codecatalyst_pat.wasm";

/**
 * Bytes after brotli 11: the JavaScript, minified by esbuild, and the module where it is a file.
 * @param {"index.js" | "streaming.js"} entry
 */
export async function downloadSize(entry = "index.js", folder = join(root, "pkg")) {
  // Set-up installs it, possibly after this file is imported.
  const { build } = await import("esbuild");
  const { outputFiles } = await build({
    entryPoints: [join(folder, entry)],
    bundle: true,
    minify: true,
    format: "esm",
    write: false,
  });
  const wasm = entry === "index.js" ? [] : [await readFile(join(folder, WASM))];
  const files = [outputFiles[0].contents, ...wasm];
  return files.reduce((sum, file) => sum + brotliCompressSync(file).length, 0);
}

/** Both sizes, as the build and its tests print them. */
export async function downloadText() {
  const [base64, streaming] = [await downloadSize(), await downloadSize("streaming.js")];
  return `${base64} bytes to download, ${streaming} by streaming (brotli 11)`;
}
