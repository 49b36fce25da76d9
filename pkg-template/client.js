// Loads the WebAssembly module, once, on the first call, and calls its exports.

import { shownCause } from "./cause.js";
import { CodeCatalystError, unsent } from "./error.js";
import { createGlue } from "./wasm/glue.js";

/**
 * @typedef {import("./index.js").DeleteAccessTokenOutput} Output
 * @typedef {import("./index.js").TokenSource} TokenSource
 * @typedef {import("./pages.js").Page} Page
 *
 * @typedef {object} Client
 * @property {(token: TokenSource, id: string, options: any) => Promise<Output>} deleteAccessToken
 * @property {(token: TokenSource, id: string, options: any) => Promise<Output>} deleteOneOfMany
 * @property {(token: TokenSource, nextToken: string | undefined, options: any) => Promise<Page>} listPage
 * @property {(token: TokenSource, options: any) => Promise<number>} checkBulkOptions
 * @property {(token: TokenSource, argument: string, thrown: unknown) => Promise<Error>} argumentError
 * @property {(token: TokenSource, reason: unknown) => Promise<Error>} abortError
 */

/**
 * The exports of one instance of the module. Each may be called at once: it waits for the module.
 * What they reject with, and the errors that they make, become instances of CodeCatalystError.
 *
 * @param {() => unknown} loadModule gives what WebAssembly can instantiate: bytes, a
 * `WebAssembly.Module`, or a promise of a `Response`
 * @returns {Client}
 */
export function createClient(loadModule) {
  const load = once(() => instantiate(loadModule));

  const operation =
    (/** @type {keyof Client} */ name) =>
    async (/** @type {unknown[]} */ ...args) => {
      const module = await load();
      try {
        return await module[name](...args);
      } catch (/** @type {any} */ properties) {
        throw new CodeCatalystError(properties);
      }
    };
  const errorMaker =
    (/** @type {keyof Client} */ name) =>
    async (/** @type {unknown[]} */ ...args) => {
      const module = await load();
      return new CodeCatalystError(module[name](...args));
    };

  return {
    deleteAccessToken: operation("deleteAccessToken"),
    deleteOneOfMany: operation("deleteOneOfMany"),
    listPage: operation("listPage"),
    checkBulkOptions: operation("checkBulkOptions"),
    argumentError: errorMaker("argumentError"),
    abortError: errorMaker("abortError"),
  };
}

/**
 * Callers that arrive together share one attempt. A failed attempt is forgotten, so that a page that
 * was offline can simply call again.
 *
 * @template T
 * @param {() => Promise<T>} load
 */
function once(load) {
  /** @type {Promise<T> | undefined} */
  let loading;
  return () => {
    loading ??= load().catch((error) => {
      loading = undefined;
      throw error;
    });
    return loading;
  };
}

const NO_WEBASSEMBLY =
  "This engine has no WebAssembly: it is too old, or WebAssembly is turned off.";

/** @param {() => unknown} loadModule */
async function instantiate(loadModule) {
  // Before the glue, which looks for `Response`: Node 20 and 22 then load their `fetch`, and without
  // WebAssembly that ends the process.
  if (typeof WebAssembly !== "object") throw unsent("InitializationError", NO_WEBASSEMBLY);
  try {
    const glue = createGlue();
    await glue({ module_or_path: await loadModule() });
    glue.setCauseFilter(shownCause);
    return glue;
  } catch (cause) {
    throw unsent("InitializationError", await explainLoadError(cause), { cause });
  }
}

/**
 * Told by what the host can do: each engine words its errors differently.
 *
 * @param {unknown} cause
 */
async function explainLoadError(cause) {
  try {
    // The smallest module there is.
    await WebAssembly.instantiate(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0));
  } catch {
    return "A policy forbids WebAssembly here: the script-src of a Content-Security-Policy must allow 'wasm-unsafe-eval'.";
  }
  return cause instanceof WebAssembly.CompileError
    ? "This engine can't compile the WebAssembly module: it is too old, or the module is damaged."
    : "The WebAssembly module could not be fetched, decoded or started.";
}
