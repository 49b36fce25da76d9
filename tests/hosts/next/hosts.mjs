// Next.js: a client component, a handler in Node and one in the edge runtime, by both bundlers.

import { join } from "node:path";
import { arch, platform } from "node:process";

/** @import { Host } from "../types.ts" */

const needs = {
  next: "16.4.6",
  react: "19.3.1",
  "react-dom": "19.3.1",
  "node-22": `npm:node-${platform}-${arch}@22.23.5`,
};
const CHROMIUM = join(import.meta.dirname, "../chromium.mjs");
const node = "node_modules/node-22/bin/node";

/** @type {Host[]} */
export default ["turbopack", "webpack"].flatMap((bundler) =>
  ["client", "node", "edge"].map((place, index) => ({
    name: `Next.js, ${bundler}, ${place}`,
    needs,
    commands: [
      ...(index === 0 ? [[node, "node_modules/next/dist/bin/next", "build", `--${bundler}`]] : []),
      [node, "visit.mjs", bundler, place, CHROMIUM],
    ],
  })),
);
