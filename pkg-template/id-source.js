// The ids of deleteAccessTokens, which may come from anything that can be iterated.

import { unsent } from "./error.js";

/** How many ids are taken before the host's other tasks get their turn. */
const IDS_PER_TASK = 1_000;

/**
 * The caller's ids. Opened in the constructor: a live source, such as the lines of a file, begins to
 * emit whether anybody listens yet or not. Nothing here throws: see `failure`.
 */
export class IdSource {
  /** @type {Iterator<unknown> | AsyncIterator<unknown> | undefined} */
  #iterator;
  #isAwaitingNext = false;
  #isResting = false;
  #hasEnded = false;
  #idsThisTask = 0;
  /** @type {Promise<void> | undefined} */
  #closed;

  /** Whether nothing more will come. */
  isDone = false;

  /**
   * Why it is done, if not by its own choice: our error, or what the caller's code threw.
   * @type {{ error: Error } | { thrown: unknown } | undefined}
   */
  failure;

  /** @param {unknown} ids */
  constructor(ids) {
    try {
      const getIterator = findGetIterator(ids);
      if (typeof getIterator === "function") this.#iterator = getIterator.call(ids);
      else this.#end({ error: notIterable(ids) });
    } catch (thrown) {
      this.#end({ thrown });
    }
  }

  /** Whether `pull` may be called: one id is taken at a time. */
  get isReady() {
    return !this.isDone && !this.#isAwaitingNext && !this.#isResting;
  }

  /**
   * Takes one id. A synchronous source gives it in this turn, so that its deletion begins in the
   * turn in which the one before ended.
   *
   * @param {(id: unknown) => void} accept
   * @returns {Promise<void> | undefined} what to wait for until `isReady` or `isDone`
   */
  pull(accept) {
    if (this.#idsThisTask === IDS_PER_TASK) return this.#rest();
    this.#idsThisTask += 1;
    try {
      this.#isAwaitingNext = true; // nothing the source calls may pull again
      const step = /** @type {Iterator<unknown>} */ (this.#iterator).next();
      if (isThenable(step)) return this.#acceptLater(step, accept);
      this.#accept(step, accept);
    } catch (thrown) {
      this.#end({ thrown });
    }
  }

  /**
   * Lets go of the source. What it gives or throws later is ignored.
   *
   * @returns {Promise<void>} resolves once the source has cleaned up, whether that threw or not; at
   * once if it may never give the id it was asked for
   */
  close() {
    this.isDone = true;
    this.#closed ??= this.#callReturn();
    return this.#isAwaitingNext ? Promise.resolve() : this.#closed;
  }

  async #callReturn() {
    try {
      await undefined; // the source may be what closes us, and a running generator can't return
      if (!this.#hasEnded) await this.#iterator?.return?.();
    } catch {
      // Ignored: the caller's loop ends anyway, and for another reason.
    }
  }

  /**
   * @param {PromiseLike<IteratorResult<unknown>>} step
   * @param {(id: unknown) => void} accept
   */
  async #acceptLater(step, accept) {
    try {
      this.#accept(await step, accept);
    } catch (thrown) {
      this.#end({ thrown });
    }
  }

  /**
   * @param {IteratorResult<unknown>} step
   * @param {(id: unknown) => void} accept
   */
  #accept(step, accept) {
    if (Object(step) !== step)
      throw new TypeError(`Iterator result ${String(step)} is not an object`);
    const { done, value } = step;
    this.#isAwaitingNext = false;
    if (done) this.#end();
    else if (!this.isDone) accept(value);
  }

  /** @param {{ error: Error } | { thrown: unknown }} [failure] */
  #end(failure) {
    this.#isAwaitingNext = false;
    this.#hasEnded = true;
    if (!this.isDone) this.failure = failure;
    this.isDone = true;
  }

  /**
   * A source that is always ready may repeat one id for ever. Without a pause that isn't a microtask,
   * no timer, signal or reply would ever get its turn.
   */
  async #rest() {
    this.#isResting = true;
    await nextTask();
    this.#isResting = false;
    this.#idsThisTask = 0;
  }
}

/**
 * The method that opens `ids`. Not that of a string, which is an iterable of characters.
 * @param {any} ids
 */
const findGetIterator = (ids) =>
  typeof ids === "string" ? undefined : (ids?.[Symbol.asyncIterator] ?? ids?.[Symbol.iterator]);

/** @param {unknown} ids */
function notIterable(ids) {
  const type = ids === null ? "null" : typeof ids;
  const message = `ids must be an iterable or async iterable of strings, not ${type}.`;
  return unsent("InvalidArgumentError", message);
}

/**
 * @template T
 * @param {T | PromiseLike<T>} value
 * @returns {value is PromiseLike<T>}
 */
const isThenable = (value) => typeof (/** @type {any} */ (value)?.then) === "function";

/**
 * Resolves in a later task of the host. By a message, because tests replace timers: with a fake
 * `setTimeout` it would wait until somebody moves the clock. jsdom and older Workers have no
 * `MessageChannel`; there the timer has to do.
 *
 * @returns {Promise<void>}
 */
function nextTask() {
  return new Promise((resolve) => {
    if (typeof MessageChannel !== "function") {
      setTimeout(resolve, 0);
      return;
    }
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close(); // an open port keeps a Node process alive
      resolve();
    };
    port2.postMessage(undefined);
  });
}
