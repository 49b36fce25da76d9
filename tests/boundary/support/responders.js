// What a mocked `fetch` does with one request.

import { onAbort } from "./host.js";

/**
 * @typedef {object} SentRequest
 * @property {any} url
 * @property {any} init
 * @property {unknown[]} more the arguments after `init`
 * @property {unknown} self the `this` of the call
 * @property {AbortSignal} signal
 * @property {"open" | "drained" | "cancelled"} [body] what became of a streamed body
 */

/** @typedef {(request: SentRequest) => any} Responder */

/**
 * @typedef {object} BodySource
 * @property {(controller: any) => void} [start]
 * @property {(controller: any, request: SentRequest) => void} [pull]
 */

/**
 * @param {any} [body]
 * @param {Record<string, string>} [headers]
 */
export const response = (status = 200, body = null, headers = {}) =>
  new Response(body, { status, headers });

/**
 * @param {[status?: number, body?: any, headers?: Record<string, string>]} args
 * @returns {Responder}
 */
export const reply =
  (...args) =>
  () =>
    response(...args);

/** @returns {(...args: any[]) => never} */
export const throwing = (/** @type {unknown} */ value) => () => {
  throw value;
};

/**
 * Runs an action before the responder.
 * @param {() => unknown} action
 * @param {Responder} responder
 * @returns {Responder}
 */
export const after = (action, responder) => (request) => {
  action();
  return responder(request);
};

export const rejecting = (/** @type {unknown} */ value) => () => Promise.reject(value);

/** Ignores its signal. */
export const neverSettles = () => new Promise(() => {});

/**
 * Rejects when its signal is aborted, as the host's own `fetch` does.
 * @type {Responder}
 */
export const hangsUntilAborted = ({ signal }) =>
  new Promise((_, reject) => onAbort(signal, () => reject(signal.reason)));

/**
 * A response whose body is streamed: as with the host's own `fetch`, an abort breaks it off.
 * @param {number} status
 * @param {BodySource} [source]
 * @param {Record<string, string>} [headers]
 * @returns {Responder}
 */
export const streaming =
  (status, source = {}, headers = {}) =>
  (request) => {
    request.body = "open";
    const cancel = () => {
      request.body = "cancelled";
    };
    const pull = (/** @type {any} */ controller) => source.pull?.(controller, request);
    const start = (/** @type {any} */ controller) => {
      onAbort(request.signal, () => {
        cancel();
        controller.error(request.signal.reason);
      });
      source.start?.(controller);
    };
    return response(status, new ReadableStream({ pull, start, cancel }), headers);
  };

/**
 * A body source of the given chunks.
 * @param {any[]} values
 * @returns {BodySource}
 */
export const chunks = (...values) => ({
  start(controller) {
    for (const value of values) controller.enqueue(value);
    controller.close();
  },
});

/**
 * A body source that gives each text when it is asked for it.
 * @param {string[]} texts
 * @returns {BodySource}
 */
export const pulled = (...texts) => {
  const left = [...texts];
  return {
    pull(controller, request) {
      const text = left.shift();
      if (text !== undefined) return controller.enqueue(encode(text));
      request.body = "drained";
      controller.close();
    },
  };
};

/**
 * A body whose reader keeps giving results. It does end at some point, because nothing else could
 * end it: a loop of promises alone lets no timer fire.
 * @param {() => unknown} read
 */
export function endlessBody(read, onEnd = () => {}) {
  let left = 5_000;
  const next = () => {
    if (left-- > 0) return read();
    onEnd();
    return { done: true };
  };
  return { getReader: () => ({ read: next }) };
}

export const encode = (/** @type {string} */ text) => new TextEncoder().encode(text);
