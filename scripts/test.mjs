// npm test: every check, from formatting to browsers. Sets up what they need first.

import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { build } from "./build.mjs";
import { bundleBoundaryTests, testHosts } from "./hosts.mjs";
import { SetupError, setUp } from "./setup.mjs";
import { downloadText } from "./size.mjs";
import { root, run, wasmTarget } from "./tools.mjs";

const strict = ["--", "-D", "warnings"];

/**
 * Each check gives the number of tests it ran, or something else if there is nothing to count.
 * @type {Record<string, () => Promise<unknown>>}
 */
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
  "Rust: documentation": () =>
    run("cargo", ["doc", "--locked", "--no-deps"], { env: { RUSTDOCFLAGS: "-D warnings" } }),
  "the core, natively": async () => countRust(await run("cargo", ["test", "--locked"])),
  "the package builds": () => build(),
  "the edge, in each host": () => testHosts(),
  "the packed package": async () =>
    countNode(await run(process.execPath, ["--test", ...(await packageTests())])),
};

/** @param {number[]} numbers */
const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);

/** @param {import("./tools.mjs").Output} output */
const countRust = ({ stdout }) =>
  sum([...stdout.matchAll(/^test result: ok\. (\d+) passed/gm)].map(([, count]) => Number(count)));

/** @param {import("./tools.mjs").Output} output */
const countNode = ({ stdout }) => Number(/^(?:#|ℹ) pass (\d+)$/m.exec(stdout)?.[1] ?? 0);

async function packageTests() {
  const folder = join(root, "tests/package");
  return (await readdir(folder))
    .filter((file) => file.endsWith(".test.mjs"))
    .map((file) => join(folder, file));
}

/**
 * Runs a check and says how it ended. Gives the number of tests (1 if the check is no suite), or
 * nothing if it failed.
 * @param {[name: string, act: () => Promise<unknown>]} check
 */
async function check([name, act]) {
  const started = Date.now();
  const seconds = () => `${Math.round((Date.now() - started) / 1000)} s`;
  try {
    const count = await act();
    if (count === 0) throw new Error("no test ran");
    const tests = typeof count === "number" ? `${count} tests, ` : "";
    console.log(`ok      ${name} (${tests}${seconds()})`);
    return typeof count === "number" ? count : 1;
  } catch (error) {
    console.log(
      `FAILED  ${name} (${seconds()})\n${error instanceof Error ? error.message : error}\n`,
    );
    return undefined;
  }
}

async function testAll() {
  await setUp({ tests: true });
  const counts = [];
  for (const entry of Object.entries(checks)) counts.push(await check(entry));
  const passed = counts.filter((count) => count !== undefined);
  const failed = counts.length - passed.length;
  console.log(await downloadText());
  console.log(`\n${sum(passed)} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
}

await testAll().catch((error) => {
  console.error(error instanceof SetupError ? error.message : error);
  process.exitCode = 1;
});
