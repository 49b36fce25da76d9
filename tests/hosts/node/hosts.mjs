// Node itself, in all versions that the package supports.

import { arch, platform } from "node:process";

/** @import { Host } from "../types.ts" */

const VERSIONS = ["20.19.6", "20.20.2", "22.0.0", "22.12.0", "22.23.5", "24.22.3", "26.12.1"];

/** How the package is used, by the arguments for Node. @type {Record<string, string[]>} */
const WAYS = {
  import: ["import.mjs"],
  require: ["require.cjs"],
  "worker thread": ["worker.mjs"],
  "--frozen-intrinsics": ["--frozen-intrinsics", "--no-warnings", "import.mjs"],
  "--jitless": ["--jitless", "--no-warnings", "no-wasm.mjs"],
};

/** @param {string} version */
function permission(version) {
  const major = Number.parseInt(version, 10);
  const flag = major < 24 ? "--experimental-permission" : "--permission";
  const network = major < 25 ? [] : ["--allow-net"];
  return [flag, "--allow-fs-read=*", ...network, "--no-warnings", "import.mjs"];
}

/**
 * What Node itself prints.
 * @param {string} version
 * @param {string} way
 */
function warningOf(version, way) {
  if (version === "22.12.0" && way === "require") return /ExperimentalWarning: CommonJS module/;
  const isOld = Number.parseInt(version, 10) < 24;
  return isOld && way === "--jitless" ? /disabling flag --expose_wasm/ : undefined;
}

/** @type {Host[]} */
export default VERSIONS.flatMap((version) => {
  const name = `node-${version}`;
  const needs = { [name]: `npm:node-${platform}-${arch}@${version}` };
  const ways = { ...WAYS, "--permission": permission(version) };
  return Object.entries(ways).map(([way, args]) => ({
    name: `Node ${version}, ${way}`,
    needs,
    commands: [[`node_modules/${name}/bin/node`, ...args]],
    warning: warningOf(version, way),
  }));
});
