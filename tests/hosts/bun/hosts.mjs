// Bun: as it is, as a bundle, and as a program of its own.

/** @import { Host } from "../types.ts" */

const bun = "node_modules/.bin/bun";
const needs = { bun: "1.4.5" };

/** @type {Host[]} */
export default [
  { name: "Bun, run", needs, commands: [[bun, "run", "main.mjs"]] },
  {
    name: "Bun, build",
    needs,
    commands: [
      [bun, "build", "main.mjs", "--target=bun", "--outfile=built/main.js"],
      [bun, "run", "built/main.js"],
    ],
  },
  {
    name: "Bun, compile",
    needs,
    commands: [[bun, "build", "main.mjs", "--compile", "--outfile=built/main"], ["built/main"]],
  },
];
