// A proxy variable that Node ignores: a common reason for no connection in a company's network.

const VARIABLES = ["HTTPS_PROXY", "https_proxy"];
const FLAG = "--use-env-proxy";

/**
 * What to do about a proxy variable that this Node ignores, as a sentence; empty if there is none.
 *
 * Node 22.21 and newer use it, and only where they are told to
 * (https://nodejs.org/api/cli.html#--use-env-proxy).
 *
 * @param {Pick<NodeJS.Process, "env" | "execArgv" | "allowedNodeEnvironmentFlags">} process
 */
export function proxyHint({ env, execArgv, allowedNodeEnvironmentFlags }) {
  const variable = VARIABLES.find((name) => env[name]);
  const canUse = allowedNodeEnvironmentFlags.has(FLAG);
  const flags = [...execArgv, ...(env.NODE_OPTIONS ?? "").split(" ")];
  const isTold = env.NODE_USE_ENV_PROXY === "1" || flags.includes(FLAG);
  if (variable === undefined || (canUse && isTold)) return "";
  const advice = canUse ? "set NODE_USE_ENV_PROXY=1 too" : "Node 22.21 and newer can use it";
  return `${variable} is set, but Node ignores it: ${advice}.`;
}
