// Set-up: makes a fresh machine ready; once that is done, it takes no time. Everything goes into
// .tools/ and node_modules/ of this clone, except what rustup and apt install: those steps say so.

import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { mkdir, rm, symlink, writeFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { environment, root, run, toolsDir, versions } from "./tools.mjs";

const debianRust = [
  "rustc-web",
  "cargo-web",
  "rust-web-src",
  "rust-web-llvm",
  "rust-web-clippy",
  "rustfmt-web",
  "gcc",
  "libc6-dev",
];
const rustPrograms = [
  "cargo",
  "cargo-clippy",
  "cargo-fmt",
  "clippy-driver",
  "rustc",
  "rustdoc",
  "rustfmt",
];

/**
 * Sets up what building needs, and with `tests` what testing needs too.
 * @param {{ tests?: boolean }} [options]
 */
export async function setUp({ tests = false } = {}) {
  await mkdir(join(toolsDir, "bin"), { recursive: true });
  const rust = step(rustToolchain);
  const afterRust = [
    cargoProgram("wasm-bindgen-cli", ["wasm-bindgen", "wasm-bindgen-test-runner"]),
    cargoProgram("wasm-pack", ["wasm-pack"]),
  ];
  if (tests) {
    afterRust.push(cargoProgram("cargo-deny", ["cargo-deny"]));
    afterRust.push(cargoProgram("geckodriver", ["geckodriver"]));
    // Rust may call apt too, which does one thing at a time.
    afterRust.push(browsers);
  }
  const steps = [step(npmPackages), rust, ...afterRust.map((next) => rust.then(() => step(next)))];
  const results = await Promise.allSettled(steps);
  // If Rust fails, all that wait for it fail with the same message.
  const messages = new Set(
    results.flatMap((result) => (result.status === "rejected" ? [messageOf(result.reason)] : [])),
  );
  if (messages.size > 0) throw new SetupError([...messages].join("\n\n"));
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
    throw new SetupError(`set-up: ${name} failed. ${remedy}\n${lastLines(messageOf(error))}`);
  }
  if (!(await isDone()))
    throw new SetupError(`set-up: ${name} ran, but what it should install is not there. ${remedy}`);
  say(`${name}: done in ${Math.round((Date.now() - started) / 1000)} s`);
}

/** @param {unknown} error */
const messageOf = (error) => (error instanceof Error ? error.message : String(error));

/** @param {string} text */
const say = (text) => console.log(`set-up: ${text}`);

/** @param {string} text */
const lastLines = (text, count = 15) => text.trimEnd().split("\n").slice(-count).join("\n");

const npmStamp = join(root, "node_modules/.set-up");
const lockHash = () =>
  createHash("sha256")
    .update(readFileSync(join(root, "package-lock.json")))
    .digest("hex");

/** @type {Step} */
const npmPackages = {
  name: "npm packages",
  why: "installs what package-lock.json names into node_modules/",
  remedy: "Check that npm can reach its registry (npm ping), then try again.",
  isDone: () => existsSync(npmStamp) && readFileSync(npmStamp, "utf8") === lockHash(),
  async act() {
    await run("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"]);
    await writeFile(npmStamp, lockHash());
  },
};

/** @type {Step} */
const rustToolchain = {
  name: "Rust",
  why: "links a Rust toolchain with the sources of its standard library into .tools/",
  remedy:
    "Install rustup (https://rustup.rs) where it can download toolchains, or use Debian with apt.",
  isDone: hasRust,
  async act() {
    const bin = (await rustByRustup()) ?? (await rustByApt());
    for (const program of rustPrograms) await link(join(bin, program), program);
  },
};

/** Whether .tools/ has the right Rust, with the sources of its library. */
async function hasRust() {
  const rustc = join(toolsDir, "bin/rustc");
  if (!existsSync(rustc)) return false;
  const sysroot = (await run(rustc, ["--print", "sysroot"])).stdout.trim();
  const { stdout: version } = await run(rustc, ["--version"]);
  // Debian, whose Rust is in /usr, has one version at a time: another one can't be asked for.
  const isRight = sysroot === "/usr" || version.startsWith(`rustc ${versions.rust} `);
  return isRight && existsSync(join(sysroot, "lib/rustlib/src/rust/library/std/Cargo.toml"));
}

// What is linked into .tools/ is the toolchain itself, not rustup's stand-in for it. So it never reads
// rust-toolchain.toml, and works where rustup can't download what that file names.
const rustComponents = ["clippy", "rust-src", "rustfmt"];

/** The usual way. Gives the folder of the programs; nothing if rustup is missing or fails. */
async function rustByRustup() {
  if (!found("rustup") || !found("cc")) return undefined;
  const { rust } = versions;
  say(
    `Rust: asks rustup for toolchain ${rust}, which it keeps in its own folder, not in this clone`,
  );
  const components = rustComponents.flatMap((component) => ["--component", component]);
  const options = ["--profile", "minimal", "--no-self-update", ...components];
  try {
    await run("rustup", ["toolchain", "install", rust, ...options]);
    const { stdout } = await run("rustup", ["run", rust, "rustc", "--print", "sysroot"]);
    return join(stdout.trim(), "bin");
  } catch (error) {
    say(`Rust: rustup failed (${lastLines(messageOf(error), 1).trim()})`);
    return undefined;
  }
}

/** The Debian way, for machines where rustup can't download. */
async function rustByApt() {
  await apt("Rust", debianRust);
  const { stdout } = await run("/usr/bin/rustc", ["-vV"]);
  // The linker must be of the same LLVM as the compiler.
  const llvm = /LLVM version: (\d+)/.exec(stdout)?.[1];
  await apt("the linker for WebAssembly", [`lld-${llvm}`]);
  return "/usr/bin";
}

// cargo-deny takes 2 minutes on two cores with these. Nothing that it or the others do takes long.
const quickBuild = {
  CARGO_PROFILE_RELEASE_CODEGEN_UNITS: "16",
  CARGO_PROFILE_RELEASE_LTO: "off",
  CARGO_PROFILE_RELEASE_OPT_LEVEL: "1",
};

/**
 * A crate's programs, in a folder named by version, so that another version means another folder.
 * @param {Exclude<keyof typeof versions, "rust">} crate
 * @param {string[]} programs
 * @returns {Step}
 */
function cargoProgram(crate, programs) {
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
      const install = ["install", crate, "--version", version, "--root", folder, "--force"];
      const env = { CARGO_TARGET_DIR: build, ...quickBuild };
      // A release may lock a dependency that has been withdrawn: then the newest compatible will do.
      await run("cargo", [...install, "--locked"], { env }).catch(() =>
        run("cargo", install, { env }),
      );
      for (const program of programs) await link(join(folder, "bin", program), program);
      await rm(build, { recursive: true, force: true });
    },
  };
}

/** @type {Step} */
const browsers = {
  name: "browsers",
  why: "the tests drive Chromium (with chromedriver) and Firefox",
  remedy: "Put Chromium or Chrome, the chromedriver of the same version, and Firefox on PATH.",
  isDone: () =>
    [["chromium", "google-chrome"], ["chromedriver"], ["firefox", "firefox-esr"]].every(
      (names) => found(...names) !== undefined,
    ),
  act: () => apt("Chromium and Firefox", ["chromium", "chromium-driver", "firefox-esr"]),
};

/**
 * Installs system packages, as root or by sudo.
 * @param {string} what
 * @param {string[]} packages
 */
async function apt(what, packages) {
  if (!found("apt-get"))
    throw new Error(`${what}: not found, and there is no apt-get here to install it with.`);
  say(`${what}: installs system packages by apt-get, outside this clone: ${packages.join(" ")}`);
  const [program, ...before] = process.getuid?.() === 0 ? ["apt-get"] : ["sudo", "-n", "apt-get"];
  const env = { DEBIAN_FRONTEND: "noninteractive" };
  await run(program, [...before, "update", "-qq"], { env });
  await run(program, [...before, "install", "-y", "-qq", "--no-install-recommends", ...packages], {
    env,
  });
}

/**
 * The path of the first of some programs that is on PATH.
 * @param {...string} names
 */
export function found(...names) {
  const folders = (environment.PATH ?? "").split(delimiter);
  return names
    .flatMap((name) => folders.map((folder) => join(folder, name)))
    .find((path) => existsSync(path));
}

/**
 * @param {string} from
 * @param {string} program
 */
async function link(from, program) {
  const to = join(toolsDir, "bin", program);
  await rm(to, { force: true });
  await symlink(from, to);
}

if (process.argv[1] === import.meta.filename)
  await setUp({ tests: process.argv.includes("--tests") });
