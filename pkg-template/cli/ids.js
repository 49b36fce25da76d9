// The ids that are to be deleted.

import { setTimeout as pause } from "node:timers/promises";
import { EXIT, Problem } from "./problem.js";

/** The lines of a stream, as they come. Blank ones are left out. */
export async function* linesOf(stream) {
  let rest = "";
  try {
    for await (const chunk of stream.setEncoding("utf8")) {
      const lines = (rest + chunk).split("\n");
      rest = lines.pop();
      yield* lines.map((line) => line.trim()).filter(Boolean);
    }
  } catch (error) {
    throw new Problem(`Standard input can't be read (${error.code}).`, EXIT.failed);
  }
  if (rest.trim()) yield rest.trim();
}

/** Gives ids one by one when they are asked for, each once, and knows of which of them no result has come yet. */
export class Ids {
  /** How many there are, once it is known. */
  total;
  /** Those given out that have no result. */
  open = new Set();
  #seen = new Set();
  #source;

  constructor(given, more) {
    this.#source = chained(given, more ?? []);
    if (!more) this.total = new Set(given).size;
  }

  // Not a generator: whoever stops asking would end it, and what is left could not be counted any more.
  [Symbol.asyncIterator]() {
    return { next: () => this.#next() };
  }

  async #next() {
    for (;;) {
      const { done, value } = await this.#source.next();
      if (done) {
        this.total = this.#seen.size;
        return { done, value: undefined };
      }
      if (this.#seen.has(value)) continue;
      this.#seen.add(value);
      this.open.add(value);
      return { done: false, value };
    }
  }

  /** Takes all that is left, so that it is in `open`. Gives whether the end was reached in time: some input never ends. */
  async drain(limitMs) {
    const gone = new AbortController();
    const late = pause(limitMs, true, { signal: gone.signal }).catch(() => true);
    let isLate = false;
    late.then(() => (isLate = true));
    const read = async () => {
      while (!isLate && !(await this.#next()).done);
    };
    // What can't be read any more has an end too.
    await Promise.race([read().catch(() => {}), late]);
    gone.abort();
    return this.total !== undefined;
  }
}

async function* chained(first, second) {
  yield* first;
  yield* second;
}
