// What tests put in the place of the network or of time.

/** @import { Host } from "../types.ts" */

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
];
