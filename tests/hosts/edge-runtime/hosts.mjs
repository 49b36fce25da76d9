// Vercel's edge runtime, which has no host of its own to run a file: esbuild bundles for it as Next.js does.

/** @import { Host } from "../types.ts" */

/** @type {Host[]} */
export default [
  {
    name: "edge-runtime",
    needs: { "edge-runtime": "4.0.1", esbuild: "0.28.2" },
    commands: [["node", "run.mjs"]],
  },
];
