// npm run test:hosts: the packed package in each host that it promises to work in, installed as a
// stranger would. `npm run test:hosts -- node deno` tries these projects of tests/hosts only.

import { cp, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { startHostsService } from "../tests/hosts/service.mjs";
import { updateReadme } from "./hosts-table.mjs";
import { pack } from "./pack.mjs";
import { setUp, setUpWebKit } from "./setup.mjs";
import { messageOf } from "./system.mjs";
import { ProgramError, root, run } from "./tools.mjs";

/** @import { Host, Result } from "../tests/hosts/types.ts" */

const PROJECTS = join(root, "tests/hosts");
const OUT = join(root, "target/hosts");

/** What every project gets, beside its own files. */
const SHARED = ["checks.mjs", "report.mjs"];

/** "Node v22.12.0: 11 checks" */
const LINE = /^[^:\n]+: [1-9]\d* checks?$/;

const TIMEOUT_MS = 300_000;

/** Npm's ways of saying that something can't be had on this machine. */
const NOT_HERE = /\bE404\b|\bETARGET\b|\bEBADPLATFORM\b|\bENOTFOUND\b|\bEAI_AGAIN\b/;

/**
 * Tries the hosts of some projects, and says how each ended.
 * @param {string[]} names
 * @param {(result: Result) => void} tell
 */
async function tryHosts(names, tell) {
  await mkdir(OUT, { recursive: true });
  const archive = await pack(OUT);
  const service = await startHostsService();
  /** @type {Result[]} */
  const results = [];
  try {
    for (const name of names) {
      for await (const result of tryProject(name, archive, service)) {
        results.push(result);
        tell(result);
      }
    }
  } finally {
    await service.close();
  }
  return results;
}

/** The names of all projects. */
async function projectNames() {
  const entries = await readdir(PROJECTS, { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
}

/**
 * @param {string} name
 * @param {string} archive
 * @param {Awaited<ReturnType<typeof startHostsService>>} service
 * @returns {AsyncGenerator<Result>}
 */
async function* tryProject(name, archive, service) {
  const folder = join(OUT, name);
  await rm(folder, { recursive: true, force: true });
  await cp(join(PROJECTS, name), folder, { recursive: true });
  for (const file of SHARED) await cp(join(PROJECTS, file), join(folder, file));
  /** @type {{ default: Host[] }} */
  const { default: hosts } = await import(join(PROJECTS, name, "hosts.mjs"));
  for (const host of hosts) {
    if (host.missing) {
      yield { host: host.name, state: "not here", said: host.missing };
      continue;
    }
    const why = await installInto(folder, { ...host.needs, "codecatalyst-pat": archive });
    yield { host: host.name, ...(why ?? (await tryHost(host, folder, service))) };
  }
}

/**
 * Installs what a host needs. Gives why that failed, or nothing.
 * @param {string} folder
 * @param {Record<string, string>} dependencies
 * @returns {Promise<Omit<Result, "host"> | undefined>}
 */
async function installInto(folder, dependencies) {
  const manifest = JSON.stringify({ private: true, dependencies });
  const file = join(folder, "package.json");
  // Hosts that need the same stand one after the other.
  if ((await readFile(file, "utf8").catch(() => "")) === manifest) return undefined;
  await writeFile(file, manifest);
  try {
    await run("npm", ["install", "--no-audit", "--no-fund", "--prefer-offline"], { cwd: folder });
    return undefined;
  } catch (error) {
    const said = messageOf(error);
    const [line = said] = said.split("\n").filter((text) => NOT_HERE.test(text));
    return { state: NOT_HERE.test(said) ? "not here" : "failed", said: line };
  }
}

/**
 * @param {Host} host
 * @param {string} folder
 * @param {Awaited<ReturnType<typeof startHostsService>>} service
 * @returns {Promise<Omit<Result, "host">>}
 */
async function tryHost({ commands, warning }, folder, service) {
  const { endpoint, bearer } = await service.startRun();
  try {
    let said = "";
    for (const [index, [program = "", ...args]] of commands.entries()) {
      const isLast = index === commands.length - 1;
      const more = isLast ? [endpoint, bearer] : [];
      const options = { cwd: folder, timeoutMs: TIMEOUT_MS };
      const { printed } = await run(program, [...args, ...more], options);
      if (isLast) said = checkOutput(printed, warning);
    }
    return { state: "passed", said };
  } catch (error) {
    return { state: "failed", said: messageOf(error) };
  }
}

/**
 * The line that counts. Anything else on the terminal is a failure: a warning is one, too, unless it
 * is the host's own.
 * @param {string} printed
 * @param {RegExp} [warning]
 */
function checkOutput(printed, warning) {
  const lines = printed.trim().split("\n");
  const said = lines.pop() ?? "";
  const isWarned = lines.length > 0;
  const isExpected = !isWarned || warning?.test(lines.join("\n"));
  if (LINE.test(said) && isExpected) return isWarned ? `${said}, and a warning of its own` : said;
  throw new ProgramError("It printed more, or less, than how many checks it ran:", printed);
}

const LABELS = { passed: "ok      ", failed: "FAILED  ", "not here": "not here" };

/** @param {Result} result */
const tell = ({ host, state, said }) => console.log(`${LABELS[state]} ${host.padEnd(46)} ${said}`);

/** How many checks a host ran. @param {Result} result */
const countChecks = ({ state, said }) =>
  state === "passed" ? Number(/: (\d+) check/.exec(said)?.[1]) : 0;

/**
 * Tries the hosts of some projects. Gives the number of checks; fails if a host failed.
 * @param {string[]} names
 */
export async function checkHosts(names) {
  const results = await tryHosts(names, (result) => result.state !== "passed" && tell(result));
  const failed = results.filter(({ state }) => state === "failed");
  if (failed.length > 0) throw new Error(`failed: ${failed.map(({ host }) => host).join("; ")}`);
  return results.reduce((sum, result) => sum + countChecks(result), 0);
}

/**
 * Writes what came of a run over all projects into docs/hosts.md and README.md.
 * @param {Result[]} results
 */
async function writeResults(results) {
  await writeFile(join(root, "docs/hosts.md"), describeResults(results));
  await updateReadme();
}

/** @param {Result[]} results */
function describeResults(results) {
  const date = new Date().toISOString().slice(0, 10);
  const rows = results.map(({ host, state, said }) => `| ${host} | ${state} | ${oneLine(said)} |`);
  return `# Hosts

Where the package was tried: each host has the packed archive installed as a stranger would, and runs
the same checks, \`tests/hosts/checks.mjs\`. This is what \`npm run test:hosts\` found on ${date}.
Where there is no WebAssembly, or no \`fetch\`, the one check is that the error says so.

| Host | State | Output |
| --- | --- | --- |
${rows.join("\n")}
`;
}

/** @param {string} text */
const oneLine = (text) => text.replaceAll("|", "\\|").split("\n", 1)[0];

if (process.argv[1] === import.meta.filename) {
  const asked = process.argv.slice(2);
  const names = asked.length > 0 ? asked : await projectNames();
  await setUp({ tests: true });
  if (names.includes("browsers")) await setUpWebKit();
  const results = await tryHosts(names, tell);
  if (asked.length === 0) await writeResults(results);
  const count = (/** @type {Result["state"]} */ state) =>
    results.filter((result) => result.state === state).length;
  const missing = count("not here") === 0 ? "" : `, ${count("not here")} can't be had here`;
  console.log(`\n${count("passed")} passed, ${count("failed")} failed${missing}`);
  process.exitCode = count("failed") === 0 && count("passed") > 0 ? 0 : 1;
}
