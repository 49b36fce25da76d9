// How this process connects: by the proxy and the certificates that environment and profile name.

import { useCaBundle } from "./certificates.js";
import { useProxy } from "./proxy.js";

/**
 * To be called before the first request, which may renew the login. Gives what to know if there is no
 * connection; empty if there is nothing. Throws a `CliError` if proxy or certificates can't be used.
 *
 * @param {NodeJS.ProcessEnv} env
 * @param {ReadonlyMap<string, unknown>} [settings] of the profile
 */
export async function useNetworkSettings(env, settings) {
  const { execArgv, allowedNodeEnvironmentFlags } = process;
  const hints = [
    await useProxy({ env, execArgv, allowedNodeEnvironmentFlags }),
    await useCaBundle(env, settings),
  ];
  return hints.filter(Boolean).join(" ");
}
