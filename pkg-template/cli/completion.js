// codecatalyst-pat completion

import { readFile } from "node:fs/promises";
import { EXIT, usageError } from "./cli-error.js";

export const SHELLS = ["bash", "zsh", "fish"];

/** @param {string[]} operands */
export function checkShell(operands) {
  const [shell = ""] = operands;
  if (operands.length !== 1 || !SHELLS.includes(shell))
    throw usageError("Say for which shell: bash, zsh or fish.");
}

/**
 * Runs the command and gives the exit code.
 *
 * @param {import("./arguments.js").Args} args
 * @param {import("./tokens.js").Context} context
 */
export async function completionCommand({ operands: [shell] }, { terminal }) {
  const script = new URL(`./completion/completion.${shell}`, import.meta.url);
  await terminal.print((await readFile(script, "utf8")).trimEnd());
  return EXIT.done;
}
