// Calls that check what is promised of every call.

import { equal, fail, ok } from "./assert.js";
import { checkFailure, checkOutcome } from "./checks.js";
import { edge } from "./edge.js";
import { settle } from "./host.js";
import { mentions } from "./secrets.js";

/** @import { SentRequest } from "./responders.js" */

/** @typedef {(token: any, id: any, options?: any) => Promise<any>} Call */
/** @typedef {(options?: any, token?: any, id?: any) => Promise<any>} CallWithDefaults */

/** @param {{ requests: SentRequest[], token: string, origin: string }} fixtures */
export function createCalls({ requests, token: defaultToken, origin }) {
  /**
   * Calls with exactly these arguments.
   * @type {Call}
   */
  const call = async (token, id, options) => {
    const end = await settle(edge.deleteAccessToken(token, id, options));
    if ("failure" in end) checkFailure(end.failure);
    else checkOutcome(end.outcome);
    ok(!mentions(end, defaultToken), "the caller never sees the token");
    return end;
  };

  /** @type {Call} */
  const countedCall = async (token, id, options) => {
    const before = requests.length;
    const end = await call(token, id, options);
    equal((end.outcome ?? end.failure).attempts, requests.length - before, "attempts");
    return end;
  };

  /** @type {CallWithDefaults} */
  const callWithDefaults = (options = {}, token = defaultToken, id = "id") =>
    countedCall(token, id, { endpoint: origin, ...options });

  /** @type {CallWithDefaults} */
  const expectSuccess = async (...args) => {
    const { outcome, failure } = await callWithDefaults(...args);
    return outcome ?? fail(`it failed: ${failure.name}: ${failure.message}`);
  };

  /** @type {CallWithDefaults} */
  const expectFailure = async (...args) => {
    const { failure } = await callWithDefaults(...args);
    return failure ?? fail("it succeeded");
  };

  /**
   * Calls with exactly these arguments, which must be refused before anything is sent.
   * @type {Call}
   */
  const expectRefusal = async (token, id, options) => {
    const { failure } = await countedCall(token, id, options);
    equal(failure?.name, "InvalidArgumentError", "name");
    equal(failure.outcomeUnknown || failure.retryable, false, "outcomeUnknown or retryable");
    return failure;
  };

  return { call, expectSuccess, expectFailure, expectRefusal };
}
