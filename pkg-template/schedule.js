// Which deletion begins when. There is no I/O and no WebAssembly in here, so tests can drive it
// through thousands of random schedules.

/**
 * Up to `concurrency` deletions side by side. An id is taken from the source only when its deletion
 * can begin at once, so none is lost. Results that nobody has taken count as under way: they hold
 * the work back, and memory stays bounded. After `signal` has fired nothing more begins.
 *
 * @template Result
 */
export class Schedule {
  #source;
  #concurrency;
  #deleteOne;
  #underWay = 0;
  /** @type {Set<unknown>} */
  #seenIds = new Set();
  /** @type {Result[]} */
  #results = [];
  /** @type {((result: Result | undefined) => void) | undefined} */
  #give;

  /**
   * @param {object} plan
   * @param {import("./id-source.js").IdSource} plan.source
   * @param {number} plan.concurrency
   * @param {(id: unknown) => Promise<Result>} plan.deleteOne never rejects
   * @param {import("./abort.js").Cancellation} plan.signal
   */
  constructor({ source, concurrency, deleteOne, signal }) {
    this.#source = source;
    this.#concurrency = concurrency;
    this.#deleteOne = deleteOne;
    signal.addListener(() => this.#stop());
  }

  /**
   * The next result, in the order in which deletions end. Call it again only after it has resolved.
   * @returns {Promise<Result | undefined>} `undefined`: that was all
   */
  take() {
    return new Promise((resolve) => {
      this.#give = resolve;
      this.#advance();
    });
  }

  #stop() {
    this.#source.close();
    this.#advance();
  }

  /** A result that is taken makes room, so it goes out first. */
  #advance() {
    if (this.#results.length > 0) this.#giveOut(() => this.#results.shift());
    this.#fill();
    if (this.#source.isDone && this.#occupiedCount === 0) this.#giveOut(() => undefined);
  }

  /** @param {() => Result | undefined} choose */
  #giveOut(choose) {
    const give = this.#give;
    this.#give = undefined;
    if (give) give(choose());
  }

  #fill() {
    while (this.#occupiedCount < this.#concurrency && this.#source.isReady)
      this.#source.pull(this.#begin)?.then(() => this.#advance());
  }

  /** Deletions that count: those under way, and those whose result nobody has taken yet. */
  get #occupiedCount() {
    return this.#underWay + this.#results.length;
  }

  /** @param {unknown} id */
  #begin = async (id) => {
    if (this.#seenIds.has(id)) return;
    this.#seenIds.add(id);
    this.#underWay += 1;
    const result = await this.#deleteOne(id);
    this.#underWay -= 1;
    this.#results.push(result);
    this.#advance();
  };
}
