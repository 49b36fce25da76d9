// The command line: what it loads. That takes most of the time of a `list`.

import assert from "node:assert/strict";
import { mkdtemp, readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { coveredLines } from "../../scripts/covered-lines.mjs";
import { cli, env, folder, setUpSuite } from "./cli-suite.mjs";
import { packageIn } from "./installed.mjs";

setUpSuite("cli-start");

/** Runs it and gives the files of the package that were loaded. */
async function loadedFiles(args) {
  const coverage = await mkdtemp(join(folder, "coverage-"));
  const { code } = await cli(args, { env: { ...env(), NODE_V8_COVERAGE: coverage } });
  assert.equal(code, 0);
  const read = (file) => readFile(join(packageIn(folder), file), "utf8");
  return Object.keys(await coveredLines(coverage, read));
}

/** What only other commands and options need: profiles, `--debug`, the dashboard. */
const OTHERS =
  /^aws\/(?!env-source|endpoint|error)|^cli\/(?:browser|complete|dashboard|dashboard-source|debug|help|version)\.js$|^(?:dashboard|testing)\//;

for (const args of [["list"], ["delete", "id-0", "--yes"]]) {
  test(`${args[0]} loads nothing that only other commands and options need`, async () => {
    const files = await loadedFiles(args);
    assert.ok(files.includes(`cli/${args[0]}.js`));
    assert.deepEqual(
      files.filter((file) => OTHERS.test(file)),
      [],
    );
  });
}

// Runs before the program, and tells on standard error what that does.
const PRELOAD = `
  import { syncBuiltinESMExports } from "node:module";
  import v8 from "node:v8";

  const { get } = Object.getOwnPropertyDescriptor(globalThis, "Response");
  const loadFetch = () => (console.error("fetch is loaded"), get.call(globalThis));
  Object.defineProperty(globalThis, "Response", { get: loadFetch, configurable: true });

  v8.setFlagsFromString = (flag) => console.error(flag);
  syncBuiltinESMExports();

  for (const name of ["Collator", "ListFormat", "Segmenter"])
    Intl[name] = new Proxy(Intl[name], {
      construct: (target, args) => (console.error(name), new target(...args)),
    });`;

const preload = `--import=data:text/javascript,${encodeURIComponent(PRELOAD)}`;

/** Runs it and gives its exit code and what was loaded or set, in that order. */
async function steps(args, options = "") {
  const { code, stderr } = await cli(args, {
    env: { ...env(), NODE_OPTIONS: `${preload} ${options}` },
  });
  return { code, steps: stderr.trim().split("\n") };
}

test("list loads Node's fetch with the flags of V8 as they were, and nothing of Intl", async () => {
  const run = await steps(["list"]);
  const [first, second, ...others] = run.steps;
  assert.deepEqual([run.code, first, second], [0, "fetch is loaded", "--liftoff-only"]);
  assert.deepEqual(
    others.filter((step) => step !== "fetch is loaded"),
    [],
  );
});

test("list makes a collator where names are to be sorted", async () => {
  const run = await steps(["list", "--sort", "name"]);
  assert.equal(run.code, 0);
  assert.ok(run.steps.includes("Collator"));
});

// In Node 22 that would end the process before the error is printed.
test("list doesn't load Node's fetch where there is no WebAssembly", async () => {
  const run = await steps(["list"], "--jitless");
  assert.equal(run.code, 1);
  assert.match(run.steps.at(-1) ?? "", /InitializationError: This engine has no WebAssembly/);
  assert.equal(run.steps.includes("fetch is loaded"), false);
});
