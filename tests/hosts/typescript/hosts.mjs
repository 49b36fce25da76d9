// TypeScript: strict projects of each kind, and the examples of documents as they are. The types of
// the package are compiled too, not only believed.

import { join } from "node:path";

/** @import { Host } from "../types.ts" */

const ROOT = join(import.meta.dirname, "../../..");
const SOURCES = join(ROOT, "tests/package/fixtures/types");
const DOCUMENTS = [join(ROOT, "README.md"), join(ROOT, "docs/reference.md")];
const VERSIONS = ["5.4.5", "5.9.3", "6.0.3", "7.0.2"];

/** @type {Host[]} */
export default VERSIONS.map((version) => ({
  name: `TypeScript ${version}`,
  needs: { typescript: version, "@types/node": "20.19.43" },
  commands: [["node", "compile.mjs", SOURCES, ...DOCUMENTS]],
}));
