// The host's own functions, kept before a test replaces them.

const host = {
  setTimeout: globalThis.setTimeout,
  clearTimeout: globalThis.clearTimeout,
  addEventListener: EventTarget.prototype.addEventListener,
  removeEventListener: EventTarget.prototype.removeEventListener,
};

/** Longer than any call may take. */
const SETTLE_TIMEOUT_MS = 5_000;

/** @returns {any} a timer of this host: a number or an object */
export const defer = (/** @type {() => unknown} */ callback, ms = 0) =>
  host.setTimeout.call(globalThis, callback, ms);

export const cancel = (/** @type {any} */ timer) => host.clearTimeout.call(globalThis, timer);

export const sleep = (ms = 0) =>
  /** @type {Promise<void>} */ (new Promise((resolve) => defer(() => resolve(), ms)));

export const addListener = host.addEventListener;
export const removeListener = host.removeEventListener;

export const onAbort = (/** @type {AbortSignal} */ signal, /** @type {() => void} */ listener) =>
  addListener.call(signal, "abort", listener);

/**
 * Calls a function, and gives nothing if it throws.
 * @template T
 * @param {() => T} read
 */
export function attempt(read) {
  try {
    return read();
  } catch {
    return undefined;
  }
}

/**
 * Waits for a promise, and fails if it doesn't settle.
 * @param {Promise<any>} promise
 * @returns {Promise<{ outcome?: any, failure?: any }>}
 */
export async function settle(promise) {
  /** @type {any} */
  let timer;
  const late = new Promise((_, reject) => {
    timer = defer(() => reject(new Error("the call did not settle")), SETTLE_TIMEOUT_MS);
  });
  const settled = promise.then(
    (outcome) => ({ outcome }),
    (failure) => ({ failure }),
  );
  try {
    return /** @type {any} */ (await Promise.race([settled, late]));
  } finally {
    cancel(timer);
  }
}
