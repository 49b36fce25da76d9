// The module under test, called as the package's functions call it.

import { snapshot } from "../../../pkg-template/options.js";

/**
 * @typedef {object} Edge the functions of the module, as tests/boundary/support.rs passes them
 * @property {(token?: any, id?: any, options?: any) => Promise<any>} deleteAccessToken
 * @property {(token?: any, id?: any, options?: any) => Promise<any>} deleteOneOfMany
 * @property {(token?: any, nextToken?: any, options?: any) => Promise<any>} listPage
 * @property {(token?: any, options?: any) => number} checkBulkOptions
 * @property {(token?: any, options?: any) => void} checkListOptions
 * @property {(token: any, argument: string, thrown: any) => any} argumentError
 * @property {(token: any, reason: any) => any} abortError
 */

/** @type {Edge} */
export let edge;

/** @type {WebAssembly.Memory} */
let memory;

/**
 * @param {Edge} functions
 * @param {WebAssembly.Memory} moduleMemory
 */
export function connect(functions, moduleMemory) {
  edge = {
    ...functions,
    deleteAccessToken: (token, id, options) =>
      functions.deleteAccessToken(token, id, snapshot(options)),
    deleteOneOfMany: (token, id, options) =>
      functions.deleteOneOfMany(token, id, snapshot(options)),
    listPage: (token, nextToken, options) =>
      functions.listPage(token, nextToken, snapshot(options)),
    checkBulkOptions: (token, options) => functions.checkBulkOptions(token, snapshot(options)),
    checkListOptions: (token, options) => functions.checkListOptions(token, snapshot(options)),
  };
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
