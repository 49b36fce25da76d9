// Who takes part, and where.

import { cp, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { install } from "../scripts/pack.mjs";
import { root } from "../scripts/tools.mjs";

export const OURS = "codecatalyst-pat";
export const STREAMING = "codecatalyst-pat/streaming";
export const FLOOR = "fetch, by hand (the floor)";

/** @type {import("./types.ts").Contender[]} */
export const contenders = [
  { name: "floor", title: FLOOR, packages: [] },
  { name: "javascript", title: "the same in JavaScript", packages: [] },
  { name: "package", title: OURS, packages: ["codecatalyst-pat"] },
  { name: "ky", title: "ky", packages: ["ky"] },
  { name: "ofetch", title: "ofetch", packages: ["ofetch"] },
  { name: "axios", title: "axios", packages: ["axios"] },
  {
    name: "official",
    title: "@aws-sdk/client-codecatalyst",
    packages: ["@aws-sdk/client-codecatalyst", "@smithy/fetch-http-handler"],
  },
];

/** Those of a quick run: the floor, the limit in JavaScript, and this package. */
export const quickContenders = contenders.slice(0, 3);

/**
 * Installs the packed package, and puts the contenders beside it, where each finds what it imports.
 * @returns {Promise<string>} the folder
 */
export async function prepare() {
  const folder = join(root, "target/bench");
  await install(folder);
  await rm(join(folder, "contenders"), { recursive: true, force: true });
  await cp(join(import.meta.dirname, "contenders"), join(folder, "contenders"), {
    recursive: true,
  });
  return folder;
}

/**
 * @param {string} folder
 * @param {import("./types.ts").Contender} contender
 */
export const fileOf = (folder, { name }) => join(folder, "contenders", `${name}.mjs`);

/**
 * The manifest of an installed package.
 * @param {string} folder
 * @param {string} name
 */
export async function manifest(folder, name) {
  const places = [join(folder, "node_modules", name), join(root, "node_modules", name)];
  for (const place of places) {
    const text = await readFile(join(place, "package.json"), "utf8").catch(() => undefined);
    if (text !== undefined) return JSON.parse(text);
  }
  throw new Error(`${name} is not installed`);
}
