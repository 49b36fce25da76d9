// Warns of a file with a bearer token in it that others on this machine can read.

import { fstatSync, statSync } from "node:fs";

/** @typedef {import("./terminal.js").Terminal} Terminal */

const OTHERS_HAVE_ACCESS = 0o077;

/**
 * @param {string} path
 * @param {string} displayName
 * @param {Terminal} terminal
 */
export async function warnIfExposed(path, displayName, terminal) {
  if (!isExposed(() => statSync(path))) return;
  await terminal.warn(
    `Others can read ${displayName}, which holds your sign-in. Type: chmod 600 ${displayName}`,
  );
}

/** @param {Terminal} terminal */
export async function warnIfStdinIsExposed(terminal) {
  if (!isExposed(() => fstatSync(0))) return;
  await terminal.warn("Others can read the file with your token. Use chmod 600 on it.");
}

/** @param {() => import("node:fs").Stats} stat */
function isExposed(stat) {
  // It has no such modes: Node makes them up there.
  if (process.platform === "win32") return false;
  try {
    const stats = stat();
    return stats.isFile() && (stats.mode & OTHERS_HAVE_ACCESS) !== 0;
  } catch {
    // Reading the file says why.
    return false;
  }
}
