// Loads the WebAssembly module, once, on the first call, and calls its exports.

import { CodeCatalystError, unsent } from "./error.js";
import { createGlue } from "./wasm/glue.js";

/**
 * The exports of one instance of the module. Each may be called at once: it waits for the module. What they
 * reject with, and the errors that they make, become instances of CodeCatalystError.
 * @param loadModule gives what WebAssembly can instantiate: bytes, a `WebAssembly.Module`, or a
 * promise of a `Response`
 */
export function createClient(loadModule) {
  const load = once(() => instantiate(loadModule));

  const operation =
    (name) =>
    async (...args) => {
      const module = await load();
      try {
        return await module[name](...args);
      } catch (properties) {
        throw new CodeCatalystError(properties);
      }
    };
  const errorMaker =
    (name) =>
    async (...args) => {
      const module = await load();
      return new CodeCatalystError(module[name](...args));
    };

  return {
    deleteAccessToken: operation("deleteAccessToken"),
    deleteOneOfMany: operation("deleteOneOfMany"),
    listPage: operation("listPage"),
    checkBulkOptions: operation("checkBulkOptions"),
    checkListOptions: operation("checkListOptions"),
    argumentError: errorMaker("argumentError"),
    abortError: errorMaker("abortError"),
  };
}

// Callers that arrive together share one attempt. A failed attempt is forgotten, so that a page that
// was offline can simply call again.
function once(load) {
  let loading;
  return () =>
    (loading ??= load().catch((error) => {
      loading = undefined;
      throw error;
    }));
}

async function instantiate(loadModule) {
  try {
    const glue = createGlue();
    await glue({ module_or_path: await loadModule() });
    return glue;
  } catch (cause) {
    const message =
      "The WebAssembly module could not be loaded. If there is a Content-Security-Policy, " +
      "its script-src must allow 'wasm-unsafe-eval'.";
    throw unsent("InitializationError", message, { cause });
  }
}
