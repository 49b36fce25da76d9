// The tools of this project: which versions, where they are, and how they are run.

import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("..", import.meta.url));

/** Everything that set-up installs, apart from npm and system packages. */
export const toolsDir = join(root, ".tools");

export const versions = {
  rust: "1.96.0",
  "wasm-bindgen-cli": lockedVersion("wasm-bindgen"),
  "wasm-pack": "0.15.1",
  geckodriver: "0.37.1",
};

/** The command line tool must be of the same version as the library: they share an unstable format. */
function lockedVersion(crate) {
  const lock = readFileSync(join(root, "Cargo.lock"), "utf8");
  return new RegExp(`name = "${crate}"\nversion = "([^"]+)"`).exec(lock)[1];
}

/** The environment in which everything runs: our tools come first. */
export const environment = {
  ...process.env,
  PATH: [join(toolsDir, "bin"), process.env.PATH].join(delimiter),
  // The standard library is built along with the crate, which stable Rust allows only so. It needs no prebuilt library for
  // wasm32, which not every machine can get, and it makes a smaller module.
  RUSTC_BOOTSTRAP: "1",
};
// A caller's own settings must change neither what is built
const building = [
  "RUSTFLAGS",
  "CARGO_ENCODED_RUSTFLAGS",
  "CARGO_BUILD_RUSTFLAGS",
  "CARGO_BUILD_TARGET",
  "RUSTC",
  "RUSTUP_TOOLCHAIN",
];
// nor what tests read.
const colours = ["FORCE_COLOR", "NO_COLOR", "CARGO_TERM_COLOR"];
for (const name of [...building, ...colours]) {
  delete environment[name];
}

/** What cargo needs to build for the browser. */
export const wasmTarget = ["--target", "wasm32-unknown-unknown", "-Zbuild-std=std,panic_abort"];

/** A program in node_modules, as arguments for Node. */
export const npmProgram = (path) => join(root, "node_modules", path);

/**
 * Runs a program to its end and gives what it printed. Fails, with what it printed, unless it exits with 0.
 * @param {{ cwd?: string, env?: Record<string, string>, show?: boolean }} [options]
 */
export function run(program, args, { cwd = root, env = {}, show = false } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd,
      env: { ...environment, ...env },
      stdio: ["ignore", show ? "inherit" : "pipe", show ? "inherit" : "pipe"],
    });
    let printed = "";
    let stdout = "";
    child.stdout?.on("data", (chunk) => ((stdout += chunk), (printed += chunk)));
    child.stderr?.on("data", (chunk) => (printed += chunk));
    const command = [program, ...args].join(" ");
    child.on("error", (error) => reject(new Error(`${command}: ${error.message}`)));
    child.on("close", (code, signal) =>
      code === 0
        ? resolve({ stdout, printed })
        : reject(
            Object.assign(new Error(`${command} ended with ${signal ?? code}\n${printed}`), {
              printed,
            }),
          ),
    );
  });
}
