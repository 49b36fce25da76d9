// Packs pkg/ and installs the archive as a user would, for tests and for npm start.

import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { root, run } from "./tools.mjs";

/** @type {Promise<string> | undefined} */
let packed;

/** Installs the packed archive once per process and gives the folder of the package. */
export function packedPackage() {
  packed ??= install(join(root, "target/packed"));
  return packed;
}

/**
 * Packs pkg/ into a folder and gives the path of the archive.
 * @param {string} folder
 */
export async function pack(folder) {
  await mkdir(folder, { recursive: true });
  const { stdout } = await run("npm", ["pack", "--json", "--pack-destination", folder], {
    cwd: join(root, "pkg"),
  });
  const [{ filename }] = /** @type {{ filename: string }[]} */ (Object.values(JSON.parse(stdout)));
  return join(folder, filename);
}

/**
 * Installs the packed archive into a folder and gives the folder of the package.
 * @param {string} folder
 */
export async function install(folder) {
  await rm(folder, { recursive: true, force: true });
  const archive = await pack(folder);
  await writeFile(join(folder, "package.json"), JSON.stringify({ private: true, type: "module" }));
  await run("npm", ["install", "--offline", "--no-audit", "--no-fund", archive], { cwd: folder });
  return join(folder, "node_modules/codecatalyst-pat");
}
