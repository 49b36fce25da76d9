// Creates the folder that a browser loads: the files of this folder, what they share with the
// dashboard, and the package beside them, without a bundler.
//
//   node examples/extension/assemble.mjs [folder of the package] [target folder]
//
// By default it takes the package that `npm run build` writes to pkg/, and creates target/extension/.

import { cp, rm } from "node:fs/promises";
import { basename, join, relative } from "node:path";

const HERE = import.meta.dirname;
const ROOT = join(HERE, "../..");
const COMPONENTS = join(ROOT, "www/components");

// Not for the browser.
const EXCLUDED = ["README.md", "chrome.d.ts", "package.d.ts", basename(import.meta.filename)];

/**
 * Whether the extension needs a file of the package: `streaming.js`, what it may import, or the
 * module. The entries for other hosts, what only Node can run, and the base64 stay out: extension stores require readable code.
 * @param {string} path
 */
const isNeeded = (path) =>
  ["", "wasm"].includes(path) ||
  /^(?!index\.|loopback-server\.)[\w-]+\.js$/.test(path) ||
  /^wasm.(glue\.js|codecatalyst_pat\.wasm)$/.test(path);

/** Creates the folder, replacing an old one, and returns its path. */
export async function assemble(
  packageDir = join(ROOT, "pkg"),
  folder = join(ROOT, "target/extension"),
) {
  await rm(folder, { recursive: true, force: true });
  const isForBrowser = (/** @type {string} */ path) => !EXCLUDED.includes(basename(path));
  await cp(HERE, folder, { recursive: true, filter: isForBrowser });
  await cp(COMPONENTS, join(folder, "components"), { recursive: true, filter: isForBrowser });
  const filter = (/** @type {string} */ path) => isNeeded(relative(packageDir, path));
  await cp(packageDir, join(folder, "codecatalyst-pat"), { recursive: true, filter });
  return folder;
}

if (process.argv[1] === import.meta.filename) console.log(await assemble(...process.argv.slice(2)));
