// npm run build: leaves the publishable package in pkg/.

import { chmod, cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";
import { writeDocuments } from "./links.mjs";
import { dataStart, namedByLikeness } from "./sections.mjs";
import { setUp } from "./setup.mjs";
import { environment, npmProgram, root, run } from "./tools.mjs";

// Those that Rust uses by default for this target, and every host of the package has, but for reference types: the glue's
// own table of JavaScript values makes the whole smaller. Named one by one: with all of them wasm-opt emits what Node 20 refuses.
const features = [
  "bulk-memory",
  "multivalue",
  "mutable-globals",
  "nontrapping-float-to-int",
  "sign-ext",
];

/**
 * Builds the package.
 * @param {string} out where it goes
 * @param {string} target where cargo builds
 */
export async function build(out = join(root, "pkg"), target = join(root, "target")) {
  const glue = join(target, "glue");
  await rm(glue, { recursive: true, force: true });
  await compile(glue, target);
  const names = await optimise(join(glue, "codecatalyst_pat_bg.wasm"), join(glue, "module.wasm"));
  await rm(out, { recursive: true, force: true });
  await mkdir(out, { recursive: true });
  await bundle(glue, names, join(out, "index.js"));
  await layOver(out);
}

// LLVM has uncompressed code in mind. Together these make the download smaller by a sixtieth: it may inline a little more, as brotli
// finds what is repeated; and it moves no computation from where two paths meet into one of them, nor what both do to where they meet.
const lessCode = [
  "-inline-threshold=55",
  "-enable-pre=false",
  "-enable-load-pre=false",
  "-simplifycfg-sink-common=false",
].map((option) => `-Cllvm-args=${option}`);

/** Rust to WebAssembly, and the JavaScript that belongs to it, by wasm-pack. */
async function compile(glue, target) {
  // Paths of this machine would get into the module and make it differ from machine to machine.
  const places = [
    [root, "/project"],
    [environment.CARGO_HOME ?? join(homedir(), ".cargo"), "/cargo"],
  ];
  // Data come before the stack, where their addresses are shorter. The stack has a megabyte, of which the deepest calls, a thousand
  // values in a row that are searched for the token, take a fifteenth: it never grows into the data.
  const flags = [
    "-Zunstable-options",
    "-Cpanic=immediate-abort",
    "-Zlocation-detail=none",
    "-Zmir-opt-level=3",
    "-Ctarget-feature=-reference-types",
    "-Clink-arg=--no-stack-first",
    ...lessCode,
    ...places.map(([from, to]) => `--remap-path-prefix=${from}=${to}`),
  ];
  const cargo = [
    "--locked",
    "-Zbuild-std=std,panic_abort",
    "-Zbuild-std-features=optimize_for_size",
    "--target-dir",
    target,
  ];
  await run(
    "wasm-pack",
    // "force" leaves out the search for a prebuilt standard library, which we build ourselves.
    [
      "build",
      ".",
      "--release",
      "--target",
      "bundler",
      "--mode",
      "force",
      "--no-typescript",
      "--no-pack",
      "--out-dir",
      glue,
      "--",
      ...cargo,
    ],
    { env: { CARGO_ENCODED_RUSTFLAGS: flags.join("\x1f"), CARGO_TARGET_DIR: target } },
  );
}

/** Makes the module small, and gives the short names of its imports and exports. */
async function optimise(from, to) {
  // Once more, after all control flow has been taken apart and put together again.
  await wasmOpt(from, to, ["--flatten", "--rereloop", "-Oz"]);
  // Functions stand where brotli finds what they share: the nearer, the shorter it can say so.
  await writeFile(to, namedByLikeness(await readFile(to)));
  const { stdout } = await wasmOpt(to, to, [
    "-Oz",
    "--reorder-functions-by-name",
    "--minify-imports-and-exports-and-modules",
    "--strip-debug",
    "--strip-producers",
    "--strip-target-features",
  ]);
  return JSON.parse(stdout);
}

const wasmOpt = (from, to, passes) =>
  run(process.execPath, [
    npmProgram("binaryen/bin/wasm-opt"),
    // Large functions are costly: a local above the 127th takes a byte more, each time it is named.
    "--one-caller-inline-max-function-size=100",
    "--always-inline-max-function-size=4",
    // What is computed again, or put into a local and taken out, is found by brotli; what is spared by that is found by nobody.
    "--skip-pass=local-cse",
    "--skip-pass=simplify-locals",
    // Rust puts its data there, but for the first kilobyte.
    "--low-memory-unused",
    ...features.map((feature) => `--enable-${feature}`),
    ...passes,
    from,
    "-o",
    to,
  ]);

/** The entry, the glue and the module in one file: one request for a page, and nothing to find for a bundler. */
async function bundle(glue, names, outfile) {
  const { build } = await import("esbuild");
  const wasm = await readFile(join(glue, "module.wasm"));
  // The data are mostly text, in which brotli knows many words as they are.
  const masked = dataStart(wasm);
  const contents = {
    glue: shortened(await readFile(join(glue, "codecatalyst_pat_bg.js"), "utf8"), names),
    module: `export const wasm = ${placeholders.wasm}, mask = ${placeholders.mask}, masked = ${masked};`,
  };
  const generated = {
    name: "generated",
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^(glue|module)$/ }, ({ path }) => ({ path, namespace: "generated" }));
      onLoad({ filter: /./, namespace: "generated" }, ({ path }) => ({ contents: contents[path] }));
    },
  };
  const { outputFiles } = await build({
    entryPoints: [join(root, "pkg-template/index.js")],
    write: false,
    bundle: true,
    format: "esm",
    minify: true,
    charset: "utf8",
    target: "es2022",
    legalComments: "none",
    logLevel: "warning",
    plugins: [generated],
  });
  await writeFile(outfile, smallest(outputFiles[0].text, wasm, masked));
}

/**
 * The glue, by the short names of the module's exports and imports. What the module imports, all from a module that wasm-opt
 * calls a, becomes arrow functions in the one object that it is handed: each would have two names more, and they are many.
 */
function shortened(glue, { exports, imports }) {
  const [exported, imported] = [
    new Map(exports),
    new Map(imports.map(([, name, short]) => [name, short])),
  ];
  const entries = [];
  const take = (wrapped) => (whole, name, parameters, body) => {
    if (!imported.has(name)) return whole;
    entries.push(`${JSON.stringify(imported.get(name))}: ${wrapped(`${parameters} => ${body}`)}`);
    return "";
  };
  const rest = glue
    .replaceAll(/\bwasm\.(\w+)/g, (whole, name) =>
      exported.has(name) ? `wasm.${exported.get(name)}` : whole,
    )
    // No closure of ours is ever left to the garbage collector: as long as Rust has not let go of one, the glue's table holds it.
    .replace(
      /^const CLOSURE_DTORS = [^;]*;$/m,
      "const CLOSURE_DTORS = { register() {}, unregister() {} };",
    )
    .replaceAll(
      /const ret = (.*);\n +return (addHeapObject\(ret\)|ret);/g,
      (_, value, result) => `return ${result.replace("ret", () => value)};`,
    )
    .replaceAll(
      /^export function (\w+)\(\) \{ return handleError\(function (.*) (\{\n[^]*?^\}), arguments\); \}$/gm,
      take((act) => `catching(${act})`),
    )
    .replaceAll(
      /^export function (\w+)(\(.*\)) (\{\n[^]*?^\})$/gm,
      take((act) => act),
    );
  if (entries.length !== imports.length)
    throw new Error("The glue does not define each import as it used to: look at shortened().");
  return `${rest}
    function catching(act) { return (...given) => handleError(act, given); }
    export const imports = { a: { ${entries.join(",\n")} } };
  `;
}

/** What stands for the module and its mask until the rest is minified. */
const placeholders = { wasm: '"the module"', mask: '"the mask"' };

/**
 * The file with the module in it, by the best of all masks. Each byte of code is combined with it by exclusive or: the commonest of
 * them become letters, digits and marks, by whose kinds brotli tells what comes next. So the download is a fiftieth smaller.
 */
function smallest(text, wasm, masked) {
  const filled = (mask) =>
    text
      .replace(placeholders.mask, mask)
      .replace(placeholders.wasm, () => literal(wasm, mask, masked));
  const size = (mask, quality) =>
    brotliCompressSync(filled(mask), { params: { [constants.BROTLI_PARAM_QUALITY]: quality } })
      .length;
  const best = (masks, quality) =>
    masks.map((mask) => [size(mask, quality), mask]).sort(([a], [b]) => a - b);
  // The highest quality takes its time: only the best by a lower one are worth it.
  const few = best([...Array(256).keys()], 5).slice(0, 16);
  return filled(
    best(
      few.map(([, mask]) => mask),
      11,
    )[0][1],
  );
}

/**
 * Bytes as a template, a character for each: base64 would make the download a quarter larger. Of the literals it needs the fewest
 * escapes. A line end that a tool may change into another reads as it was.
 */
function literal(bytes, mask, masked) {
  const chars = Array.from(bytes, (byte, place) =>
    String.fromCharCode(place < masked ? byte ^ mask : byte),
  ).join("");
  const escaped = chars.replace(/[\\`]|\$(?=\{)/g, "\\$&").replaceAll("\r", "\\r");
  return `\`${escaped.replace(/\0(?!\d)/g, "\\0").replaceAll("\0", "\\x00")}\``;
}

/** The files that are the same as in the repository. */
async function layOver(out) {
  await writeDocuments(out);
  for (const file of ["index.d.ts", "format-error.js", "format-error.d.ts"])
    await cp(join(root, "pkg-template", file), join(out, file));
  for (const file of ["LICENSE-APACHE", "LICENSE-MIT"]) await cp(join(root, file), join(out, file));
  await cp(join(root, "pkg-template/cli"), join(out, "cli"), { recursive: true });
  // It is a program. Not every file system and not every archive of the sources keeps that.
  await chmod(join(out, "cli/main.js"), 0o755);
}

/** What a caller downloads, in bytes: the one file that is imported. */
export async function downloadSize(out = join(root, "pkg")) {
  return brotliCompressSync(await readFile(join(out, "index.js"))).length;
}

if (process.argv[1] === import.meta.filename) {
  await setUp();
  await build();
  console.log(`pkg/ is ready. Its download is ${await downloadSize()} bytes (brotli 11).`);
}
