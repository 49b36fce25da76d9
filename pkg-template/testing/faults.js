// Faults: things that go wrong on purpose, ordered by a test or over the control routes. index.d.ts
// documents their members.

import { pathOf } from "../loopback-server.js";
import { check, readMembers } from "./arguments.js";
import { isRecord } from "./validate.js";

/** @import { IncomingMessage } from "node:http" */
/** @import { Fault } from "./index.d.ts" */
/** @import { OrderedFault } from "./types.d.ts" */

/** @type {Record<string, { isValid: (value: any) => boolean, expected: string }>} */
const MEMBERS = {
  method: { isValid: (value) => /^[A-Z]+$/.test(value), expected: "an HTTP method in capitals" },
  id: { isValid: isText, expected: "a string" },
  times: { isValid: (value) => isIntegerIn(value, 1), expected: "an integer, 1 or more" },
  status: {
    isValid: (value) => isIntegerIn(value, 200, 599),
    expected: "an integer from 200 to 599",
  },
  name: { isValid: isText, expected: "a string" },
  message: { isValid: isText, expected: "a string" },
  headers: { isValid: isHeaders, expected: "an object of strings; null leaves a header out" },
  body: { isValid: () => true, expected: "anything" },
  effect: { isValid: (value) => typeof value === "boolean", expected: "true or false" },
  delayMs: {
    isValid: (value) => Number.isFinite(value) && value >= 0,
    expected: "a number of milliseconds, 0 or more",
  },
  cut: {
    isValid: (value) => ["before", "after", "body"].includes(value),
    expected: '"before", "after" or "body"',
  },
};

/** Those that describe the reply of a `status`. */
const REPLY_MEMBERS = ["name", "message", "headers", "body"];

/** The faults that were ordered and haven't happened yet. */
export class Faults {
  /** @type {{ fault: OrderedFault, left: number }[]} */
  #queue = [];

  get length() {
    return this.#queue.reduce((sum, { left }) => sum + left, 0);
  }

  /** Whether a connection is going to be cut. */
  get includesCut() {
    return this.#queue.some(({ fault }) => fault.cut);
  }

  /** @param {Fault[]} faults */
  push(...faults) {
    for (const [index, fault] of faults.entries()) checkFault(fault, `faults[${index}]`);
    this.#queue.push(...faults.map((fault) => ({ fault: { ...fault }, left: fault.times ?? 1 })));
  }

  /**
   * Takes the fault for a request from the queue; an empty one if there is none.
   * @param {IncomingMessage} request
   * @returns {OrderedFault}
   */
  take(request) {
    const ordered = this.#queue.find(({ fault }) => isFor(fault, request));
    if (!ordered) return {};
    ordered.left -= 1;
    if (ordered.left === 0) this.#queue.splice(this.#queue.indexOf(ordered), 1);
    return ordered.fault;
  }

  clear() {
    this.#queue.length = 0;
  }
}

/**
 * @param {OrderedFault} fault
 * @param {IncomingMessage} request
 */
function isFor({ method, id }, request) {
  // A preflight takes only faults that name its method.
  const isMethod = method == null ? request.method !== "OPTIONS" : method === request.method;
  return isMethod && (id == null || id === idIn(pathOf(request)));
}

/**
 * The id in the path of a deletion; undefined if there is none.
 * @param {string} path
 */
function idIn(path) {
  try {
    return decodeURIComponent(/^\/v1\/accessTokens\/([^/]+)$/.exec(path)?.[1] ?? "") || undefined;
  } catch {
    return undefined;
  }
}

/**
 * A typo in a fault would otherwise make a test pass that tests nothing.
 * @param {unknown} fault
 * @param {string} argument
 */
export function checkFault(fault, argument) {
  const members = readMembers(fault, argument, Object.keys(MEMBERS));
  for (const [name, value] of Object.entries(members)) {
    const { isValid, expected } = MEMBERS[name];
    check(isValid(value), `${argument}.${name}`, expected);
  }
  const { status, delayMs, cut } = members;
  const isFault = [status, delayMs, cut].some((member) => member !== undefined);
  check(isFault, argument, "a fault with a status, a delayMs or a cut");
  checkReply(members, argument);
}

/**
 * @param {Record<string, unknown>} fault
 * @param {string} argument
 */
function checkReply({ status, cut, effect, ...rest }, argument) {
  if (status === undefined) {
    const describesReply = effect === true || REPLY_MEMBERS.some((name) => name in rest);
    check(!describesReply, argument, "a fault with a status, as it describes a reply");
  } else {
    const isReplying = cut === undefined || cut === "body";
    check(isReplying, argument, "a fault that either replies or cuts the connection, not both");
  }
}

/** @param {unknown} value */
function isText(value) {
  return typeof value === "string";
}

/** @param {unknown} value @param {number} min @param {number} [max] */
function isIntegerIn(value, min, max = Number.MAX_SAFE_INTEGER) {
  return typeof value === "number" && Number.isInteger(value) && value >= min && value <= max;
}

/** @param {unknown} value */
function isHeaders(value) {
  return isRecord(value) && Object.values(value).every((text) => text == null || isText(text));
}
