// Abort signals, with any number of listeners: hosts warn of a leak when a signal of theirs has more
// than a few, and 64 deletions side by side are no leak.

/** @typedef {import("./index.js").AbortSignalLike} AbortSignalLike */

/**
 * Cancels requests. It is a signal, too, for each of them: unlike an `AbortController` it makes no
 * `DOMException` for whoever leaves a loop.
 *
 * @implements {AbortSignalLike}
 */
export class Cancellation {
  /** @type {Set<() => void>} */
  #listeners = new Set();
  aborted = false;
  /** @type {unknown} */
  reason;

  /** @param {unknown} [reason] */
  abort(reason) {
    if (this.aborted) return;
    this.aborted = true;
    this.reason = reason;
    for (const listener of [...this.#listeners]) listener();
  }

  /**
   * @param {"abort"} _type
   * @param {() => void} listener
   */
  addEventListener(_type, listener) {
    this.#listeners.add(listener);
  }

  /**
   * @param {"abort"} _type
   * @param {() => void} listener
   */
  removeEventListener(_type, listener) {
    this.#listeners.delete(listener);
  }
}

/**
 * Aborts `cancellation` when `signal` fires, with the same reason; at once if it has fired already.
 *
 * @param {AbortSignalLike | null | undefined} signal
 * @param {Cancellation} cancellation
 * @returns {() => void} stops forwarding
 * @throws what a signal that isn't the host's own throws
 */
export function forwardAbort(signal, cancellation) {
  if (!signal) return () => {};
  if (signal.aborted) {
    cancellation.abort(signal.reason);
    return () => {};
  }
  const abort = () => cancellation.abort(readReason(signal));
  const shared = shareSignal(signal);
  shared.addEventListener("abort", abort);
  return () => shared.removeEventListener("abort", abort);
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

/** @type {WeakMap<AbortSignalLike, SharedSignal>} */
const sharedSignals = /* @__PURE__ */ new WeakMap();

/**
 * Stands for a signal of the caller's. However many calls listen to it, one listener is on the
 * signal itself, and none once they have ended.
 *
 * @param {AbortSignalLike} signal
 * @returns {AbortSignalLike}
 */
export function shareSignal(signal) {
  const shared = sharedSignals.get(signal) ?? new SharedSignal(signal);
  sharedSignals.set(signal, shared);
  return shared;
}

/** @implements {AbortSignalLike} */
class SharedSignal {
  #signal;
  /** @type {Set<() => void>} */
  #listeners = new Set();

  /** @param {AbortSignalLike} signal */
  constructor(signal) {
    this.#signal = signal;
  }

  get aborted() {
    return this.#signal.aborted;
  }

  get reason() {
    return this.#signal.reason;
  }

  /**
   * @param {"abort"} type
   * @param {() => void} listener
   */
  addEventListener(type, listener) {
    if (this.#listeners.size === 0) this.#signal.addEventListener(type, this.#dispatch);
    this.#listeners.add(listener);
  }

  /**
   * @param {"abort"} type
   * @param {() => void} listener
   */
  removeEventListener(type, listener) {
    const wasThere = this.#listeners.delete(listener);
    if (!wasThere || this.#listeners.size > 0) return;
    try {
      this.#signal.removeEventListener(type, this.#dispatch);
    } catch {
      // Only a signal that isn't the host's own throws here, and the call has settled already.
    }
  }

  #dispatch = () => {
    for (const listener of [...this.#listeners]) listener();
  };
}
