// What must hold for every call and after every test.

import { deepEqual, describe, equal, fail, isObject, ok } from "./assert.js";
import { addListener, sleep } from "./host.js";
import { traces } from "./secrets.js";

/** @type {Record<string, string>} */
const requiredTypes = {
  name: "string",
  message: "string",
  attempts: "number",
  retryable: "boolean",
  outcomeUnknown: "boolean",
};
/** @type {Record<string, string>} */
const types = {
  ...requiredTypes,
  status: "number",
  requestId: "string",
  retryAfterMs: "number",
};

/**
 * What a call rejects with.
 * @param {any} failure
 */
export function checkFailure(failure) {
  if (!isObject(failure)) fail(`the rejection is not an object: ${describe(failure)}`);
  for (const [key, type] of Object.entries(requiredTypes)) equal(typeof failure[key], type, key);
  for (const [key, value] of Object.entries(failure)) {
    if (key !== "cause") checkProperty(key, value);
  }
  const { name, message } = failure;
  ok(message.length > 0 && message.length <= 1_000, `the message has 1 to 1,000 characters`);
  ok(!/[\p{Cc}\u2028\u2029]/u.test(message + name), `the message is one line: ${message}`);
}

/**
 * @param {string} key
 * @param {any} value
 */
function checkProperty(key, value) {
  equal(typeof value, types[key] ?? "no such property", key);
  if (typeof value === "number") ok(Number.isInteger(value) && value >= 0, `${key}: ${value}`);
}

/**
 * What a deletion resolves with.
 * @param {any} outcome
 */
export function checkOutcome(outcome) {
  const { attempts, alreadyDeleted, requestId, ...more } = outcome;
  deepEqual(more, {}, "further properties of the outcome");
  ok(Number.isInteger(attempts) && attempts >= 1, `attempts: ${attempts}`);
  equal(typeof alreadyDeleted, "boolean", "alreadyDeleted");
  ok(requestId === undefined || typeof requestId === "string", "requestId is a string");
}

/** @type {unknown[]} */
export const unhandledErrors = [];

if (typeof process === "object") {
  for (const event of ["unhandledRejection", "uncaughtException"]) {
    process.on(event, (reason) => unhandledErrors.push(reason));
  }
} else {
  for (const event of ["unhandledrejection", "error"]) {
    addListener.call(globalThis, event, (/** @type {any} */ event) => {
      unhandledErrors.push(event.reason ?? event.error ?? event.message);
    });
  }
}

/**
 * What must hold however the calls of a test ended.
 * @param {Pick<import("./suite.js").Fixtures, "timers" | "listeners" | "requests" | "token">} test
 */
export async function checkForLeaks({ timers, listeners, requests, token }) {
  await sleep();
  await sleep();
  deepEqual(unhandledErrors.map(describe), [], "unhandled errors");
  equal(timers.active.size, 0, "active timers");
  equal(listeners.count(), 0, "abort listeners");
  if (requests.some(({ url }) => String(url).includes(token))) fail("the token is in a URL");
  equal(traces(token).length, 0, "parts of the token in the module's memory");
}
