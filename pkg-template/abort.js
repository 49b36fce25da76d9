// Abort signals of callers. One signal may be shared by any number of calls, so at most one listener
// of ours is on it: hosts warn of more than a few, and take them for a leak.

/**
 * @typedef {import("./index.js").AbortSignalLike} AbortSignalLike
 * @typedef {{ callbacks: Set<() => void>, listener: () => void }} Listening
 */

/** @type {WeakMap<AbortSignalLike, Listening>} */
const listenings = /* @__PURE__ */ new WeakMap();

/**
 * Aborts `controller` when `signal` fires, with the same reason; at once if it has fired already.
 *
 * @param {AbortSignalLike | null | undefined} signal
 * @param {AbortController} controller
 * @returns {() => void} stops forwarding
 * @throws what a signal that isn't the host's own throws
 */
export function forwardAbort(signal, controller) {
  if (!signal) return () => {};
  if (signal.aborted) {
    controller.abort(signal.reason);
    return () => {};
  }
  const abort = () => controller.abort(readReason(signal));
  const { callbacks } = listenings.get(signal) ?? listen(signal);
  callbacks.add(abort);
  return () => {
    callbacks.delete(abort);
    if (callbacks.size === 0) stopListening(signal);
  };
}

/**
 * @param {AbortSignalLike} signal
 * @returns {Listening}
 */
function listen(signal) {
  const callbacks = /** @type {Set<() => void>} */ (new Set());
  const listener = () => {
    for (const callback of [...callbacks]) callback();
  };
  signal.addEventListener("abort", listener);
  const listening = { callbacks, listener };
  listenings.set(signal, listening);
  return listening;
}

/** @param {AbortSignalLike} signal */
function stopListening(signal) {
  const listening = listenings.get(signal);
  listenings.delete(signal);
  try {
    if (listening) signal.removeEventListener("abort", listening.listener);
  } catch {
    // Only a signal that isn't the host's own throws here, and its call has settled already.
  }
}

/**
 * An error thrown in a listener has no caller to catch it: it would end a Node process.
 * @param {AbortSignalLike} signal
 */
function readReason(signal) {
  try {
    return signal.reason;
  } catch {
    return undefined;
  }
}
