// npm test: every check, from formatting to browsers. Sets up what they need first.

import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { build } from "./build.mjs";
import { countNode, countRust, main } from "./checks.mjs";
import { documentCrate } from "./docs.mjs";
import { bundleBoundaryTests, testHosts } from "./hosts.mjs";
import { setUp } from "./setup.mjs";
import { downloadText } from "./size.mjs";
import { checkHosts } from "./test-hosts.mjs";
import { root, run, wasmTarget } from "./tools.mjs";

const strict = ["--", "-D", "warnings"];

/** @type {import("./checks.mjs").Checks} */
const checks = {
  "JavaScript: format and lints": () => run("npm", ["run", "--silent", "lint"]),
  "JavaScript: types": () => run("npm", ["run", "--silent", "types"]),
  "Rust: format": () => run("cargo", ["fmt", "--check"]),
  "crates: duplicates, licences, sources": () =>
    run("cargo", ["deny", "--locked", "check", "bans", "licenses", "sources"]),
  "Rust: lints, natively": () => run("cargo", ["clippy", "--locked", "--all-targets", ...strict]),
  "Rust: lints, for WebAssembly": async () => {
    await bundleBoundaryTests();
    const targets = ["--lib", "--test", "boundary"];
    await run("cargo", ["clippy", "--locked", ...wasmTarget, ...targets, ...strict]);
  },
  "Rust: documentation": () => documentCrate(),
  "the core, natively": async () => countRust(await run("cargo", ["test", "--locked"])),
  "the package builds": () => build(),
  "the edge, in each host": () => testHosts(),
  "the packed package": async () =>
    countNode(
      await run(process.execPath, ["--test", "--test-concurrency=3", ...(await packageTests())]),
    ),
  "the packed package, in other hosts": () => checkHosts(OTHER_HOSTS),
};

// The rest of `npm run test:hosts` takes several minutes.
const OTHER_HOSTS = ["archive", "bun", "deno", "edge-runtime", "workers"];

async function packageTests() {
  const folder = join(root, "tests/package");
  return (await readdir(folder))
    .filter((file) => file.endsWith(".test.mjs"))
    .map((file) => join(folder, file));
}

await main(
  () => setUp({ tests: true }),
  checks,
  async () => console.log(await downloadText()),
);
