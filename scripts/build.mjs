// npm run build: leaves the publishable package in pkg/. DESIGN.md has the figure behind each option.

import { chmod, cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { writeCommonJs } from "./commonjs.mjs";
import { writeDocuments } from "./links.mjs";
import { writeLicences } from "./notices.mjs";
import { setUp } from "./setup.mjs";
import { downloadText } from "./size.mjs";
import { cargoHome, npmProgram, root, run } from "./tools.mjs";

// Those that Rust uses by default for this target, which every host of the package has. With all
// features, wasm-opt emits some that Node 20 refuses.
const WASM_FEATURES = [
  "bulk-memory",
  "multivalue",
  "mutable-globals",
  "nontrapping-float-to-int",
  "reference-types",
  "sign-ext",
];

/**
 * Builds the package.
 * @param {string} out where it goes
 * @param {string} target where cargo builds
 */
export async function build(out = join(root, "pkg"), target = join(root, "target")) {
  const generated = join(target, "glue");
  await compile(generated, target);
  await rm(out, { recursive: true, force: true });
  await copySources(out);
  await writeModule(generated, out);
  await writeCommonJs(out);
}

/** Rust to WebAssembly and its glue. @param {string} generated @param {string} target */
async function compile(generated, target) {
  // Paths of this machine would get into the module and make it differ from machine to machine.
  const flags = [
    "-Zunstable-options",
    "-Cpanic=immediate-abort",
    "-Zmir-opt-level=3",
    "-Zcross-crate-inline-threshold=always",
    `--remap-path-prefix=${root}=/project`,
    `--remap-path-prefix=${cargoHome}=/cargo`,
  ];
  // "force" skips the search for a prebuilt standard library, which we build ourselves.
  const output = ["--mode", "force", "--no-typescript", "--no-pack", "--out-dir", generated];
  const cargo = ["--locked", "-Zbuild-std=std,panic_abort"];
  await rm(generated, { recursive: true, force: true });
  const args = ["build", ".", "--release", "--target", "no-modules", ...output, "--", ...cargo];
  const env = { CARGO_ENCODED_RUSTFLAGS: flags.join("\x1f"), CARGO_TARGET_DIR: target };
  await run("wasm-pack", args, { env });
}

/** The files that are shipped as they are. @param {string} out */
async function copySources(out) {
  await cp(join(root, "pkg-template"), out, { recursive: true });
  // The dashboard's page, without the picture for the documents.
  const filter = (/** @type {string} */ file) => !file.endsWith(".png");
  await cp(join(root, "www"), join(out, "www"), { recursive: true, filter });
  await writeDocuments(out);
  await writeLicences(out);
  // Not every file system and not every archive of the sources keeps that it is a program.
  await chmod(join(out, "cli/main.js"), 0o755);
}

/** The module as file and base64, and the glue. @param {string} generated @param {string} out */
async function writeModule(generated, out) {
  await mkdir(join(out, "wasm"));
  const wasm = join(out, "wasm/codecatalyst_pat.wasm");
  await run(process.execPath, [
    npmProgram("binaryen/bin/wasm-opt"),
    ...WASM_FEATURES.map((feature) => `--enable-${feature}`),
    "-Oz",
    "--strip-debug",
    "--strip-producers",
    "--strip-target-features",
    join(generated, "codecatalyst_pat_bg.wasm"),
    "--output",
    wasm,
  ]);
  const base64 = (await readFile(wasm)).toString("base64");
  await writeFile(join(out, "wasm/base64.js"), `export const base64 = "${base64}";\n`);
  await writeFile(join(out, "wasm/base64.cjs"), `exports.base64 = "${base64}";\n`);
  const glue = await readFile(join(generated, "codecatalyst_pat.js"), "utf8");
  await writeFile(join(out, "wasm/glue.js"), inFunction(glue));
}

/**
 * The glue, unchanged, in a function: when it is evaluated it constructs a TextDecoder, and importing
 * the package must construct nothing. Without a document it looks for no script.
 * @param {string} glue
 */
const inFunction = (glue) => `export function createGlue() {
const document = undefined;
${glue}
return wasm_bindgen;
}
`;

if (process.argv[1] === import.meta.filename) {
  await setUp();
  await build();
  console.log(`pkg/ is ready: ${await downloadText()}`);
}
