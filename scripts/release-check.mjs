// npm run release:check: everything short of publishing. It leaves the archive and its bill of materials
// in target/release-check.

import { readdir, readFile, rm } from "node:fs/promises";
import { join, relative } from "node:path";
import { main } from "./checks.mjs";
import { pack } from "./pack.mjs";
import { manifest, writeSbom } from "./sbom.mjs";
import { setUp } from "./setup.mjs";
import { downloadSize } from "./size.mjs";
import { ProgramError, root, run } from "./tools.mjs";

const OUT = join(root, "target/release-check");

/** A release may make the download larger by so much; more needs a word in the changelog. */
const MAX_GROWTH = 1.02;

/** @type {import("./checks.mjs").Checks} */
const checks = {
  "package, crate and changelog have the same version": checkVersion,
  "OWNER is filled in": checkOwner,
  "npm test": () => lastLine("test"),
  "every host": () => lastLine("test:hosts"),
  "every guide": () => lastLine("test:guides"),
  "the documentation's site": () => lastLine("docs"),
  "the archive and its bill of materials": writeArchive,
  "the download, against the last release": compareSizes,
  "the archive's files, against the last release": compareFiles,
};

const read = (/** @type {string} */ path) => readFile(join(root, path), "utf8");

async function checkVersion() {
  const { version } = await manifest();
  const why = disagreement(version, await read("Cargo.toml"), await read("CHANGELOG.md"));
  if (why) throw new Error(why);
  return version;
}

/**
 * Why the version isn't that of the crate and of the newest entry in the changelog.
 * @param {string} version
 * @param {string} cargo
 * @param {string} changelog
 */
export function disagreement(version, cargo, changelog) {
  const crate = /^version = "([^"]+)"$/m.exec(cargo)?.[1];
  if (crate !== version) return `Cargo.toml has version ${crate}, the package ${version}`;
  const headings = [...changelog.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading);
  const newest = headings.find((heading) => heading !== "Unreleased");
  const [released, date = ""] = newest?.split(" – ") ?? [];
  if (released === version && /^\d{4}-\d\d-\d\d$/.test(date)) return undefined;
  return `CHANGELOG.md's newest entry must be "${version} – YYYY-MM-DD"; it is "${newest}"`;
}

async function checkOwner() {
  for (const file of ["package.json", "Cargo.toml"])
    if ((await read(file)).includes("OWNER/")) throw new Error(`${file} has OWNER in an address`);
}

/**
 * Runs one of our own commands, and gives what it says at the end.
 * @param {string} command
 */
async function lastLine(command) {
  const { stdout } = await run("npm", ["run", "--silent", command]);
  return stdout.trim().split("\n").at(-1);
}

async function writeArchive() {
  await rm(OUT, { recursive: true, force: true });
  await writeSbom(await pack(OUT));
  return (await readdir(OUT)).join(", ");
}

/** @type {ReturnType<typeof installLastRelease> | undefined} */
let installed;

function lastRelease() {
  installed ??= installLastRelease();
  return installed;
}

/** Gives the folder of the release that npm has, or nothing if there is none yet. */
async function installLastRelease() {
  const folder = join(OUT, "last");
  try {
    await run("npm", ["install", "--prefix", folder, "--no-audit", "codecatalyst-pat@latest"]);
    return join(folder, "node_modules/codecatalyst-pat");
  } catch (error) {
    if (error instanceof ProgramError && error.printed.includes("E404")) return undefined;
    throw error;
  }
}

async function compareSizes() {
  const last = await lastRelease();
  if (!last) return NO_RELEASE;
  const [before, now] = [await downloadSize("index.js", last), await downloadSize("index.js")];
  const text = `${now} bytes, ${before} before`;
  if (now > before * MAX_GROWTH) throw new Error(text);
  return text;
}

async function compareFiles() {
  const last = await lastRelease();
  if (!last) return NO_RELEASE;
  const [before, now] = [await filesIn(last), await filesIn(join(root, "pkg"))];
  const added = now.filter((file) => !before.includes(file)).map((file) => `+ ${file}`);
  const removed = before.filter((file) => !now.includes(file)).map((file) => `- ${file}`);
  return [`${now.length} files`, ...added, ...removed].join("\n          ");
}

const NO_RELEASE = "npm has no release yet";

/** @param {string} folder */
async function filesIn(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return files.map(({ parentPath, name }) => relative(folder, join(parentPath, name))).sort();
}

if (process.argv[1] === import.meta.filename) await main(() => setUp({ tests: true }), checks);
