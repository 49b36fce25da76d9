// The ids to delete.

import { setTimeout as pause } from "node:timers/promises";
import { systemCode } from "../system-code.js";
import { CliError, EXIT } from "./cli-error.js";

/**
 * Yields the lines of a stream as they come, trimmed, without blank ones.
 *
 * @param {NodeJS.ReadStream} stream
 */
export async function* readLines(stream) {
  let rest = "";
  try {
    for await (const chunk of stream.setEncoding("utf8")) {
      const lines = (rest + chunk).split("\n");
      rest = lines.pop() ?? "";
      yield* lines.map((line) => line.trim()).filter(Boolean);
    }
  } catch (error) {
    throw new CliError(
      `Standard input can't be read (${systemCode(error) ?? "no code"}).`,
      EXIT.failed,
    );
  }
  if (rest.trim()) yield rest.trim();
}

/** Gives each id once, on demand, and tracks the ones without a result. */
export class IdQueue {
  /**
   * How many ids there are, once that is known.
   *
   * @type {number | undefined}
   */
  total;
  /**
   * The ids that were taken and have no result yet.
   *
   * @type {Set<string>}
   */
  pending = new Set();
  /** @type {Set<string>} */
  #known = new Set();
  #source;

  /**
   * @param {string[]} ids
   * @param {AsyncIterable<string>} [more]
   */
  constructor(ids, more) {
    this.#source = concat(ids, more ?? []);
    if (!more) this.total = new Set(ids).size;
  }

  // Not a generator: leaving the loop would close it, and the remaining ids couldn't be counted.
  [Symbol.asyncIterator]() {
    return { next: () => this.#next() };
  }

  /** @returns {Promise<IteratorResult<string, undefined>>} */
  async #next() {
    for (;;) {
      const { done, value } = await this.#source.next();
      if (done) {
        this.total = this.#known.size;
        return { done, value: undefined };
      }
      if (this.#known.has(value)) continue;
      this.#known.add(value);
      this.pending.add(value);
      return { done: false, value };
    }
  }

  /**
   * Moves the remaining ids to `pending`. Gives whether the end was reached within the limit: some
   * input never ends.
   *
   * @param {number} limitMs
   */
  async drain(limitMs) {
    const timer = new AbortController();
    let isLate = false;
    const late = pause(limitMs, undefined, { signal: timer.signal }).then(
      () => {
        isLate = true;
      },
      () => {},
    );
    const readRest = async () => {
      while (!isLate && !(await this.#next()).done);
    };
    // Input that can't be read any more has ended too.
    await Promise.race([readRest().catch(() => {}), late]);
    timer.abort();
    return this.total !== undefined;
  }
}

/**
 * @param {Iterable<string>} first
 * @param {AsyncIterable<string> | Iterable<string>} second
 * @returns {AsyncGenerator<string, undefined>}
 */
async function* concat(first, second) {
  yield* first;
  yield* second;
}
