// Plants mistakes into the package's JavaScript, one at a time, and tells which ones no test notices:
//
//   node scripts/mutate.mjs [file …]     all files of pkg-template without those of the command line
//   MUTANTS=<n> …                        so many of each file, chosen evenly
//
// tests/MUTANTS.md says what is known of those that survive. It works in a copy, in target/mutation.

import { cp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { ProgramError, root, run } from "./tools.mjs";

const COPY = join(root, "target/mutation");

/** What a copy has to have, and what it shares. */
const SOURCES = ["pkg", "pkg-template", "scripts", "src", "tests", "www", "examples", "bench"];
const FILES = ["package.json", "Cargo.toml", "Cargo.lock", "rust-toolchain.toml", "README.md"];

/** The suites that need no browser, those that find most first. */
const SUITES = [
  ..."schedules,option-names,options,deletions,deletions-end,lists,errors,error-logs".split(","),
  ..."shared-signals,responsive,token-providers,format-error,loading,importing".split(","),
  ..."exit,fake-timers,jest,types,install".split(","),
];

const TIMEOUT_MS = 120_000;

/** @type {[from: RegExp, to: string][]} */
const MISTAKES = [
  [/ === /g, " !== "],
  [/ !== /g, " === "],
  [/ && /g, " || "],
  [/ \|\| /g, " && "],
  [/ \?\? /g, " && "],
  [/ < /g, " <= "],
  [/ > /g, " >= "],
  [/ <= /g, " < "],
  [/ >= /g, " > "],
  [/ \+ /g, " - "],
  [/ \+= /g, " -= "],
  [/\btrue\b/g, "false"],
  [/\bfalse\b/g, "true"],
  [/\bif \(/g, "if (true || "],
  [/\bif \(/g, "if (false && "],
  [/\bawait (?!import)/g, ""],
  [/(?<=[ (])!(?=[\w#(])/g, ""],
  [/(?<=[ (])\d[\d_]*\b/g, "$& + 1"],
  // A statement is left out.
  [/^ +(?:await )?[\w.#?]+\([^{]*\);$/g, ";"],
  [/^ +this\.#?\w+ \??\??[+-]?= [^{]*;$/g, ";"],
  [/(?<=^ *|[)] |else )throw [^{]*;$/g, ";"],
  [/(?<=^ *|[)] |else )return;$/g, ";"],
];

/**
 * A mistake: the line that has it, before and after, and its place in the file.
 * @typedef {{ line: number, before: string, after: string }} Mutant
 */

/**
 * All mistakes that can be planted into a file.
 * @param {string} text
 * @returns {Mutant[]}
 */
function mutants(text) {
  return text.split("\n").flatMap((before, index) => {
    if (/^\s*(?:\*|\/\*|\/\/|import |export \{)/.test(before)) return [];
    const found = MISTAKES.flatMap(([from, to]) =>
      [...before.matchAll(from)].map(({ 0: match, index: start }) => {
        const end = start + match.length;
        return before.slice(0, start) + to.replace("$&", match) + before.slice(end);
      }),
    );
    return [...new Set(found)].map((after) => ({ line: index + 1, before, after }));
  });
}

/** @param {Mutant[]} all */
function chosen(all) {
  const limit = Number(process.env.MUTANTS ?? all.length);
  const step = Math.max(1, all.length / limit);
  return all.filter((_, index) => Math.floor(index / step) !== Math.floor((index - 1) / step));
}

async function makeCopy() {
  await rm(COPY, { recursive: true, force: true });
  for (const name of [...SOURCES, ...FILES])
    await cp(join(root, name), join(COPY, name), { recursive: true });
  for (const name of ["node_modules", ".tools"]) await symlink(join(root, name), join(COPY, name));
}

/** The first suite that fails; none if all pass. */
async function noticedBy() {
  // Fewer than in npm test, as this runs for each mistake.
  const env = { SCHEDULES: "1500" };
  for (const suite of SUITES) {
    const file = join(COPY, "tests/package", `${suite}.test.mjs`);
    try {
      await run(process.execPath, ["--test", file], { cwd: COPY, env, timeoutMs: TIMEOUT_MS });
    } catch (error) {
      if (error instanceof ProgramError) return suite;
      throw error;
    }
  }
  return undefined;
}

/** @param {string} file @returns {Promise<{ planted: number, survived: number }>} */
async function mutate(file) {
  const text = await readFile(join(root, "pkg-template", file), "utf8");
  const planted = chosen(mutants(text));
  let survived = 0;
  for (const { line, before, after } of planted) {
    const lines = text.split("\n");
    lines[line - 1] = after;
    await write(file, lines.join("\n"));
    if (await noticedBy()) continue;
    survived += 1;
    console.log(`${file}:${line}\n  - ${before.trim()}\n  + ${after.trim()}`);
  }
  await write(file, text);
  return { planted: planted.length, survived };
}

/** The suites use the built package or the sources. @param {string} file @param {string} text */
async function write(file, text) {
  for (const folder of ["pkg", "pkg-template"]) await writeFile(join(COPY, folder, file), text);
}

const asked = process.argv.slice(2);
const all = (await readdir(join(root, "pkg-template"))).filter((file) => file.endsWith(".js"));
await makeCopy();
const failing = await noticedBy();
if (failing) throw new Error(`${failing} fails without a mistake`);
for (const file of asked.length > 0 ? asked : all) {
  const { planted, survived } = await mutate(file);
  console.log(`${file}: ${planted} planted, ${planted - survived} noticed`);
}
