// How this process connects: by the proxy and the certificates that environment and profile name, and
// by Node's `fetch`.

import { setFlagsFromString } from "node:v8";
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
  const hints = [await useProxy(process), await useCaBundle(env, settings)];
  return hints.filter(Boolean).join(" ");
}

/**
 * Loads Node's `fetch`, and lets this process end as soon as it is done. To be called before the first
 * request.
 *
 * Node 20 would otherwise wait at its end until V8 has optimised the WebAssembly behind `fetch`: about
 * 100 ms for nothing. A flag turns that off. It is set after the loading: once a flag has changed, V8
 * ignores the compiled code that Node ships for its own modules, and compiling them takes 25 ms.
 */
export function loadFetch() {
  // Without WebAssembly, loading `fetch` ends Node 22. The call itself reports what is wrong.
  if (typeof WebAssembly !== "object") return;
  // The first use of one of its classes loads all of it.
  void globalThis.Response;
  setFlagsFromString("--liftoff-only");
}
