// The proxy that the environment names.

import { usageError } from "./cli-error.js";

/** @typedef {Pick<NodeJS.Process, "env" | "execArgv" | "allowedNodeEnvironmentFlags">} Process */

/**
 * What Node 24.14 and newer have
 * (https://nodejs.org/api/http.html#httpsetglobalproxyfromenvproxyenv).
 *
 * @typedef {((variables: Record<string, string | undefined>) => void) | undefined} SetProxy
 */

const FLAG = "--use-env-proxy";

/**
 * Sends all https: requests of this process through the proxy of `HTTPS_PROXY`, except to the hosts in
 * `NO_PROXY`. An http: request goes to this machine only, so `HTTP_PROXY` isn't used: the token would
 * leave it. It's taken out of the environment.
 *
 * Gives what to know about it if there is no connection; empty if no proxy is named. Throws a `CliError`
 * if it can't be one.
 *
 * @param {Process} process
 */
export async function useProxy(process) {
  const { env } = process;
  const variable = proxyVariable(env);
  if (variable === undefined) return "";
  const url = proxyUrl(variable, String(env[variable]));
  const http = await import("node:http");
  const { setGlobalProxyFromEnv } = /** @type {{ setGlobalProxyFromEnv?: SetProxy }} */ (http);
  if (!setGlobalProxyFromEnv) return proxyHint(process, false);
  // Node's fetch would fall back to them, whatever is passed.
  for (const name of ["http_proxy", "HTTP_PROXY"]) delete env[name];
  setGlobalProxyFromEnv({ HTTPS_PROXY: url, NO_PROXY: env.no_proxy ?? env.NO_PROXY });
  return proxyHint(process, true);
}

/**
 * What to know about the proxy if there is no connection.
 *
 * Before 24.14 Node uses it only where it is told so at its start, from 22.21 on
 * (https://nodejs.org/api/cli.html#--use-env-proxy).
 *
 * @param {Process} process
 * @param {boolean} isUsed
 */
export function proxyHint({ env, execArgv, allowedNodeEnvironmentFlags }, isUsed) {
  const variable = proxyVariable(env);
  if (variable === undefined) return "";
  const flags = [...execArgv, ...(env.NODE_OPTIONS ?? "").split(" ")];
  const isTold = env.NODE_USE_ENV_PROXY === "1" || flags.includes(FLAG);
  const canBeTold = allowedNodeEnvironmentFlags.has(FLAG);
  if (isUsed || (canBeTold && isTold))
    return `${variable} is set, so https: requests go through that proxy.`;
  const advice = canBeTold ? "set NODE_USE_ENV_PROXY=1 too" : "Node 24.14 and newer use it";
  return `${variable} is set, but this Node ignores it: ${advice}.`;
}

/**
 * The variable that names the proxy. As in curl and botocore the lower-case one comes first, and an
 * empty one means no proxy.
 *
 * @param {NodeJS.ProcessEnv} env
 */
function proxyVariable(env) {
  const variable = env.https_proxy === undefined ? "HTTPS_PROXY" : "https_proxy";
  return env[variable] ? variable : undefined;
}

/**
 * As in botocore the scheme may be left out. What is refused isn't repeated: it may hold a password.
 *
 * @param {string} variable
 * @param {string} value
 */
function proxyUrl(variable, value) {
  const url = /^[a-z][a-z\d+.-]*:\/\//i.test(value) ? value : `http://${value}`;
  if (URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)) return url;
  throw usageError(`${variable} must be the URL of a proxy, http: or https:.`);
}
