// Cloudflare Workers: the module is imported as a file.

import { arch, platform } from "node:process";

/** @import { Host } from "../types.ts" */

// Wrangler needs a newer Node than we do.
const needs = { wrangler: "4.164.0", "node-22": `npm:node-${platform}-${arch}@22.23.5` };
const node = "node_modules/node-22/bin/node";
const wrangler = [node, "node_modules/wrangler/bin/wrangler.js"];

/** @type {Host[]} */
export default [
  {
    name: "wrangler dev",
    needs,
    commands: [[node, "wrangler-dev.mjs"]],
    // Where the network ends at this machine.
    warning: /Unable to fetch the `Request.cf` object/,
  },
  {
    name: "workerd, built by wrangler",
    needs,
    commands: [
      [...wrangler, "deploy", "--dry-run", "--outdir=built"],
      [node, "workerd.mjs"],
    ],
  },
];
