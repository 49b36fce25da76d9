// Set-up: makes a fresh machine ready; once that is done, it takes no time. Everything goes into
// .tools/ and node_modules/ of this clone, except what rustup and apt install: those steps say so.

import { createHash } from "node:crypto";
import { existsSync, lstatSync, readFileSync } from "node:fs";
import { cp, mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { browsers, webKit } from "./browsers.mjs";
import { rustToolchain } from "./rust.mjs";
import { lastLines, link, messageOf, say } from "./system.mjs";
import { root, run, toolsDir, versions } from "./tools.mjs";

/**
 * Sets up what building needs, and with `tests` what testing needs too.
 * @param {{ tests?: boolean }} [options]
 */
export async function setUp({ tests = false } = {}) {
  await mkdir(join(toolsDir, "bin"), { recursive: true });
  const rust = step(rustToolchain);
  const afterRust = [
    cargoProgram("wasm-bindgen", {
      programs: ["wasm-bindgen", "wasm-bindgen-test-runner"],
      source: ["--path", join(root, "scripts/wasm-bindgen")],
    }),
    cargoProgram("wasm-pack"),
  ];
  if (tests) {
    afterRust.push(cargoProgram("cargo-deny", { isForTests: true }));
    afterRust.push(cargoProgram("geckodriver", { isForTests: true }));
    // Rust may call apt too, which does one thing at a time.
    afterRust.push(browsers);
  }
  const packages = tests ? [npmPackages, newerNode] : [npmPackages];
  const steps = [
    ...packages.map(step),
    rust,
    ...afterRust.map((next) => rust.then(() => step(next))),
  ];
  const results = await Promise.allSettled(steps);
  // If Rust fails, all that wait for it fail with the same message.
  const messages = new Set(
    results.flatMap((result) => (result.status === "rejected" ? [messageOf(result.reason)] : [])),
  );
  if (messages.size > 0) throw new SetupError([...messages].join("\n\n"));
}

/** Sets up what the documentation's site needs. */
export async function setUpDocs() {
  await mkdir(join(toolsDir, "bin"), { recursive: true });
  await step(rustToolchain);
  await step(typeDoc);
}

/** Sets up cargo-fuzz, which not every machine can build. */
export const setUpFuzzing = () => orSayWhyNot(cargoProgram("cargo-fuzz", { isForTests: true }));

/** Sets up WebKitGTK, which not every machine may install. */
export const setUpWebKit = () => orSayWhyNot(webKit);

/**
 * Carries out a step that may fail, and then says why.
 * @param {Step} optional
 * @returns {Promise<boolean>} whether it is done
 */
async function orSayWhyNot(optional) {
  try {
    await step(optional);
    return true;
  } catch (error) {
    console.log(messageOf(error));
    return false;
  }
}

/** Set-up failed. The message says why, and what the user can do. */
export class SetupError extends Error {}

/**
 * @typedef {object} Step
 * @property {string} name
 * @property {string} why
 * @property {string} remedy what the user can do if it fails
 * @property {() => boolean | Promise<boolean>} isDone
 * @property {() => Promise<void>} act
 */

/**
 * Carries out a step unless it is done, and says so.
 * @param {Step} step
 */
async function step({ name, why, remedy, isDone, act }) {
  if (await isDone()) return;
  const started = Date.now();
  say(`${name}: ${why}`);
  try {
    await act();
  } catch (error) {
    if (error instanceof SetupError) throw error;
    throw new SetupError(`set-up: ${name} failed. ${remedy}\n${lastLines(messageOf(error))}`);
  }
  if (!(await isDone()))
    throw new SetupError(`set-up: ${name} ran, but what it should install is not there. ${remedy}`);
  say(`${name}: done in ${Math.round((Date.now() - started) / 1000)} s`);
}

/**
 * The packages that a lock file names.
 * @param {{ name: string, why: string, source: string, target: string }} folders
 * @returns {Step}
 */
function npmStep({ name, why, source, target }) {
  const folder = join(target, "node_modules");
  const stamp = join(folder, ".set-up");
  const lock = join(source, "package-lock.json");
  const hash = () => createHash("sha256").update(readFileSync(lock)).digest("hex");
  return {
    name,
    why,
    remedy: "Check that npm can reach its registry (npm ping), then try again.",
    isDone: () => existsSync(stamp) && readFileSync(stamp, "utf8") === hash(),
    async act() {
      if (lstatSync(folder, { throwIfNoEntry: false })?.isSymbolicLink()) throw linkedError(folder);
      if (target !== source) await cp(source, target, { recursive: true });
      await run("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], { cwd: target });
      await writeFile(stamp, hash());
    },
  };
}

/** @param {string} folder */
const linkedError = (folder) =>
  new SetupError(
    `set-up: ${folder} is a symbolic link, and npm ci would empty the folder it points to. Remove the link, then try again.`,
  );

const npmPackages = npmStep({
  name: "npm packages",
  why: "installs what package-lock.json names into node_modules/",
  source: root,
  target: root,
});

const newerNode = npmStep({
  name: "a newer Node",
  why: "installs what tests/node/package-lock.json names into .tools/: tests need what it has",
  source: join(root, "tests/node"),
  target: join(toolsDir, "node"),
});

const typeDoc = npmStep({
  name: "TypeDoc",
  why: "installs what scripts/typedoc/package-lock.json names into .tools/",
  source: join(root, "scripts/typedoc"),
  target: join(toolsDir, "typedoc"),
});

// cargo-deny takes 2 minutes on two cores with these. Nothing that it or the others do takes long.
const quickBuild = {
  CARGO_PROFILE_RELEASE_CODEGEN_UNITS: "16",
  CARGO_PROFILE_RELEASE_LTO: "off",
  CARGO_PROFILE_RELEASE_OPT_LEVEL: "1",
};

/**
 * A crate's programs, in a folder named by version, so that another version means another folder.
 *
 * They are compiled with the dependencies that the crate's lock file names. Those that are for tests
 * only may do with others, which is said; what they do never gets into the package.
 *
 * @param {Exclude<keyof typeof versions, "rust">} crate
 * @param {{ programs?: string[], source?: string[], isForTests?: boolean }} [options]
 * @returns {Step}
 */
function cargoProgram(crate, { programs = [crate], source, isForTests = false } = {}) {
  const version = versions[crate];
  const folder = join(toolsDir, `${crate}-${version}`);
  return {
    name: `${crate} ${version}`,
    why: "compiles it from crates.io into .tools/ (takes minutes, once)",
    remedy: "Check that cargo can reach crates.io, then try again.",
    isDone: () =>
      programs.every(
        (program) =>
          existsSync(join(toolsDir, "bin", program)) && existsSync(join(folder, "bin", program)),
      ),
    async act() {
      const build = join(toolsDir, "build", crate);
      const from = source ?? [crate, "--version", version];
      const args = ["install", ...from, "--root", folder, "--force"];
      const env = { CARGO_TARGET_DIR: build, ...quickBuild };
      await run("cargo", [...args, "--locked"], { env }).catch((error) => {
        if (!isForTests) throw error;
        // A release may lock a dependency that has been withdrawn.
        say(`${crate}: its locked dependencies can't be had; takes the newest compatible ones`);
        return run("cargo", args, { env });
      });
      for (const program of programs) await link(join(folder, "bin", program), program);
      await rm(build, { recursive: true, force: true });
    },
  };
}

if (process.argv[1] === import.meta.filename)
  await setUp({ tests: process.argv.includes("--tests") });
