// Makes the folder that a browser loads: the files of this folder, and the package beside them. No bundler has a hand in it.
//
//   node examples/extension/assemble.mjs [folder of the package] [where to]
//
// Without arguments it takes the package that `npm run build` left in pkg/, and makes target/extension/.

import { cp, rm } from "node:fs/promises";
import { basename, join, relative } from "node:path";

const HERE = import.meta.dirname;
const ROOT = join(HERE, "../..");

// What is for people and not for the browser.
const LEFT_OUT = ["README.md", basename(import.meta.filename)];

// What `streaming.js` may import, and the module. The entries for other hosts and the base64 stay out:
// the rules of extension stores ask for code that can be read.
const isNeeded = (path) =>
  ["", "wasm"].includes(path) ||
  /^(?!index\.)[\w-]+\.js$/.test(path) ||
  /^wasm.(glue\.js|codecatalyst_pat\.wasm)$/.test(path);

/** Makes the folder anew and gives its path. */
export async function assemble(
  packageDir = join(ROOT, "pkg"),
  folder = join(ROOT, "target/extension"),
) {
  await rm(folder, { recursive: true, force: true });
  await cp(HERE, folder, { recursive: true, filter: (path) => !LEFT_OUT.includes(basename(path)) });
  const filter = (path) => isNeeded(relative(packageDir, path));
  await cp(packageDir, join(folder, "codecatalyst-pat"), { recursive: true, filter });
  return folder;
}

if (process.argv[1] === import.meta.filename) console.log(await assemble(...process.argv.slice(2)));
