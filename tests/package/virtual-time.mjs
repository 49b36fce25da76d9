// Randomness and time that a test can repeat: both follow from one number.

/** Random numbers from a seed (mulberry32, as published by Tommy Ettinger in 2017). */
export class Random {
  #state;

  constructor(seed) {
    this.#state = seed >>> 0;
  }

  /** At least 0, below 1. */
  next() {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /** An integer from `least` to `most`. */
  integer(least, most) {
    return least + Math.floor(this.next() * (most - least + 1));
  }

  chance(probability) {
    return this.next() < probability;
  }

  pick(choices) {
    return choices[this.integer(0, choices.length - 1)];
  }
}

/** A clock whose turns last as long as it takes until nothing more can happen in them. */
export class VirtualTime {
  #events = [];
  #random;
  turn = 0;

  constructor(random) {
    this.#random = random;
  }

  /** Calls `act` so many turns from now. Events of one turn come in random order. */
  after(turns, act) {
    this.#events.push({ turn: this.turn + turns, order: this.#random.next(), act });
  }

  sleep(turns) {
    return new Promise((resolve) => this.after(turns, resolve));
  }

  /** Runs until no event is left, or for `limit` events; `observe` is called whenever all is still. */
  async run(observe, limit = 2_000) {
    for (let count = 0; count < limit; count += 1) {
      await microtasks();
      observe();
      const event = this.#takeEarliest();
      if (event === undefined) return;
      this.turn = event.turn;
      event.act();
    }
    throw new Error(`There is no end after ${limit} events.`);
  }

  #takeEarliest() {
    this.#events.sort((a, b) => a.turn - b.turn || a.order - b.order);
    return this.#events.shift();
  }
}

/** Until no promise is left that could go on. It takes no time that a clock would show. */
const microtasks = () => new Promise(setImmediate);
