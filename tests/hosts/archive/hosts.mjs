// Not hosts, but what judges archives for them.

/** @import { Host } from "../types.ts" */

/** @type {Host[]} */
export default [
  {
    name: "publint --strict",
    needs: { publint: "0.3.25" },
    commands: [["node", "check.mjs", "publint", "node_modules/.bin/publint", "--strict"]],
  },
  {
    name: "Are the types wrong?",
    needs: { "@arethetypeswrong/cli": "0.18.5" },
    commands: [["node", "check.mjs", "@arethetypeswrong/cli", "node_modules/.bin/attw"]],
  },
];
