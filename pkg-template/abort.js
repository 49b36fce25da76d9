// What ends calls early: the caller's signal, or a loop that is left.

/** @typedef {import("./index.js").AbortSignalLike} AbortSignalLike */

/**
 * A signal of our own. The module and the schedule know no other: it never throws, and unlike an
 * `AbortController` it makes no `DOMException` for whoever leaves a loop.
 */
export class Cancellation {
  /** @type {Set<() => void>} */
  #listeners = new Set();
  /** @type {SharedListener | undefined} */
  #followed;
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

  /** A listener is called at once if it comes too late. @param {() => void} listener */
  addListener(listener) {
    if (this.aborted) listener();
    else this.#listeners.add(listener);
  }

  /** @param {() => void} listener */
  removeListener(listener) {
    this.#listeners.delete(listener);
  }

  /**
   * Aborts when a signal of the caller's does, with the same reason; at once if it has already.
   * Needs `release` in the end, also if it throws.
   *
   * @param {AbortSignalLike} signal
   * @throws what a signal that isn't the host's own throws
   */
  follow(signal) {
    if (signal.aborted) {
      this.abort(readReason(signal));
      return;
    }
    this.#followed = sharedListeners.get(signal) ?? new SharedListener(signal);
    sharedListeners.set(signal, this.#followed);
    this.#followed.add(this);
  }

  release() {
    this.#followed?.delete(this);
  }
}

/** @type {WeakMap<AbortSignalLike, SharedListener>} */
const sharedListeners = /* @__PURE__ */ new WeakMap();

/**
 * The one listener on a signal of the caller's, however many calls follow it, and none once they
 * have ended: hosts warn of a leak when a signal has more than a few.
 */
class SharedListener {
  #signal;
  /** @type {Set<Cancellation>} */
  #followers = new Set();

  /** @param {AbortSignalLike} signal */
  constructor(signal) {
    this.#signal = signal;
  }

  /** @param {Cancellation} follower */
  add(follower) {
    this.#followers.add(follower); // first: some objects fire right when they are listened to
    if (this.#followers.size === 1) this.#signal.addEventListener("abort", this.#abortFollowers);
  }

  /** @param {Cancellation} follower */
  delete(follower) {
    const wasThere = this.#followers.delete(follower);
    if (!wasThere || this.#followers.size > 0) return;
    try {
      this.#signal.removeEventListener("abort", this.#abortFollowers);
    } catch {
      // Only a signal that isn't the host's own throws here, and the call has settled already.
    }
  }

  #abortFollowers = () => {
    const reason = readReason(this.#signal);
    for (const follower of [...this.#followers]) {
      follower.abort(reason);
      this.delete(follower);
    }
  };
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
