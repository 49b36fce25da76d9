// A browser extension (MV3) in Chromium, without a bundler: its popup, and its service worker, which the
// browser ends whenever it likes.

import { join } from "node:path";

/** @import { Host } from "../types.ts" */

const VISIT = ["node", join(import.meta.dirname, "visit.mjs")];

/** @type {Host[]} */
export default [
  { name: "Extension, popup", commands: [[...VISIT, "popup"]] },
  { name: "Extension, worker", commands: [[...VISIT, "worker"]] },
  {
    name: "Extension, worker ended between calls",
    commands: [[...VISIT, "ended-between"]],
  },
  {
    name: "Extension, worker ended during a call",
    commands: [[...VISIT, "ended-during"]],
  },
];
