// Creates the folder that a browser loads: the files of this folder, and the package beside them,
// without a bundler.
//
//   node examples/extension/assemble.mjs [folder of the package] [target folder]
//
// By default it takes the package that `npm run build` writes to pkg/, and creates target/extension/.

import { cp, mkdir, rm } from "node:fs/promises";
import { basename, join } from "node:path";

const HERE = import.meta.dirname;
const ROOT = join(HERE, "../..");

// Not for the browser.
const EXCLUDED = ["README.md", "chrome.d.ts", basename(import.meta.filename)];

/** Creates the folder, replacing an old one, and returns its path. */
export async function assemble(
  packageDir = join(ROOT, "pkg"),
  folder = join(ROOT, "target/extension"),
) {
  await rm(folder, { recursive: true, force: true });
  await cp(HERE, folder, { recursive: true, filter: (path) => !EXCLUDED.includes(basename(path)) });
  await mkdir(join(folder, "codecatalyst-pat"));
  for (const file of ["index.js", "format-error.js"]) {
    await cp(join(packageDir, file), join(folder, "codecatalyst-pat", file));
  }
  return folder;
}

if (process.argv[1] === import.meta.filename) console.log(await assemble(...process.argv.slice(2)));
