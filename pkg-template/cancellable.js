// What the iterators of pages.js and bulk.js share: leaving one cancels what is under way for it.

import { forwardAbort } from "./abort.js";

/** The requests of one iterator, which end together. */
export class Cancellation {
  #controller = new AbortController();
  #stopForwarding = () => {};

  /** Whether the caller has left the loop. */
  isLeft = false;

  /** For the requests. It also fires when the loop is left. */
  get signal() {
    return this.#controller.signal;
  }

  /**
   * Cancels when the caller's signal fires, too.
   *
   * @param {import("./index.js").AbortSignalLike | null | undefined} signal
   * @param {(thrown: unknown) => Promise<Error>} toError makes the error for a signal that throws
   */
  async follow(signal, toError) {
    try {
      this.#stopForwarding = forwardAbort(signal, this.#controller);
    } catch (thrown) {
      throw await toError(thrown);
    }
  }

  leave() {
    this.isLeft = true;
    this.#controller.abort();
  }

  /** Takes our listener off the caller's signal. */
  release() {
    this.#stopForwarding();
  }
}

/**
 * Makes an iterator of `steps` that can be left in the middle of a step. `return()` and `throw()` of
 * a plain async generator wait for the step under way, and skip `finally` before the first step.
 *
 * @template T
 * @param {(cancellation: Cancellation) => AsyncGenerator<T, void, void>} steps
 * @param {(cancellation: Cancellation) => Promise<void>} close is called once, at the end
 * @returns {AsyncGenerator<T, void, void>}
 */
export function cancellable(steps, close = async () => {}) {
  const cancellation = new Cancellation();
  let isStarted = false;

  async function* run() {
    isStarted = true;
    try {
      if (!cancellation.isLeft) yield* steps(cancellation);
    } catch (error) {
      if (!cancellation.isLeft) throw error;
    } finally {
      cancellation.release();
      await close(cancellation);
    }
  }

  const generator = run();
  const end = generator.return.bind(generator);
  generator.return = (value) => {
    cancellation.leave();
    if (!isStarted) generator.next();
    return end(value);
  };
  generator.throw = async (error) => {
    await generator.return();
    throw error;
  };
  return generator;
}
