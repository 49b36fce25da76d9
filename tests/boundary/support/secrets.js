// Tokens, and where they must not be found.

import { isObject } from "./assert.js";
import { memoryIncludes } from "./edge.js";
import { attempt } from "./host.js";

/**
 * A token that the program's own data can't contain. Its parts begin with a character that is rare
 * in memory.
 */
export const randomToken = () => ["", ...crypto.getRandomValues(new Uint32Array(5))].join("~");

/**
 * The parts of a token that are in the module's memory: even one is too many.
 * @param {string} token
 */
export const traces = (token) => (token.match(/~\d+/g) ?? []).filter(memoryIncludes);

/**
 * The first values of an iterable.
 * @param {Iterable<unknown>} iterable
 */
function* take(iterable, limit = 1_000) {
  let left = limit;
  for (const value of iterable) {
    if (left-- === 0) return;
    yield value;
  }
}

/** @param {any} object */
function* prototypeChain(object) {
  let current = object;
  while (isObject(current) && current !== Object.prototype) {
    yield current;
    current = attempt(() => Object.getPrototypeOf(current));
  }
}

/**
 * Everything that can be read from an object in one step.
 * @param {any} object
 */
function contents(object) {
  /** @type {unknown[]} */
  const found = [attempt(() => String(object)), attempt(() => JSON.stringify(object))];
  found.push(...(attempt(() => [...take(object)]) ?? []));
  for (const owner of prototypeChain(object)) {
    const keys = attempt(() => Reflect.ownKeys(owner)) ?? [];
    for (const key of keys.filter((key) => key !== "constructor")) {
      found.push(key);
      found.push(attempt(() => object[key]));
    }
  }
  return found;
}

/**
 * Whether a text can be found anywhere in a value.
 * @param {unknown} value
 * @param {string} text
 * @returns {boolean}
 */
export function mentions(value, text, seen = new Set()) {
  if (typeof value === "string" || typeof value === "symbol") return String(value).includes(text);
  if (!isObject(value) || ArrayBuffer.isView(value)) return false;
  if (seen.has(value) || seen.size > 2_000) return false;
  seen.add(value);
  return contents(value).some((part) => mentions(part, text, seen));
}
