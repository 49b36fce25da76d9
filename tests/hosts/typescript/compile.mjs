// Compiles sources that use the package, in each way of resolving it, and tells how many compilations
// found nothing to complain of.

import { spawnSync } from "node:child_process";
import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const [sources = "", ...documents] = process.argv.slice(2, -2);
const { version } = createRequire(import.meta.url)("typescript/package.json");

const STRICT = {
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  noEmit: true,
  skipLibCheck: false,
  target: "es2022",
  lib: ["es2022"],
  types: [],
};
const BUNDLER = { module: "esnext", moduleResolution: "bundler" };
const PAGE = ["es2022", "dom"];

/** @type {[source: string, as: string, options: object][]} */
const PROJECTS = [
  ["uses.ts", "uses-node16.mts", { module: "node16" }],
  ["uses.ts", "uses-nodenext.mts", { module: "nodenext" }],
  ["uses.ts", "uses-nodenext.cts", { module: "nodenext" }],
  ["uses.ts", "uses-bundler.ts", BUNDLER],
  ["default.ts", "default-nodenext.mts", { module: "nodenext" }],
  ["required.ts", "required-node16.cts", { module: "node16" }],
  ["required.ts", "required-nodenext.cts", { module: "nodenext" }],
  ["host.ts", "page-bundler.ts", { ...BUNDLER, lib: PAGE }],
  ["host.ts", "page-nodenext.mts", { module: "nodenext", lib: PAGE }],
];

/** @param {string} file @param {object} options */
function compile(file, options) {
  const project = `tsconfig.${file}.json`;
  const compilerOptions = { ...STRICT, ...options };
  writeFileSync(project, JSON.stringify({ compilerOptions, files: [file] }));
  const args = ["node_modules/typescript/bin/tsc", "--project", project, "--pretty", "false"];
  const { status, stdout } = spawnSync(process.execPath, args, { encoding: "utf8" });
  if (status !== 0) throw new Error(stdout);
}

for (const [source, file, options] of PROJECTS) {
  copyFileSync(join(sources, source), file);
  compile(file, options);
}
const examples = documents.flatMap((document) => {
  const markdown = readFileSync(document, "utf8");
  return [...markdown.matchAll(/^```js\n([\s\S]*?)^```$/gm)].map(([, code = ""]) => code);
});
for (const [index, code] of examples.entries()) {
  const file = `example-${index}.mts`;
  writeFileSync(file, code);
  compile(file, { module: "nodenext", types: ["node"] });
}
console.log(`TypeScript ${version}: ${PROJECTS.length + examples.length} checks`);
