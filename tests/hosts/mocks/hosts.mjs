// What tests put in the place of the network or of time.

import { join } from "node:path";

/** @import { Host } from "../types.ts" */

const IN_CHROMIUM = ["node", join(import.meta.dirname, "../in-chromium.mjs")];
const msw = { msw: "2.15.0", esbuild: "0.28.2" };

/** @type {Host[]} */
export default [
  {
    name: "undici's MockAgent",
    needs: { undici: "7.16.0" },
    commands: [["node", "mock-agent.mjs"]],
  },
  {
    name: "Sinon's fake timers",
    needs: { sinon: "22.1.0" },
    commands: [["node", "fake-timers.mjs"]],
  },
  { name: "msw, in Node", needs: msw, commands: [["node", "msw-node.mjs"]] },
  {
    name: "msw, in a page",
    needs: msw,
    commands: [
      ["node_modules/.bin/esbuild", "msw-page.mjs", "--bundle", "--outfile=dist/main.js"],
      ["node_modules/.bin/msw", "init", "dist", "--no-save"],
      [...IN_CHROMIUM, "msw", "msw", "utf-8"],
    ],
  },
];
