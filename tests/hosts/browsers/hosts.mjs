// Browsers, without a bundler: each context that can run JavaScript, and policies that allow the
// package or don't.

import { join } from "node:path";
import { found } from "../../../scripts/system.mjs";
import { DRIVERS } from "./webdriver.mjs";

/** @import { Host } from "../types.ts" */

const VISIT = ["node", join(import.meta.dirname, "visit.mjs")];

/** The contexts, and the page of each. */
const CONTEXTS = {
  "import map": "import-map",
  "import map, streaming": "import-map-streaming",
  "module worker": "module-worker",
  "classic worker": "classic-worker",
  "shared worker": "shared-worker",
  "service worker": "service-worker",
  "sandboxed iframe": "sandboxed-iframe",
  "policy that allows WebAssembly": "allowed",
  "policy that forbids WebAssembly": "forbidden",
  "trusted types": "trusted-types",
};

/** @type {Host[]} */
export default Object.entries(DRIVERS).flatMap(([browser, { programs }]) => {
  const missing = programs.find((names) => !found(...names));
  return Object.entries(CONTEXTS).map(([context, page]) => ({
    name: `${browser}, ${context}`,
    needs: { esbuild: "0.28.2" },
    missing: missing && `${missing[0]} isn't installed`,
    commands: [
      // Not every browser takes modules as service workers.
      [
        "node_modules/.bin/esbuild",
        "pages/worker.mjs",
        "--bundle",
        "--outfile=pages/service-worker.js",
      ],
      [...VISIT, browser, page],
    ],
  }));
});
