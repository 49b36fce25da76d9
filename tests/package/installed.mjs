// The packed package, installed as users do, each time in a folder of the suite's own: suites run at the same time.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { setTimeout as pause } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { install } from "../../scripts/pack.mjs";
import { root } from "../../scripts/tools.mjs";

/** Installs the package; gives the folder of the project that it is installed in. */
export async function project(name) {
  const folder = join(root, "target/tests", name);
  await install(folder);
  return folder;
}

/** Where the package is in a project. */
export const packageIn = (folder) => join(folder, "node_modules/codecatalyst-pat");

let copies = 0;

/**
 * An entry of the package, loaded once more: its client has not been called yet.
 * @param {string} folder
 * @param {string} file
 */
function freshEntry(folder, file) {
  const url = pathToFileURL(join(packageIn(folder), file));
  copies += 1;
  url.search = `copy=${copies}`;
  return import(url.href);
}

/** @param {string} folder */
export const fresh = (folder) => freshEntry(folder, "index.js");

/** @param {string} folder */
export const freshStreaming = (folder) => freshEntry(folder, "streaming.js");

/**
 * Runs Node to its end and gives what it printed.
 * @param {string} cwd
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} [env]
 */
export async function node(cwd, args, env) {
  const child = spawn(process.execPath, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const [stdout, stderr, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, "close"),
  ]);
  return { code, stdout, stderr };
}

let scripts = 0;

/**
 * Runs a script that is a file of the project.
 * @param {string} folder
 * @param {string} code
 * @param {{ type?: "mjs" | "cjs", env?: NodeJS.ProcessEnv }} [options]
 */
export async function script(folder, code, { type = "mjs", env } = {}) {
  scripts += 1;
  const file = join(folder, `script-${scripts}.${type}`);
  await writeFile(file, code);
  return node(folder, [file], env);
}

/**
 * What a call was rejected with.
 * @param {Promise<unknown>} promise
 * @returns {Promise<any>}
 */
export async function rejection(promise) {
  let output;
  try {
    output = await promise;
  } catch (error) {
    // This function would wait for it, and so give what a caller doesn't get.
    if (error instanceof Promise) throw new Error("This call was rejected with a promise");
    return error;
  }
  throw new Error(`This call should have failed; it gave ${JSON.stringify(output)}`);
}

/** Everything that a loop gives. */
export async function all(iterable) {
  const items = [];
  for await (const item of iterable) items.push(item);
  return items;
}

/** Waits until something is so. */
export async function until(isSo) {
  while (!isSo()) await pause(5);
}
