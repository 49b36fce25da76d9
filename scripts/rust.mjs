// The Rust toolchain: by rustup where that can download, else by apt.

import { existsSync } from "node:fs";
import { join } from "node:path";
import { apt, found, lastLines, link, messageOf, say } from "./system.mjs";
import { run, stated, toolsDir, versions } from "./tools.mjs";

/** The oldest Rust that will do. */
const MINIMUM = stated("Cargo.toml", /^rust-version = "([^"]+)"$/m);

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

/** @type {import("./setup.mjs").Step} */
export const rustToolchain = {
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
  const { release } = versionOf((await run(rustc, ["-vV"])).stdout);
  // Debian, whose Rust is in /usr, has one version at a time: another one can't be asked for.
  const isRight = release === versions.rust || (sysroot === "/usr" && !isOlder(release, MINIMUM));
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
  const llvm = checkRustOfApt(stdout);
  // The linker must be of the same LLVM as the compiler.
  await apt("the linker for WebAssembly", [`lld-${llvm}`]);
  return "/usr/bin";
}

/**
 * Says which Rust apt has. Gives the major version of its LLVM.
 * @param {string} verbose what `rustc -vV` prints
 * @throws if it is too old
 */
export function checkRustOfApt(verbose) {
  const { release, llvm } = versionOf(verbose);
  say(`Rust: apt has rustc ${release} with LLVM ${llvm}`);
  if (isOlder(release, MINIMUM))
    throw new Error(`apt has Rust ${release}; Cargo.toml asks for ${MINIMUM} or newer.`);
  if (release !== versions.rust)
    say(`Rust: releases are built with ${versions.rust}, so this build may differ from them`);
  return llvm.split(".")[0];
}

/** @param {string} verbose what `rustc -vV` prints */
function versionOf(verbose) {
  const release = /^release: (\S+)$/m.exec(verbose)?.[1];
  const llvm = /^LLVM version: (\S+)$/m.exec(verbose)?.[1];
  if (!release || !llvm) throw new Error(`rustc doesn't say which version it is:\n${verbose}`);
  return { release, llvm };
}

/**
 * Whether a version, such as 1.96.0, comes before another one, such as 1.95.
 * @param {string} version
 * @param {string} other
 */
function isOlder(version, other) {
  const [numbers, others] = [version, other].map((text) => text.split(".").map(Number.parseFloat));
  const index = numbers.findIndex((number, place) => number !== (others[place] ?? 0));
  return index !== -1 && numbers[index] < (others[index] ?? 0);
}
