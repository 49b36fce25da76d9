// The crates that are compiled into the module.

import { join } from "node:path";
import { root, run } from "./tools.mjs";

/**
 * @typedef {object} Crate
 * @property {string} id
 * @property {string} name
 * @property {string} version
 * @property {string} license
 * @property {string | null} source none for a crate that is a folder here
 * @property {string} manifest_path
 * @property {{ kind: string[] }[]} targets
 */

/** The crates of others that are compiled into the module, those of the standard library included. */
export async function compiledCrates() {
  const library = join(await librarySources(), "std");
  const crates = [...(await linkedCrates(root)), ...(await linkedCrates(library))];
  return crates.filter(({ source }) => source !== null);
}

/** Where the sources of Rust's standard library are. */
export async function librarySources() {
  const { stdout } = await run("rustc", ["--print", "sysroot"]);
  return join(stdout.trim(), "lib/rustlib/src/rust/library");
}

/**
 * The crates that are compiled into a library for WebAssembly: no macros, build scripts or tests.
 * @param {string} folder the library's
 * @returns {Promise<Crate[]>}
 */
async function linkedCrates(folder) {
  const target = ["--filter-platform", "wasm32-unknown-unknown", "--locked"];
  const args = ["metadata", "--format-version", "1", ...target];
  const { stdout } = await run("cargo", args, { cwd: folder });
  const { packages, resolve } = JSON.parse(stdout);
  /** @type {Map<string, Crate>} */
  const crates = new Map(packages.map((/** @type {Crate} */ crate) => [crate.id, crate]));
  /** @type {Map<string, { deps: { pkg: string, dep_kinds: { kind: string | null }[] }[] }>} */
  const nodes = new Map(resolve.nodes.map((/** @type {any} */ node) => [node.id, node]));
  /** @type {Set<Crate>} */
  const linked = new Set();
  const visit = (/** @type {string} */ id) => {
    const crate = crates.get(id);
    const isMacro = crate?.targets.some(({ kind }) => kind.includes("proc-macro"));
    if (crate === undefined || isMacro || linked.has(crate)) return;
    linked.add(crate);
    for (const { pkg, dep_kinds } of nodes.get(id)?.deps ?? [])
      if (dep_kinds.some(({ kind }) => kind === null)) visit(pkg);
  };
  visit(resolve.root);
  return [...linked];
}
