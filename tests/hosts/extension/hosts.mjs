// A browser extension (MV3) in Chromium, without a bundler: its popup, and its service worker, which the
// browser ends whenever it likes.

import { join } from "node:path";

/** @import { Host } from "../types.ts" */

const VISIT = ["node", join(import.meta.dirname, "visit.mjs")];

/** @type {Host[]} */
export default [
  { name: "Chromium, extension popup", commands: [[...VISIT, "popup"]] },
  { name: "Chromium, extension worker", commands: [[...VISIT, "worker"]] },
  {
    name: "Chromium, extension worker ended between calls",
    commands: [[...VISIT, "ended-between"]],
  },
  {
    name: "Chromium, extension worker ended during a call",
    commands: [[...VISIT, "ended-during"]],
  },
];
