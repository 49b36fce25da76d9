// Where the AWS CLI's files are.

import { readFile, stat } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";

const isWindows = process.platform === "win32";

/** @param {NodeJS.ProcessEnv} env */
const homeFolder = (env) => (isWindows ? env.USERPROFILE : env.HOME) ?? homedir();

/**
 * Replaces `$NAME` and `${NAME}`, then a tilde at the start. A variable that isn't set stays as it is
 * written. Unlike Python's, it doesn't know the home folders of other users: `~other`.
 *
 * @param {string} path
 * @param {NodeJS.ProcessEnv} env
 */
export function expandPath(path, env) {
  const variables = isWindows ? /\$(\w+)|\$\{([^}]*)\}|%([^%]*)%/g : /\$(\w+)|\$\{([^}]*)\}/g;
  const expanded = path.replace(
    variables,
    (text, plain, braced, percent) => env[plain ?? braced ?? percent] ?? text,
  );
  const isHome = isWindows ? /^~(?=[/\\]|$)/ : /^~(?=\/|$)/;
  return expanded.replace(isHome, () => homeFolder(env));
}

/**
 * A file or a folder: its path, and the name to show to the user.
 *
 * @typedef {{ path: string, displayName: string }} Place
 */

/**
 * @param {string} written
 * @param {NodeJS.ProcessEnv} env
 * @returns {Place}
 */
export const placeOf = (written, env) => ({
  path: expandPath(written, env),
  displayName: written,
});

/**
 * @param {Place} folder
 * @param {string} name
 * @returns {Place}
 */
export const placeIn = ({ path, displayName }, name) => ({
  path: join(path, name),
  displayName: `${displayName}/${name}`,
});

/**
 * The text of a file; `undefined` if there is none, or something that is no file. Throws if it can't be
 * read or isn't UTF-8.
 *
 * @param {string} path
 */
export async function readText(path) {
  const stats = await stat(path).catch(() => undefined);
  if (!stats?.isFile()) return undefined;
  return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(await readFile(path));
}
