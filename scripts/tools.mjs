// The tools of this project: which versions, where they are, and how they are run.

/** @import { ChildProcessByStdio } from "node:child_process" */
/** @import { Readable } from "node:stream" */

import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("..", import.meta.url));

/** Everything that set-up installs, apart from npm and system packages. */
export const toolsDir = join(root, ".tools");

export const versions = {
  rust: stated("rust-toolchain.toml", /^channel = "([^"]+)"$/m),
  "cargo-deny": "0.20.2",
  // Of the same version as the library: they share an unstable format.
  "wasm-bindgen": stated("Cargo.lock", /^name = "wasm-bindgen"\nversion = "([^"]+)"$/m),
  "cargo-fuzz": "0.13.2",
  "wasm-pack": "0.15.1",
  geckodriver: "0.37.1",
};

/**
 * What a file of the project states.
 * @param {string} file
 * @param {RegExp} pattern whose first group is the answer
 */
export function stated(file, pattern) {
  const text = readFileSync(join(root, file), "utf8").replaceAll("\r\n", "\n");
  const answer = pattern.exec(text)?.[1];
  if (answer === undefined) throw new Error(`${file} has nothing like ${pattern}`);
  return answer;
}

/**
 * The environment in which everything runs: our tools come first.
 * @type {NodeJS.ProcessEnv}
 */
export const environment = {
  ...process.env,
  PATH: [join(toolsDir, "bin"), process.env.PATH].join(delimiter),
  // Stable Rust builds the standard library along with the crate only if this is set. That needs no
  // prebuilt library for wasm32, which not every machine can get, and makes a smaller module.
  RUSTC_BOOTSTRAP: "1",
};
// The caller's own settings must change neither what is built
const building = [
  "RUSTFLAGS",
  "CARGO_ENCODED_RUSTFLAGS",
  "CARGO_BUILD_RUSTFLAGS",
  "CARGO_BUILD_TARGET",
  "RUSTC",
  "RUSTUP_TOOLCHAIN",
];
// nor what is read of what programs print: `npm run --silent` would silence every npm below it.
const printing = ["FORCE_COLOR", "NO_COLOR", "CARGO_TERM_COLOR", "npm_config_loglevel"];
for (const name of [...building, ...printing]) {
  delete environment[name];
}

/** Where cargo keeps the sources of crates. */
export const cargoHome = environment.CARGO_HOME ?? join(homedir(), ".cargo");

/** What cargo needs to build for the browser. */
export const wasmTarget = ["--target", "wasm32-unknown-unknown", "-Zbuild-std=std,panic_abort"];

/**
 * The path of a program in node_modules, for Node to run.
 * @param {string} path
 */
export const npmProgram = (path) => join(root, "node_modules", path);

/**
 * Runs a program and waits for it to end. After `timeoutMs` it is killed, with all it started.
 * @param {string} program
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, timeoutMs?: number }} [options]
 * @returns {Promise<Output>}
 * @throws {ProgramError} unless it exits with 0
 */
export function run(program, args, { cwd = root, env = {}, timeoutMs } = {}) {
  const command = [program, ...args].join(" ");
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd,
      env: { ...environment, ...env },
      stdio: ["ignore", "pipe", "pipe"],
      // A group of its own, which can be killed as a whole. Else Ctrl-C must reach the program.
      detached: timeoutMs !== undefined,
    });
    const output = collect(child);
    const kill = () => process.kill(-(child.pid ?? 0), "SIGKILL");
    const timer = timeoutMs === undefined ? undefined : setTimeout(kill, timeoutMs);
    child.on("error", (error) => reject(new Error(`${command}: ${error.message}`)));
    child.on("close", (code, signal) => {
      clearTimeout(timer);
      if (code === 0) resolve(output);
      else reject(new ProgramError(`${command} ended with ${signal ?? code}`, output.printed));
    });
  });
}

/** A program ended with an error. The message ends with what it printed. */
export class ProgramError extends Error {
  /**
   * @param {string} message
   * @param {string} printed
   */
  constructor(message, printed) {
    super(`${message}\n${printed}`);
    this.printed = printed;
  }
}

/**
 * What a program prints: `printed` has both streams, in the order they came.
 * @typedef {{ stdout: string, printed: string }} Output
 */

/**
 * @param {ChildProcessByStdio<null, Readable, Readable>} child
 * @returns {Output} filled while the program runs
 */
function collect({ stdout, stderr }) {
  const output = { stdout: "", printed: "" };
  stdout.setEncoding("utf8").on("data", (chunk) => {
    output.stdout += chunk;
    output.printed += chunk;
  });
  stderr.setEncoding("utf8").on("data", (chunk) => {
    output.printed += chunk;
  });
  return output;
}
