// What the programs of hosts print when all went well: "HOST VERSION: N checks".

import { runChecks } from "./checks.mjs";

/**
 * Runs all checks, and gives the line.
 *
 * @param {import("./checks.mjs").Package} pkg
 * @param {string} host with its version
 * @param {string[]} args the endpoint and the bearer token, at the end
 */
export async function report(pkg, host, args) {
  const [endpoint = "", bearer = ""] = args.slice(-2);
  return `${host}: ${await runChecks(pkg, endpoint, bearer)} checks`;
}
