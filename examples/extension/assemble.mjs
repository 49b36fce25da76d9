// Makes the folder that a browser loads: the files of this folder, and the package beside them. No bundler has a hand in it.
//
//   node examples/extension/assemble.mjs [folder of the package] [where to]
//
// Without arguments it takes the package that `npm run build` left in pkg/, and makes target/extension/.

import { cp, mkdir, rm } from "node:fs/promises";
import { basename, join } from "node:path";

const HERE = import.meta.dirname;
const ROOT = join(HERE, "../..");

// What is for people and not for the browser.
const LEFT_OUT = ["README.md", basename(import.meta.filename)];

/** Makes the folder anew and gives its path. */
export async function assemble(
  packageDir = join(ROOT, "pkg"),
  folder = join(ROOT, "target/extension"),
) {
  await rm(folder, { recursive: true, force: true });
  await cp(HERE, folder, { recursive: true, filter: (path) => !LEFT_OUT.includes(basename(path)) });
  await mkdir(join(folder, "codecatalyst-pat"));
  await cp(join(packageDir, "index.js"), join(folder, "codecatalyst-pat/index.js"));
  return folder;
}

if (process.argv[1] === import.meta.filename) console.log(await assemble(...process.argv.slice(2)));
