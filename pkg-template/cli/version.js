// codecatalyst-pat version

import { readFile } from "node:fs/promises";
import { EXIT } from "./cli-error.js";

/** The version of the package. */
export async function packageVersion() {
  const manifest = await readFile(new URL("../package.json", import.meta.url), "utf8");
  return String(JSON.parse(manifest).version);
}

/**
 * Runs the command and gives the exit code.
 *
 * @param {import("./arguments.js").Args} _
 * @param {import("./tokens.js").Context} context
 */
export async function versionCommand(_, { terminal }) {
  await terminal.print(await packageVersion());
  return EXIT.done;
}
