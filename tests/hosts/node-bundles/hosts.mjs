// Bundled for Node, as a program of one file.

/** @import { Host } from "../types.ts" */

const esbuild = ["node_modules/.bin/esbuild", "main.mjs", "--bundle", "--platform=node"];

/** @param {string} format @param {string} outfile @returns {Host} */
const byEsbuild = (format, outfile) => ({
  name: `Node, bundled by esbuild, ${format}`,
  needs: { esbuild: "0.28.2" },
  commands: [
    [...esbuild, `--format=${format}`, `--outfile=${outfile}`],
    ["node", outfile],
  ],
});

/** @type {Host[]} */
export default [
  byEsbuild("esm", "built/main.mjs"),
  byEsbuild("cjs", "built/main.cjs"),
  {
    name: "Node, bundled by ncc",
    needs: { "@vercel/ncc": "0.45.0" },
    commands: [
      ["node_modules/.bin/ncc", "build", "main.mjs", "--out", "built/ncc"],
      ["node", "built/ncc/index.mjs"],
    ],
  },
];
