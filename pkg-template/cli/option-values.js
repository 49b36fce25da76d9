// The values of options, from what was typed. `undefined` means that it can't be that.

import { MAX_CONCURRENCY } from "./limits.js";

/** @param {string} text */
export function parseConcurrency(text) {
  const number = Number(text);
  return /^\d+$/.test(text) && number >= 1 && number <= MAX_CONCURRENCY ? number : undefined;
}

/**
 * Seconds as milliseconds.
 *
 * @param {string} text
 */
export function parseTimeout(text) {
  const seconds = Number(text);
  return /^\d*\.?\d+$/.test(text) && seconds > 0 ? seconds * 1000 : undefined;
}

/** @param {string} text */
export function parsePort(text) {
  return /^\d+$/.test(text) && Number(text) <= 65_535 ? Number(text) : undefined;
}

/**
 * What an option takes that has only these values.
 *
 * @template {string} T
 * @param {readonly T[]} choices
 */
export const oneOf = (choices) => ({
  choices,
  expected: `${choices.slice(0, -1).join(", ")} or ${choices.at(-1)}`,
  parse: (/** @type {string} */ text) => choices.find((choice) => choice === text),
});
