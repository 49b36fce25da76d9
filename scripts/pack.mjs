// Packs pkg/ and installs the archive as a user would, for tests and for npm start.

import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { root, run } from "./tools.mjs";

let packed;

/** The folder of the installed package, once for a process. pkg/ must have been built. */
export const packedPackage = () => (packed ??= install(join(root, "target/packed")));

/** Installs the packed archive into a folder of its own and gives the folder of the package. */
export async function install(folder) {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const { stdout } = await run("npm", ["pack", "--json", "--pack-destination", folder], {
    cwd: join(root, "pkg"),
  });
  const report = JSON.parse(stdout);
  const [{ filename }] = Object.values(report);
  await writeFile(join(folder, "package.json"), JSON.stringify({ private: true, type: "module" }));
  await run("npm", ["install", "--offline", "--no-audit", "--no-fund", `./${filename}`], {
    cwd: folder,
  });
  return join(folder, "node_modules/codecatalyst-pat");
}
