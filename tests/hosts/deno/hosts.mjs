// Deno, which may do nothing but use the network.

/** @import { Host } from "../types.ts" */

const deno = ["node_modules/.bin/deno", "run", "--quiet", "--no-prompt", "--allow-net"];

/** @type {Host[]} */
export default [
  {
    name: "Deno, --allow-net alone",
    needs: { deno: "2.9.6" },
    commands: [[...deno, "main.mjs"]],
  },
];
