// What the iterators of pages.js and bulk.js share: leaving one cancels what is under way for it.

import { Cancellation, forwardAbort } from "./abort.js";

/** The life of one iterator. */
export class Iteration {
  /** Fires when the loop is left, or when the caller's signal does: see `follow`. */
  cancellation = new Cancellation();
  /** Whether the caller has left the loop. */
  isLeft = false;
  #stopForwarding = () => {};

  /**
   * Cancels when the caller's signal fires, too.
   *
   * @param {import("./index.js").AbortSignalLike | null | undefined} signal
   * @param {(thrown: unknown) => Promise<Error>} toError makes the error for a signal that throws
   */
  async follow(signal, toError) {
    try {
      this.#stopForwarding = forwardAbort(signal, this.cancellation);
    } catch (thrown) {
      throw await toError(thrown);
    }
  }

  leave() {
    this.isLeft = true;
    this.cancellation.abort();
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
 * @param {(iteration: Iteration) => AsyncGenerator<T, void, void>} steps
 * @param {(iteration: Iteration) => Promise<void>} close is called once, at the end
 * @returns {AsyncGenerator<T, void, void>}
 */
export function cancellable(steps, close = async () => {}) {
  const iteration = new Iteration();
  let isStarted = false;

  async function* run() {
    isStarted = true;
    try {
      if (!iteration.isLeft) yield* steps(iteration);
    } catch (error) {
      if (!iteration.isLeft) throw error;
    } finally {
      iteration.release();
      await close(iteration);
    }
  }

  const generator = run();
  const end = generator.return.bind(generator);
  generator.return = (value) => {
    iteration.leave();
    if (!isStarted) generator.next();
    return end(value);
  };
  generator.throw = async (error) => {
    await generator.return();
    throw error;
  };
  return generator;
}
