// What set-up does with the machine: finds and links programs, installs system packages, and says so.

import { existsSync } from "node:fs";
import { rm, symlink } from "node:fs/promises";
import { delimiter, join, resolve } from "node:path";
import { environment, run, toolsDir } from "./tools.mjs";

/** @param {string} text */
export const say = (text) => console.log(`set-up: ${text}`);

/** @param {unknown} error */
export const messageOf = (error) => (error instanceof Error ? error.message : String(error));

/** @param {string} text */
export const lastLines = (text, count = 15) => text.trimEnd().split("\n").slice(-count).join("\n");

/**
 * The path of the first of some programs that is on PATH, or that is an absolute path itself.
 * @param {...string} names
 */
export function found(...names) {
  const folders = (environment.PATH ?? "").split(delimiter);
  return names
    .flatMap((name) => folders.map((folder) => resolve(folder, name)))
    .find((path) => existsSync(path));
}

/**
 * Makes a program one of ours.
 * @param {string} from
 * @param {string} program
 */
export async function link(from, program) {
  const to = join(toolsDir, "bin", program);
  await rm(to, { force: true });
  await symlink(from, to);
}

/**
 * Installs system packages, as root or by sudo, and says which versions they are of: apt has one of
 * each, so none can be asked for.
 * @param {string} what
 * @param {string[]} packages
 */
export async function apt(what, packages) {
  if (!found("apt-get"))
    throw new Error(`${what}: not found, and there is no apt-get here to install it with.`);
  say(`${what}: installs system packages by apt-get, outside this clone: ${packages.join(" ")}`);
  const [program, ...before] = process.getuid?.() === 0 ? ["apt-get"] : ["sudo", "-n", "apt-get"];
  const env = { DEBIAN_FRONTEND: "noninteractive" };
  await run(program, [...before, "update", "-qq"], { env });
  const options = ["-y", "-qq", "--no-install-recommends"];
  await run(program, [...before, "install", ...options, ...packages], { env });
  const { stdout } = await run("dpkg-query", ["--show", ...packages]);
  const versions = stdout.trim().replaceAll("\t", " ").replaceAll("\n", ", ");
  say(`${what}: apt-get installed ${versions}`);
}
