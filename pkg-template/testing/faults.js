// Faults: things that go wrong on purpose, ordered by a test or over the control routes.
//
// A fault applies to the next API request, or to the next one with its `method`, and is then gone.
//
//   status, name, message, headers, body   this reply instead of the real one;
//                                          a header that is null is left out
//   effect: true                           ... but the request is executed first
//   delayMs                                the reply is delayed; by then the request
//                                          has been executed
//   cut: "before"                          no reply, and nothing is executed
//   cut: "after"                           no reply, but the request is executed
//   cut: "body"                            the reply breaks off within its body
//
// A preflight takes only faults whose method is OPTIONS.

import { isRecord } from "./validate.js";

/** @import { Fault } from "./types.d.ts" */

const REPLY_MEMBERS = ["name", "message", "headers", "body", "effect"];
const MEMBERS = ["method", "status", "delayMs", "cut", ...REPLY_MEMBERS];

/** The faults that were ordered and haven't happened yet. */
export class Faults {
  /** @type {Fault[]} */
  #queue = [];

  get length() {
    return this.#queue.length;
  }

  /** Whether a connection is going to be cut. */
  get includesCut() {
    return this.#queue.some((fault) => fault.cut);
  }

  /** @param {Fault[]} faults */
  push(...faults) {
    for (const fault of faults) checkFault(fault);
    this.#queue.push(...faults);
  }

  /**
   * Removes and returns the fault for a request; an empty one if there is none.
   * @param {string | undefined} method
   * @returns {Fault}
   */
  take(method) {
    const index = this.#queue.findIndex((fault) =>
      fault.method ? fault.method === method : method !== "OPTIONS",
    );
    return index === -1 ? {} : this.#queue.splice(index, 1)[0];
  }

  clear() {
    this.#queue.length = 0;
  }
}

/**
 * A typo in a fault would otherwise make a test pass that tests nothing.
 * @param {unknown} fault
 */
function checkFault(fault) {
  const why = isRecord(fault) ? whyInvalid(fault) : "must be an object";
  if (why) throw new TypeError(`a fault ${why}: ${JSON.stringify(fault)}`);
}

/** @param {Record<string, unknown>} fault */
function whyInvalid({ method, status, delayMs, cut, ...rest }) {
  const unknown = Object.keys(rest).find((member) => !MEMBERS.includes(member));
  if (unknown) return `has no member "${unknown}"`;
  if (status === undefined && delayMs === undefined && cut === undefined) {
    return "needs a status, a delayMs or a cut";
  }
  if (cut !== undefined && !["before", "after", "body"].includes(String(cut))) {
    return 'needs a cut of "before", "after" or "body"';
  }
  if (delayMs !== undefined && !(typeof delayMs === "number" && delayMs >= 0)) {
    return "needs a delayMs of 0 or more";
  }
  return whyInvalidReply(status, cut, rest);
}

/**
 * @param {unknown} status
 * @param {unknown} cut
 * @param {object} reply
 */
function whyInvalidReply(status, cut, reply) {
  if (status === undefined) {
    const describesReply = REPLY_MEMBERS.some((member) => member in reply);
    return describesReply ? "describes a reply without a status" : undefined;
  }
  const isStatus = Number.isInteger(status) && Number(status) >= 200 && Number(status) <= 599;
  if (!isStatus) return "needs a status from 200 to 599";
  if (cut === "before" || cut === "after") {
    return "can't both reply and cut the connection before the reply";
  }
}
