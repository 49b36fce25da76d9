// Opens an address in the user's browser. No shell takes part, so an address is never more than one.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { delimiter } from "node:path";
import { VARIABLE } from "../aws/env-source.js";

// A program that hands the address to a browser ends soon; a browser itself stays.
const SETTLED_MS = 1_000;

/**
 * @typedef {object} System
 * @property {string} platform as in `process.platform`
 * @property {NodeJS.ProcessEnv} env
 */

/**
 * Opens an address in the browser that BROWSER names, otherwise in the system's. Gives whether that
 * seems to have worked.
 *
 * @param {string} address
 * @param {System} system
 */
export async function openInBrowser(address, system) {
  for (const command of browserCommands(address, system))
    if (await starts(command, system.env)) return true;
  return false;
}

/**
 * What to run, in the order in which it is tried, each as a program with its arguments.
 *
 * @param {string} address
 * @param {System} system
 * @returns {string[][]}
 */
export function browserCommands(address, { platform, env }) {
  if (env.BROWSER)
    return env.BROWSER.split(delimiter)
      .filter(Boolean)
      .map((entry) => fill(entry, address));
  if (platform === "darwin") return [["open", address]];
  if (platform === "win32") return [["rundll32", "url.dll,FileProtocolHandler", address]];
  // Without a screen, xdg-open would start a browser for terminals.
  const hasScreen = env.DISPLAY || env.WAYLAND_DISPLAY;
  const forScreen = hasScreen ? [["xdg-open", address]] : [];
  return env.WSL_DISTRO_NAME ? [["wslview", address], ...forScreen] : forScreen;
}

/**
 * An entry of BROWSER is a program, maybe with arguments; `%s` stands for the address.
 *
 * @param {string} entry
 * @param {string} address
 */
function fill(entry, address) {
  const words = entry.trim().split(/\s+/);
  return words.some((word) => word.includes("%s"))
    ? words.map((word) => word.replaceAll("%s", () => address))
    : [...words, address];
}

/**
 * The browser doesn't get the bearer token along with the environment.
 *
 * @param {string[]} command
 * @param {NodeJS.ProcessEnv} env
 */
async function starts([program, ...args], { [VARIABLE]: _, ...env }) {
  const child = spawn(program, args, { stdio: "ignore", detached: true, env });
  try {
    const [code] = await once(child, "exit", { signal: AbortSignal.timeout(SETTLED_MS) });
    return code === 0;
  } catch (error) {
    return error instanceof Error && error.name === "AbortError";
  } finally {
    // It may outlive this program, which doesn't wait for it.
    child.unref();
  }
}
