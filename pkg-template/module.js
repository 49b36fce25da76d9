// The WebAssembly module. It comes along as text: a file of its own would have to be found and fetched, and every host and every
// bundler has its own idea of how.

import { __wbg_set_wasm, imports, request as requestByModule } from "glue";
import { mask, masked, wasm } from "module";
import { CodeCatalystError, unsent } from "./error.js";

// The operations, by the numbers that the module knows.
export const DELETION = 0;
export const DELETIONS = 1;
export const PAGE = 2;
/** Added to an operation: nothing is sent, its arguments are only checked. */
export const CHECK = 4;

export async function request(operation, token, subject, options) {
  await load();
  try {
    return await requestByModule(operation, token, subject, options);
  } catch (properties) {
    throw new CodeCatalystError(properties);
  }
}

let loading;

// Callers that arrive together share one attempt. A failed one is forgotten, so that the next call tries again.
function load() {
  return (loading ??= instantiate().catch((cause) => {
    loading = undefined;
    const message =
      "The WebAssembly module could not be loaded. If there is a Content-Security-Policy, " +
      "its script-src must allow 'wasm-unsafe-eval'.";
    throw unsent("InitializationError", message, { cause });
  }));
}

async function instantiate() {
  const bytes = Uint8Array.from(
    wasm,
    (char, place) => char.charCodeAt() ^ (place < masked && mask),
  );
  const { instance } = await WebAssembly.instantiate(bytes, imports);
  __wbg_set_wasm(instance.exports);
}
