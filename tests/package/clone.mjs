// Another clone of this project, as far as its sources go.

import { cp, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "../../scripts/tools.mjs";

/** What set-up and builds leave in a clone, and git. */
const NOT_SOURCES = [".git", ".tools", "node_modules", "pkg", "target"];

/** Copies the sources into a folder that is there until the test ends, and gives the folder. */
export async function clone(t) {
  // With a space, as in many a user's folder.
  const folder = await mkdtemp(join(tmpdir(), "another clone "));
  t.after(() => rm(folder, { recursive: true, force: true }));
  for (const name of await readdir(root)) {
    if (!NOT_SOURCES.includes(name))
      await cp(join(root, name), join(folder, name), { recursive: true });
  }
  return folder;
}
