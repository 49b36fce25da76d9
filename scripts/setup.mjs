// Set-up: makes a fresh machine ready, and is done in a moment where it was done before. Everything goes into .tools/ and
// node_modules/ of this clone, apart from what rustup and apt install: those steps say so.

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
 * Sets up what building needs, and with `tests` what testing needs too. What can run at the same time, does.
 * @param {{ tests?: boolean }} [options]
 */
export async function setUp({ tests = false } = {}) {
  await mkdir(join(toolsDir, "bin"), { recursive: true });
  const rust = step(rustToolchain);
  const steps = [
    step(npmPackages),
    rust,
    rust.then(() =>
      step(cargoProgram("wasm-bindgen-cli", ["wasm-bindgen", "wasm-bindgen-test-runner"])),
    ),
  ];
  steps.push(rust.then(() => step(cargoProgram("wasm-pack", ["wasm-pack"]))));
  if (tests) {
    steps.push(rust.then(() => step(cargoProgram("geckodriver", ["geckodriver"]))));
    // After Rust: both may call apt, which can do one thing at a time.
    steps.push(rust.then(() => step(browsers)));
  }
  const results = await Promise.allSettled(steps);
  const failed = new Set(
    results.filter(({ status }) => status === "rejected").map(({ reason }) => reason.message),
  );
  if (failed.size > 0) throw new SetupError([...failed].join("\n\n"));
}

/** Set-up failed; the message says what, and what the user can do. */
export class SetupError extends Error {}

/**
 * One step: does nothing if it is done, else says what it does and why, and does it.
 * @param {{ name: string, why: string, remedy: string, isDone(): boolean | Promise<boolean>, act(): Promise<void> }} step
 */
async function step({ name, why, remedy, isDone, act }) {
  if (await isDone()) return;
  const started = Date.now();
  say(`${name}: ${why}`);
  try {
    await act();
  } catch (error) {
    throw new SetupError(`set-up: ${name} failed. ${remedy}\n${lastLines(error.message)}`);
  }
  if (!(await isDone()))
    throw new SetupError(`set-up: ${name} ran, but what it should install is not there. ${remedy}`);
  say(`${name}: done in ${Math.round((Date.now() - started) / 1000)} s`);
}

const say = (text) => console.log(`set-up: ${text}`);
const lastLines = (text) => text.trimEnd().split("\n").slice(-15).join("\n");

const npmStamp = join(root, "node_modules/.set-up");
const lockHash = () =>
  createHash("sha256")
    .update(readFileSync(join(root, "package-lock.json")))
    .digest("hex");

const npmPackages = {
  name: "npm packages",
  why: "installs what package-lock.json names into node_modules/ (build tools, browsers' remote control, test peers)",
  remedy: "Check that npm can reach its registry (npm ping), then try again.",
  isDone: () => existsSync(npmStamp) && readFileSync(npmStamp, "utf8") === lockHash(),
  async act() {
    await run("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"]);
    await writeFile(npmStamp, lockHash());
  },
};

const rustToolchain = {
  name: "Rust",
  why: `links a Rust toolchain with its standard library's sources into .tools/, to compile to WebAssembly with`,
  remedy:
    "Install rustup (https://rustup.rs) on a machine that can download toolchains, or use Debian with apt.",
  isDone: hasRust,
  async act() {
    const bin = (await rustByRustup()) ?? (await rustByApt());
    for (const program of rustPrograms) await link(join(bin, program), program);
  },
};

/** Rust is there with the sources of its library: the build compiles the library along with the crate. */
async function hasRust() {
  const rustc = join(toolsDir, "bin/rustc");
  if (!existsSync(rustc)) return false;
  const { stdout } = await run(rustc, ["--print", "sysroot"]);
  return existsSync(join(stdout.trim(), "lib/rustlib/src/rust/library/std/Cargo.toml"));
}

/** The usual way. Gives the folder of the programs; nothing where rustup is missing or can't download. */
async function rustByRustup() {
  if (!found("rustup") || !found("cc")) return undefined;
  say(
    `Rust: asks rustup for toolchain ${versions.rust} (rustup keeps it in its own folder, outside this clone)`,
  );
  const install = [
    "toolchain",
    "install",
    versions.rust,
    "--profile",
    "minimal",
    "--no-self-update",
  ];
  try {
    await run("rustup", [
      ...install,
      "--component",
      "rust-src",
      "--component",
      "clippy",
      "--component",
      "rustfmt",
    ]);
    const { stdout } = await run("rustup", ["run", versions.rust, "rustc", "--print", "sysroot"]);
    return join(stdout.trim(), "bin");
  } catch (error) {
    say(`Rust: rustup could not (${lastLines(error.message).split("\n").at(-1).trim()})`);
    return undefined;
  }
}

/** The Debian way, for machines where rustup can't download. */
async function rustByApt() {
  await apt("Rust", debianRust);
  const { stdout } = await run("/usr/bin/rustc", ["-vV"]);
  // The linker must be of the same LLVM as the compiler.
  const [, llvm] = /LLVM version: (\d+)/.exec(stdout);
  await apt("the linker for WebAssembly", [`lld-${llvm}`]);
  return "/usr/bin";
}

/** A program from crates.io, in a folder that bears its version, so that another version is another folder. */
function cargoProgram(crate, programs) {
  const version = versions[crate];
  const folder = join(toolsDir, `${crate}-${version}`);
  return {
    name: `${crate} ${version}`,
    why: "compiles it from crates.io into .tools/ (some minutes, once)",
    remedy: "Check that cargo can reach crates.io, then try again.",
    isDone: () =>
      programs.every(
        (program) =>
          existsSync(join(toolsDir, "bin", program)) && existsSync(join(folder, "bin", program)),
      ),
    async act() {
      const build = join(toolsDir, "build", crate);
      const install = ["install", crate, "--version", version, "--root", folder, "--force"];
      const env = { CARGO_TARGET_DIR: build };
      // Some releases lock a dependency that was withdrawn since; then the newest compatible ones have to do.
      await run("cargo", [...install, "--locked"], { env }).catch(() =>
        run("cargo", install, { env }),
      );
      for (const program of programs) await link(join(folder, "bin", program), program);
      await rm(build, { recursive: true, force: true });
    },
  };
}

const browsers = {
  name: "browsers",
  why: "the tests drive Chromium (with chromedriver) and Firefox",
  remedy:
    "Install Chromium or Chrome, the chromedriver of the same version, and Firefox, so that they are on PATH.",
  isDone: () =>
    found("chromium", "google-chrome") && found("chromedriver") && found("firefox", "firefox-esr"),
  act: () => apt("Chromium and Firefox", ["chromium", "chromium-driver", "firefox-esr"]),
};

/** Installs system packages, as root or by sudo. */
async function apt(what, packages) {
  if (!found("apt-get"))
    throw new Error(`${what}: neither found nor installable: this machine has no apt-get.`);
  say(`${what}: installs system packages by apt-get, outside this clone: ${packages.join(" ")}`);
  const [program, ...before] = process.getuid?.() === 0 ? ["apt-get"] : ["sudo", "-n", "apt-get"];
  const env = { DEBIAN_FRONTEND: "noninteractive" };
  await run(program, [...before, "update", "-qq"], { env });
  await run(program, [...before, "install", "-y", "-qq", "--no-install-recommends", ...packages], {
    env,
  });
}

/** The first of some programs that is on PATH. */
export function found(...names) {
  const folders = environment.PATH.split(delimiter);
  return names
    .flatMap((name) => folders.map((folder) => join(folder, name)))
    .find((path) => existsSync(path));
}

async function link(from, program) {
  const to = join(toolsDir, "bin", program);
  await rm(to, { force: true });
  await symlink(from, to);
}

if (process.argv[1] === import.meta.filename)
  await setUp({ tests: process.argv.includes("--tests") });
