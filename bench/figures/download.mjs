// What a page downloads, and what an installation brings.

import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { BUNDLERS, bundleSizes } from "../bundles.mjs";
import { OURS } from "../contenders.mjs";
import { root } from "../../scripts/tools.mjs";
import { figure } from "../rounds.mjs";

/** @typedef {import("../types.ts").Bench} Bench */

/** @param {Bench} bench */
export async function download(bench) {
  const figures = [];
  for (const bundler of BUNDLERS) {
    const sizes = await bundleSizes(bench, bundler);
    for (const kind of /** @type {const} */ (["raw", "gzip", "brotli"])) {
      const samples = new Map([...sizes].map(([title, size]) => [title, [size[kind]]]));
      const group =
        "Download, minified: this package with all three functions, others with a deletion";
      const head = { id: `${bundler}-${kind}`, group, title: `${bundler}, ${kind}`, unit: "KB" };
      figures.push(figure(head, samples));
    }
  }
  return figures;
}

/** @param {string} folder */
async function megabytes(folder) {
  let bytes = 0;
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile() && !isNested(folder, path)) bytes += (await stat(path)).size;
  }
  return bytes / 1e6;
}

/**
 * Whether a file belongs to a package inside of this one, which is counted by itself.
 * @param {string} folder
 * @param {string} path
 */
const isNested = (folder, path) => path.slice(folder.length).includes("/node_modules/");

/**
 * @typedef {object} Locked
 * @property {Record<string, string>} [dependencies]
 * @property {Record<string, string>} [peerDependencies]
 * @property {Record<string, { optional?: boolean }>} [peerDependenciesMeta]
 */
/** @typedef {Record<string, Locked>} Lock */

/**
 * A package and all that is installed with it: their places in node_modules, by the lock file.
 * @param {Lock} packages
 * @param {string} place
 * @param {Set<string>} found
 */
function closure(packages, place, found = new Set()) {
  if (found.has(place)) return found;
  found.add(place);
  for (const name of needed(packages[place] ?? {})) {
    const dependency = resolve(packages, place, name);
    if (dependency) closure(packages, dependency, found);
  }
  return found;
}

/**
 * npm installs peers too, unless they are optional.
 * @param {Locked} locked
 */
function needed({ dependencies = {}, peerDependencies = {}, peerDependenciesMeta = {} }) {
  const peers = Object.keys(peerDependencies);
  const isOptional = (/** @type {string} */ name) => peerDependenciesMeta[name]?.optional;
  return [...Object.keys(dependencies), ...peers.filter((name) => !isOptional(name))];
}

/**
 * Looks from a package upwards, as Node does.
 * @param {Lock} packages
 * @param {string} place
 * @param {string} name
 * @returns {string | undefined}
 */
function resolve(packages, place, name) {
  const path = `${place}${place && "/"}node_modules/${name}`;
  if (path in packages) return path;
  if (place === "") return undefined;
  const above = place.lastIndexOf("/node_modules/");
  return resolve(packages, above < 0 ? "" : place.slice(0, above), name);
}

/** @param {Bench} bench */
export async function installed({ folder, contenders }) {
  const { packages } = JSON.parse(await readFile(join(root, "package-lock.json"), "utf8"));
  /** @type {Map<string, number[]>} */
  const counts = new Map();
  /** @type {Map<string, number[]>} */
  const sizes = new Map();
  for (const { title, packages: names } of contenders) {
    const isOurs = title === OURS;
    const places = new Set(names.flatMap((name) => [...closure(packages, `node_modules/${name}`)]));
    let size = 0;
    for (const place of places) size += await megabytes(join(isOurs ? folder : root, place));
    counts.set(title, [places.size]);
    sizes.set(title, [size]);
  }
  const group = "Installed";
  return [
    figure({ id: "packages", group, title: "packages", unit: "" }, counts),
    figure({ id: "installed", group, title: "size", unit: "MB" }, sizes),
  ];
}
