// Sources of ids that behave as a scenario says, and tell an observation what is done to them.

/** What a source throws, to be recognised as a cause. */
export const sourceError = new Error("the source is broken");

/**
 * Something to iterate.
 * @param plan what the scenario says of the source
 * @param world the time, the random numbers, the observation and what to call in the middle of a step
 */
export function createSource(plan, world) {
  const iterator = new ScriptedIterator(plan, world);
  const open = () => {
    world.observation.opened += 1;
    if (plan.throwsAtOpen) {
      world.observation.sourceThrew();
      throw sourceError;
    }
    if (plan.kind === "live") iterator.emit();
    return iterator;
  };
  const isAsync = plan.kind === "async" || plan.kind === "live";
  return { [isAsync ? Symbol.asyncIterator : Symbol.iterator]: open };
}

class ScriptedIterator {
  #plan;
  #world;
  #position = 0;
  #emitted = 0;
  #waiting;

  constructor(plan, world) {
    this.#plan = plan;
    this.#world = world;
    if (plan.returns === "absent") Object.assign(this, { return: undefined });
  }

  next() {
    const { observation, onPull } = this.#world;
    observation.pull();
    onPull(this.#position);
    return this.#isAsync ? this.#nextLater() : observation.pulled(this.#step());
  }

  return() {
    const { observation, time } = this.#world;
    observation.sourceReturned();
    this.#waiting?.({ done: true });
    if (this.#plan.returns === "throws") throw sourceError;
    if (this.#plan.returns === "rejects") return Promise.reject(sourceError);
    if (this.#plan.returns === "late") return time.sleep(5);
    return this.#plan.returns === "soon" ? Promise.resolve({ done: true }) : undefined;
  }

  /** A live source emits at its own pace, whether anybody asks or not. */
  emit() {
    const { time, random } = this.#world;
    if (this.#emitted > this.#plan.ids.length) return;
    time.after(random.integer(0, this.#plan.delayMost), () => {
      this.#emitted += 1;
      this.#waiting?.();
      this.emit();
    });
  }

  get #isAsync() {
    return this.#plan.kind === "async" || this.#plan.kind === "live";
  }

  async #nextLater() {
    const { observation, time, random } = this.#world;
    if (this.#position === this.#plan.stuckAfter) return new Promise(() => {});
    if (this.#plan.kind === "live") await this.#emission();
    else if (this.#plan.delayMost > 0) await time.sleep(random.integer(0, this.#plan.delayMost));
    return observation.pulled(this.#step());
  }

  async #emission() {
    if (this.#emitted > this.#position || this.#plan.isEndless) return;
    await new Promise((resolve) => (this.#waiting = resolve));
    this.#waiting = undefined;
  }

  #step() {
    const { ids, throwsAfter, isEndless } = this.#plan;
    if (this.#position === throwsAfter) {
      this.#world.observation.sourceThrew();
      throw sourceError;
    }
    this.#position += 1;
    if (isEndless) return { done: false, value: "again" };
    if (this.#position > ids.length) return { done: true, value: undefined };
    return { done: false, value: ids[this.#position - 1] };
  }
}
