// The faults that tests order most: documented in index.d.ts. Each is plain data, so it can also be
// sent to the control routes as JSON.

import { check, readMembers } from "./arguments.js";
import { checkFault } from "./faults.js";

/** @import { Fault } from "./index.d.ts" */

// Which requests a fault is for.
const TARGET = ["method", "id", "times"];

const PROXY_PAGE = `<!doctype html>
<html lang="en"><title>Sign in</title><p>Sign in to use this network.</p></html>
`;

/** @param {object | null} [options] */
export function throttled(options) {
  const { retryAfterSeconds, ...target } = read(options, ["retryAfterSeconds"]);
  const isCount = Number.isInteger(retryAfterSeconds) && Number(retryAfterSeconds) >= 0;
  const isValid = retryAfterSeconds === undefined || isCount;
  check(isValid, "options.retryAfterSeconds", "an integer, 0 or more");
  return fault(target, {
    status: 429,
    name: "ThrottlingException",
    message: "Rate exceeded.",
    headers: { "retry-after": retryAfterSeconds?.toString() },
  });
}

/** @param {object | null} [options] */
export function serverError(options) {
  const { status = 500, effect = false, ...target } = read(options, ["status", "effect"]);
  const isServerError = Number(status) >= 500 && Number(status) <= 599;
  check(Number.isInteger(status) && isServerError, "options.status", "an integer from 500 to 599");
  const message = "The service failed.";
  return fault(target, { status, name: "InternalServerException", message, effect });
}

/** @param {object | null} [options] */
export function expiredBearer(options) {
  const message = "The bearer token has expired.";
  return fault(read(options), { status: 403, name: "AccessDeniedException", message });
}

/** @param {object | null} [options] */
export function proxyPage(options) {
  const { status = 200, ...target } = read(options, ["status"]);
  // Somebody else's reply has none of the service's headers.
  const own = { "x-amzn-errortype": null, "x-amzn-requestid": null };
  const headers = { "content-type": "text/html; charset=utf-8", ...own };
  return fault(target, { status, headers, body: PROXY_PAGE });
}

/** @param {object | null} [options] */
export const lostRequest = (options) => fault(read(options), { cut: "before" });

/** @param {object | null} [options] */
export const lostReply = (options) => fault(read(options), { cut: "after" });

/** @param {object | null} [options] */
export const cutReply = (options) => fault(read(options), { cut: "body" });

/**
 * @param {number} delayMs
 * @param {object | null} [options]
 */
export const slowReply = (delayMs, options) => fault(read(options), { delayMs });

/**
 * @param {unknown} options
 * @param {string[]} [own] the members that this fault has besides those of all
 * @returns {Record<string, any>}
 */
const read = (options, own = []) => readMembers(options ?? {}, "options", [...own, ...TARGET]);

/**
 * @template {Fault} Kind
 * @param {object} target
 * @param {Kind} effect
 * @returns {Kind}
 */
function fault(target, effect) {
  const made = { ...target, ...effect };
  checkFault(made, "options");
  return made;
}
