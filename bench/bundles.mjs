// Contenders as a page gets them: bundled, minified, and what comes along with the bundle.

import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import * as esbuild from "esbuild";
import * as vite from "vite";
import { OURS, STREAMING, fileOf, manifest } from "./contenders.mjs";

const ALL_THREE = "{ deleteAccessToken, deleteAccessTokens, listAccessTokens }";

/** @typedef {import("./types.ts").Bench} Bench */

/** @param {string} folder */
export async function hasStreaming(folder) {
  const { exports } = await manifest(folder, "codecatalyst-pat");
  return "./streaming" in exports;
}

/**
 * What each contender is bundled from: this package with all of its functions, the others with
 * what a deletion needs.
 * @param {Bench} bench
 * @returns {Promise<Map<string, string>>} the file by the title
 */
async function entries({ folder, contenders }) {
  const files = new Map(
    contenders.map((contender) => [contender.title, fileOf(folder, contender)]),
  );
  const specifiers = (await hasStreaming(folder)) ? [OURS, STREAMING] : [OURS];
  for (const specifier of specifiers) {
    const file = join(folder, `entry-${basename(specifier)}.mjs`);
    await writeFile(file, `export ${ALL_THREE} from "${specifier}";\n`);
    files.set(specifier, file);
  }
  return files;
}

/**
 * Bundles with esbuild. It leaves `new URL(…, import.meta.url)` alone, so its users copy the module
 * beside the bundle.
 * @param {string} folder
 * @param {string} entry
 * @param {string} out
 */
export async function byEsbuild(folder, entry, out) {
  await esbuild.build({
    entryPoints: [entry],
    outfile: join(out, "bundle.js"),
    bundle: true,
    minify: true,
    format: "esm",
    platform: "browser",
    target: "es2022",
    legalComments: "none",
    logLevel: "error",
  });
  const bundle = await readFile(join(out, "bundle.js"), "utf8");
  const [, name] = /new URL\(\s*["'`]([^"'`]+\.wasm)["'`]/.exec(bundle) ?? [];
  if (name) await copyModule(folder, name, join(out, name));
}

/**
 * @param {string} folder
 * @param {string} name
 * @param {string} target
 */
async function copyModule(folder, name, target) {
  const place = join(folder, "node_modules/codecatalyst-pat");
  const files = await readdir(place, { recursive: true });
  const file = files.find((path) => basename(path) === basename(name));
  if (!file) throw new Error(`${name} is not in the package`);
  await mkdir(join(target, ".."), { recursive: true });
  await writeFile(target, await readFile(join(place, file)));
}

/**
 * @param {string} folder
 * @param {string} entry
 * @param {string} out
 */
async function byVite(folder, entry, out) {
  await vite.build({
    root: folder,
    configFile: false,
    logLevel: "error",
    build: {
      outDir: out,
      emptyOutDir: true,
      minify: true,
      modulePreload: false,
      // An application's build, not a library's, which would inline the module.
      rollupOptions: {
        input: entry,
        preserveEntrySignatures: "strict",
        output: { entryFileNames: "bundle.js" },
      },
    },
  });
}

const bundlers = { esbuild: byEsbuild, vite: byVite };
export const BUNDLERS = /** @type {(keyof typeof bundlers)[]} */ (Object.keys(bundlers));

/** @param {Uint8Array} content */
const brotli = (content) =>
  brotliCompressSync(content, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: 11,
      [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
    },
  });

/**
 * The sizes of all files in a folder, in KB, each file compressed by itself.
 * @param {string} out
 */
async function sizes(out) {
  const total = { raw: 0, gzip: 0, brotli: 0 };
  for (const entry of await readdir(out, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const content = await readFile(join(entry.parentPath, entry.name));
    total.raw += content.length / 1000;
    total.gzip += gzipSync(content, { level: 9 }).length / 1000;
    total.brotli += brotli(content).length / 1000;
  }
  return total;
}

/**
 * Bundles every contender by a bundler and gives the sizes by the title.
 * @param {Bench} bench
 * @param {keyof typeof bundlers} bundler
 */
export async function bundleSizes(bench, bundler) {
  /** @type {Map<string, Awaited<ReturnType<typeof sizes>>>} */
  const result = new Map();
  for (const [title, entry] of await entries(bench)) {
    const out = join(bench.folder, "bundles", bundler, title.replaceAll(/\W+/g, "-"));
    await rm(out, { recursive: true, force: true });
    await mkdir(out, { recursive: true });
    await bundlers[bundler](bench.folder, entry, out);
    result.set(title, await sizes(out));
  }
  return result;
}
