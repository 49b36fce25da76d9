// What the iterators of pages.js and bulk.js share: leaving one cancels what is under way for it.

import { Cancellation } from "./abort.js";

/** The life of one iterator. */
export class Iteration {
  /** Fires when the loop is left, or when the caller's signal does if it follows that. */
  cancellation = new Cancellation();
  /** Whether the caller has left the loop. */
  isLeft = false;

  leave() {
    this.isLeft = true;
    this.cancellation.abort();
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
      iteration.cancellation.release();
      await close(iteration);
    }
  }

  const generator = run();
  const end = generator.return.bind(generator);
  /** @type {typeof end} */
  const leave = (value) => {
    iteration.leave();
    if (!isStarted) generator.next();
    return end(value);
  };
  /** @type {typeof generator.throw} */
  const fail = async (error) => {
    await leave();
    throw error;
  };
  // Not by assignment, which a frozen prototype refuses.
  return Object.defineProperties(generator, { return: { value: leave }, throw: { value: fail } });
}
