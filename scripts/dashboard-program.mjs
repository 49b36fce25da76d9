// Runs the dashboard's program as it is installed.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { ProgramError } from "./tools.mjs";

/**
 * @param {string} packageDir
 * @param {string[]} args
 */
const command = (packageDir, args) => [join(packageDir, "cli/main.js"), "dashboard", ...args];

/**
 * Runs it on this terminal until it ends, and gives its exit code. Signals are passed on to it.
 * @param {string} packageDir
 * @param {string[]} args
 */
export async function runDashboard(packageDir, args) {
  const child = spawn(process.execPath, command(packageDir, args), { stdio: "inherit" });
  for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM"]))
    process.on(signal, () => child.kill(signal));
  const [code] = await once(child, "close");
  return Number(code);
}

/**
 * Runs it for a while, without a browser, and gives the address that it prints.
 * @param {string} packageDir
 * @param {string[]} args
 * @param {(address: string) => Promise<void>} use
 */
export async function withDashboard(packageDir, args, use) {
  const child = spawn(process.execPath, command(packageDir, [...args, "--no-browser"]), {
    stdio: ["ignore", "pipe", "ignore"],
  });
  try {
    const { value } = await createInterface(child.stdout)[Symbol.asyncIterator]().next();
    if (value === undefined) throw new ProgramError("The dashboard ended at once", "");
    await use(value);
  } finally {
    child.kill();
  }
}
