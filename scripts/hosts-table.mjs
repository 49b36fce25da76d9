// The table of hosts in README.md: what docs/hosts.md says of each set-up, in one row for each kind.

import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { npmProgram, root, run } from "./tools.mjs";

/** The rows, and the hosts of each. A host that is not among them gets a row of its own. */
const KINDS = {
  "Node: `import`, `require`, worker threads, `--permission`, bundled": ["Node"],
  "Deno with `--allow-net` alone; Bun, also compiled": ["Deno", "Bun"],
  "Cloudflare Workers, Vercel's edge runtime": ["workerd", "wrangler dev", "edge-runtime"],
  "Next.js: client, Node and edge handlers": ["Next.js"],
  "Pages without a bundler, workers of every kind, MV3 extensions": [
    "Chromium",
    "Firefox",
    "WebKitGTK",
  ],
  "Bundlers with their defaults, pages and workers": [
    ...["Vite", "webpack", "Rspack", "Rollup", "Rolldown", "esbuild", "Parcel"],
  ],
  "Test runners, mocks, fake timers": [
    ...["Jest", "Vitest", "msw", "undici's MockAgent", "Sinon's fake timers"],
  ],
  "TypeScript, strict": ["TypeScript"],
  "Checks of the archive": ["publint --strict", "Are the types wrong?"],
};

const HEADING = ["Host", "Tested with", "Passed"];

/**
 * A set-up of a host, as docs/hosts.md has it.
 * @typedef {{ host: string, state: string, version: string | undefined }} SetUp
 */

/**
 * The rows of the table, each as its cells.
 * @param {string} results docs/hosts.md
 */
export function hostsTable(results) {
  const setUps = readResults(results);
  const present = new Set(setUps.map(({ host }) => kindOf(host)));
  const inOrder = new Set([...Object.keys(KINDS).filter((kind) => present.has(kind)), ...present]);
  return [...inOrder].map((kind) => {
    const own = setUps.filter(({ host }) => kindOf(host) === kind);
    const passed = own.filter(({ state }) => state === "passed");
    return [kind, describeVersions(passed), `${passed.length} of ${own.length}`];
  });
}

/** @param {string} host */
const kindOf = (host) =>
  Object.entries(KINDS).find(([, hosts]) => hosts.includes(host))?.[0] ?? host;

/**
 * @param {string} results
 * @returns {SetUp[]}
 */
function readResults(results) {
  const rows = [...results.matchAll(/^\| (.+?) +\| (passed|failed|not here) +\| (.*?) +\|$/gm)];
  return rows.map(([, setUp = "", state = "", said = ""]) => {
    const host = setUp.replace(/(?:,|:| and Babel).*/, "").replace(/ [\d.]+$/, "");
    return { host, state, version: /\d+\.\d+/.exec(said)?.[0] };
  });
}

/** "Deno 2.9, Bun 1.2 to 1.4". @param {SetUp[]} setUps */
function describeVersions(setUps) {
  const hosts = [...new Set(setUps.map(({ host }) => host))];
  const describe = (/** @type {string} */ host) => {
    const versions = setUps.filter((setUp) => setUp.host === host).map(({ version }) => version);
    const sorted = [...new Set(versions)].sort(compareVersions);
    return [host, ...new Set([sorted[0], sorted.at(-1)])].join(" ").replace(/(?<=\d) /, " to ");
  };
  return hosts.map(describe).join(", ");
}

/** @param {string} [a] @param {string} [b] */
const compareVersions = (a = "", b = "") => a.localeCompare(b, "en", { numeric: true });

/** Writes what docs/hosts.md says into README.md, and formats both like all documents. */
export async function updateReadme() {
  const [file, results] = [join(root, "README.md"), join(root, "docs/hosts.md")];
  const rows = hostsTable(await readFile(results, "utf8"));
  const lines = [HEADING, HEADING.map(() => "---"), ...rows].map((row) => `| ${row.join(" | ")} |`);
  const table = new RegExp(`^\\| ${HEADING[0]} .*\n(\\|.*\n)+`, "m");
  await writeFile(
    file,
    (await readFile(file, "utf8")).replace(table, () => `${lines.join("\n")}\n`),
  );
  const biome = npmProgram("@biomejs/biome/bin/biome");
  await run(process.execPath, [biome, "format", "--write", file, results]);
}

if (process.argv[1] === import.meta.filename) await updateReadme();
