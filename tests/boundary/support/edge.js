// The module under test, called as the package's functions call it.

import { Cancellation } from "../../../pkg-template/abort.js";
import { shownCause } from "../../../pkg-template/cause.js";
import { createDeleteAccessToken } from "../../../pkg-template/functions.js";
import {
  acceptOptions,
  followSignal,
  OPTION_NAMES,
  readOptions,
} from "../../../pkg-template/options.js";

/**
 * @typedef {object} Edge the functions of the module, as tests/boundary/support.rs passes them
 * @property {(filter: typeof shownCause) => void} setCauseFilter
 * @property {(token?: any, id?: any, options?: any) => Promise<any>} deleteAccessToken
 * @property {(token?: any, id?: any, options?: any) => Promise<any>} deleteOneOfMany
 * @property {(token?: any, nextToken?: any, options?: any) => Promise<any>} listPage
 * @property {(token?: any, options?: any) => Promise<number>} checkBulkOptions
 * @property {(token: any, argument: string, thrown: any) => any} argumentError
 * @property {(token: any, reason: any) => any} abortError
 */

/** @type {Edge} */
export let edge;

/** @type {WebAssembly.Memory} */
let memory;

/**
 * Calls with what the package makes of the caller's options.
 * @param {string[]} names
 * @param {any} token
 * @param {any} options
 * @param {(ownOptions: any) => any} call
 */
async function callWithOptions(names, token, options, call) {
  const ownOptions = await acceptOptions(readOptions(options, names, token), token, edge);
  const cancellation = new Cancellation();
  try {
    await followSignal(ownOptions, cancellation, token, edge);
    return await call(ownOptions);
  } finally {
    cancellation.release();
  }
}

/**
 * @param {Edge} functions
 * @param {WebAssembly.Memory} moduleMemory
 */
export function connect(functions, moduleMemory) {
  const { deleteAccessTokens, listAccessTokens } = OPTION_NAMES;
  edge = {
    ...functions,
    deleteAccessToken: createDeleteAccessToken(/** @type {any} */ (functions)),
    deleteOneOfMany: (token, id, options) =>
      callWithOptions(deleteAccessTokens, token, options, (copy) =>
        functions.deleteOneOfMany(token, id, copy),
      ),
    listPage: (token, nextToken, options) =>
      callWithOptions(listAccessTokens, token, options, (copy) =>
        functions.listPage(token, nextToken, copy),
      ),
    checkBulkOptions: (token, options) =>
      callWithOptions(deleteAccessTokens, token, options, (copy) =>
        functions.checkBulkOptions(token, copy),
      ),
  };
  functions.setCauseFilter(shownCause);
  memory = moduleMemory;
}

/** The size of the module's memory in bytes. */
export const memorySize = () => memory.buffer.byteLength;

/**
 * Whether an ASCII text is anywhere in the module's memory, as UTF-8 or as UTF-16.
 * @param {string} text
 */
export function memoryIncludes(text) {
  const bytes = new Uint8Array(memory.buffer);
  const codes = new TextEncoder().encode(text);
  const isAt = (/** @type {number} */ start, /** @type {number} */ step) =>
    codes.every((code, index) => bytes[start + index * step] === code);
  let start = bytes.indexOf(codes[0]);
  while (start !== -1) {
    if (isAt(start, 1) || isAt(start, 2)) return true;
    start = bytes.indexOf(codes[0], start + 1);
  }
  return false;
}
