// What each import brings into a bundle, in bytes. Run as a program, it writes docs/sizes.md.

import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { brotliCompressSync } from "node:zlib";
import { install } from "./pack.mjs";
import { npmProgram, root, run } from "./tools.mjs";

/** @import { Rolldown } from "vite" */

/**
 * @typedef {object} Import
 * @property {string} name
 * @property {string} from the entry
 *
 * @typedef {(string | Uint8Array)[]} Files what is downloaded
 */

const ALL = "all of them";
const FUNCTIONS = ["deleteAccessToken", "listAccessTokens", "deleteAccessTokens"];

/** @type {Record<string, string[]>} */
const ENTRIES = {
  "codecatalyst-pat": [...FUNCTIONS, "CodeCatalystError", ALL],
  "codecatalyst-pat/streaming": [...FUNCTIONS, "CodeCatalystError", ALL],
  "codecatalyst-pat/format-error": ["formatError"],
  "codecatalyst-pat/aws": ["fromProfile", "fromEnv"],
  "codecatalyst-pat/testing": ["startService"],
};

/** @type {Import[]} */
export const IMPORTS = Object.entries(ENTRIES).flatMap(([from, names]) =>
  names.map((name) => ({ name, from })),
);

const codeOf = (/** @type {Import} */ { name, from }) =>
  `export ${name === ALL ? "*" : `{ ${name} }`} from "${from}";`;

const isForNode = (/** @type {Import} */ { from }) => /\/(aws|testing)$/.test(from);

/**
 * Bundles an import by esbuild, minified.
 * @param {Import} each
 * @param {string} folder where the package is installed
 * @returns {Promise<Files>}
 */
export async function byEsbuild(each, folder) {
  const { build } = await import("esbuild");
  const { outputFiles } = await build({
    stdin: { contents: codeOf(each), resolveDir: folder },
    bundle: true,
    minify: true,
    format: "esm",
    platform: isForNode(each) ? "node" : "browser",
    write: false,
  });
  const [{ text }] = outputFiles;
  // It leaves `new URL(…)` alone: its users copy the file.
  const [, wasm] = /new URL\("([^"]+\.wasm)"/.exec(text) ?? [];
  if (!wasm) return [text];
  return [text, await readFile(join(folder, "node_modules/codecatalyst-pat", wasm))];
}

/**
 * The same by Vite, whose bundler is Rolldown.
 * @param {Import} each
 * @param {string} folder
 * @returns {Promise<Files>}
 */
async function byVite(each, folder) {
  const { build } = await import("vite");
  const input = join(folder, "entry.mjs");
  await writeFile(input, codeOf(each));
  const rollupOptions = { input, preserveEntrySignatures: /** @type {const} */ ("strict") };
  const built = await build({
    root: folder,
    configFile: false,
    logLevel: "error",
    ssr: { noExternal: true },
    build: {
      write: false,
      minify: true,
      ssr: isForNode(each),
      modulePreload: false,
      rollupOptions,
    },
  });
  const [chunk, ...assets] = /** @type {Rolldown.RolldownOutput} */ (built).output;
  // It also writes files whose only import it has dropped. Nobody downloads them.
  const needed = assets.filter(({ fileName }) => chunk.code.includes(fileName));
  return [chunk.code, ...needed.map((file) => (file.type === "asset" ? file.source : file.code))];
}

/**
 * @param {Files} files
 * @param {(file: Buffer) => number} size
 */
const sum = (files, size) => files.reduce((total, file) => total + size(Buffer.from(file)), 0);

/** @param {Files} files */
export const bytesOf = (files) => sum(files, (file) => file.length);

/** @param {Files} files */
const compressedBytesOf = (files) => sum(files, (file) => brotliCompressSync(file).length);

/** One line of the table. @param {Import} each @param {string} folder */
async function row(each, folder) {
  const results = [await byEsbuild(each, folder), await byVite(each, folder)];
  const sizes = results.flatMap((files) => [bytesOf(files), compressedBytesOf(files)]);
  const name = each.name === ALL ? ALL : `\`${each.name}\``;
  return `| ${[name, `\`${each.from}\``, ...sizes].join(" | ")} |`;
}

/** @param {string} folder */
async function describeSizes(folder) {
  const rows = [];
  for (const each of IMPORTS) rows.push(await row(each, folder));
  return `# What each import brings

Bytes of the package that are left in a bundle, minified, and the same after brotli 11. By
\`codecatalyst-pat/streaming\` they are the sum of the script and of the WebAssembly module, which is a
file of its own. After a change, \`node scripts/import-sizes.mjs\` writes this page anew.

| Import | From | esbuild | brotli | Vite | brotli |
| --- | --- | --- | --- | --- | --- |
${rows.join("\n")}
`;
}

if (process.argv[1] === import.meta.filename) {
  const folder = join(root, "target/import-sizes");
  await install(folder);
  const file = join(root, "docs/sizes.md");
  await writeFile(file, await describeSizes(folder));
  await run(process.execPath, [npmProgram("@biomejs/biome/bin/biome"), "format", "--write", file]);
}
