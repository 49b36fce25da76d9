// Plants mistakes into the package's JavaScript, one at a time, and tells which ones no test notices:
//
//   node scripts/mutate.mjs [file …]     all files of pkg-template without those in its folders
//   MUTANTS=<n> …                        so many of each file, chosen evenly
//
// tests/MUTANTS.md says what is known of those that survive. It works in a copy, in target/mutation.

import { cp, mkdir, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { coveredLines } from "./covered-lines.mjs";
import { mistakesIn } from "./mistakes.mjs";
import { ProgramError, root, run } from "./tools.mjs";

/** @import { Mistake } from "./mistakes.mjs" */

const COPY = join(root, "target/mutation");

/** What a copy has to have, and what it shares. */
const SOURCES = ["pkg", "pkg-template", "scripts", "src", "tests", "www", "examples", "bench"];
const FILES = ["package.json", "Cargo.toml", "Cargo.lock", "rust-toolchain.toml", "README.md"];

/** The suites that need no browser. */
const SUITES = [
  ..."schedules,option-names,options,deletions,deletions-end,lists,errors,error-logs".split(","),
  ..."shared-signals,cancellation,cancellable,responsive,live-sources,token-providers,format-error,loading".split(
    ",",
  ),
  ..."importing,exit,realms,not-sent,foreign-replies,hardened,hostile,node-fetch".split(","),
  ..."boundary,causes,nearest,describe-wait,format-date,stoppable,stoppable-refusals,safe-text,fake-timers,jest".split(
    ",",
  ),
];

/** Fewer than in npm test, as this runs for each mistake. */
const FEWER = { SCHEDULES: "1500", HOSTILE_CALLS: "300" };

/** A suite that takes six times as long as without a mistake hangs, or else in any case this long. */
const MIN_LIMIT_MS = 20_000;

/**
 * A suite: how long it takes, which lines it runs, and how many mistakes it has noticed.
 * @typedef {{ name: string, durationMs: number, lines: Record<string, Set<number>>, noticed: number }} Suite
 */

async function makeCopy() {
  await rm(COPY, { recursive: true, force: true });
  for (const name of [...SOURCES, ...FILES])
    await cp(join(root, name), join(COPY, name), { recursive: true });
  for (const name of ["node_modules", ".tools"]) await symlink(join(root, name), join(COPY, name));
  await writeFile(join(COPY, "scripts/pack.mjs"), INSTALL_BY_COPYING);
  await writeFile(join(COPY, "tests/package/boundary.test.mjs"), BOUNDARY_SUITE);
}

/** In the place of pack.mjs: npm takes longer than most suites. */
const INSTALL_BY_COPYING = `
  import { cp, mkdir, rm, writeFile } from "node:fs/promises";
  import { join } from "node:path";
  import { root } from "./tools.mjs";
  export async function install(folder) {
    await rm(folder, { recursive: true, force: true });
    const target = join(folder, "node_modules/codecatalyst-pat");
    await mkdir(target, { recursive: true });
    await cp(join(root, "pkg"), target, { recursive: true });
    await writeFile(join(folder, "package.json"), '{ "private": true, "type": "module" }');
    return target;
  }
  export const packedPackage = () => install(join(root, "target/packed"));
`;

/** The tests of tests/boundary in this Node, with the module of pkg/. */
const BOUNDARY_SUITE = `
  import { readFile } from "node:fs/promises";
  import { test } from "node:test";
  import { createGlue } from "../../pkg/wasm/glue.js";
  import { connect, files, names, run } from "../boundary/index.js";
  const glue = createGlue();
  const bytes = await readFile(new URL("../../pkg/wasm/codecatalyst_pat.wasm", import.meta.url));
  connect(glue, (await glue({ module_or_path: bytes })).memory);
  for (const file of files()) for (const name of names(file)) test(name, () => run(file, name));
`;

/** @param {string} file @returns {Promise<string | undefined>} */
const read = (file) => readFile(join(COPY, "pkg-template", file), "utf8").catch(() => undefined);

/**
 * Runs a suite without a mistake.
 *
 * @param {string} name
 * @returns {Promise<Suite>}
 */
async function observe(name) {
  const folder = join(COPY, "target/coverage", name);
  await mkdir(folder, { recursive: true });
  const began = Date.now();
  await runSuite(name, { NODE_V8_COVERAGE: folder });
  const durationMs = Date.now() - began;
  return { name, durationMs, lines: await coveredLines(folder, read), noticed: 0 };
}

/** @param {string} name @param {NodeJS.ProcessEnv} [env] @param {number} [timeoutMs] */
const runSuite = (name, env, timeoutMs) =>
  run(process.execPath, [join(COPY, "tests/package", `${name}.test.mjs`)], {
    cwd: COPY,
    env: { ...FEWER, ...env },
    timeoutMs,
  });

/**
 * Whether a suite fails. A mistake that leads to an endless loop counts as noticed.
 *
 * @param {Suite} suite
 */
async function notices({ name, durationMs }) {
  try {
    await runSuite(name, {}, Math.max(MIN_LIMIT_MS, 6 * durationMs));
    return false;
  } catch (error) {
    if (error instanceof ProgramError) return true;
    throw error;
  }
}

/**
 * @param {string} file
 * @param {Mistake} mistake
 * @param {Suite[]} suites
 */
async function isNoticed(file, { line, text }, suites) {
  await write(file, text);
  const able = suites.filter(({ lines }) => lines[file]?.has(line));
  // What has noticed many is asked first; else what is over soon.
  able.sort((one, other) => other.noticed - one.noticed || one.durationMs - other.durationMs);
  for (const suite of able) {
    if (!(await notices(suite))) continue;
    suite.noticed += 1;
    return true;
  }
  return false;
}

/** The suites use the built package or the sources. @param {string} file @param {string} text */
async function write(file, text) {
  for (const folder of ["pkg", "pkg-template"]) await writeFile(join(COPY, folder, file), text);
}

/**
 * @param {string} file
 * @param {Suite[]} suites
 */
async function mutate(file, suites) {
  const text = (await read(file)) ?? "";
  const planted = chosen(await mistakesIn(text));
  for (const suite of suites) suite.noticed = 0;
  let survived = 0;
  for (const mistake of planted) {
    if (await isNoticed(file, mistake, suites)) continue;
    survived += 1;
    const { line, before, after } = mistake;
    console.log(`${file}:${line}\n  - ${before.trim()}\n  + ${after.trim()}`);
  }
  await write(file, text);
  console.log(`${file}: ${planted.length} planted, ${planted.length - survived} noticed`);
}

/** @param {Mistake[]} all */
function chosen(all) {
  const limit = Number(process.env.MUTANTS ?? all.length);
  const step = Math.max(1, all.length / limit);
  return all.filter((_, index) => Math.floor(index / step) !== Math.floor((index - 1) / step));
}

const asked = process.argv.slice(2);
const all = (await readdir(join(root, "pkg-template"))).filter((file) => file.endsWith(".js"));
await makeCopy();
const suites = [];
for (const name of SUITES) suites.push(await observe(name));
for (const file of asked.length > 0 ? asked : all) await mutate(file, suites);
