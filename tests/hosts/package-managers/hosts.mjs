// Package managers that lay out node_modules in a way of their own, or do without it.

/** @import { Host } from "../types.ts" */

const pnpm = "node_modules/pnpm/bin/pnpm.mjs";
const yarn = "node_modules/@yarnpkg/cli-dist/bin/yarn.js";

/** @type {Host[]} */
export default [
  {
    name: "Node, installed by pnpm",
    needs: { pnpm: "12.21.0" },
    commands: [
      ["node", "install.mjs", pnpm],
      ["node", "project/main.mjs"],
    ],
  },
  {
    name: "Node, installed by Yarn, Plug'n'Play",
    needs: { "@yarnpkg/cli-dist": "4.18.1" },
    commands: [
      ["node", "install.mjs", yarn],
      ["node", yarn, "--cwd=project", "node", "main.mjs"],
    ],
  },
];
