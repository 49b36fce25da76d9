// What happens in one schedule, and what must never happen in it.

/** More ids than this in one turn leave no time to anybody else. */
const MAX_IDS_A_TURN = 2_000;

export class Observation {
  violations = [];
  begun = new Map(); // id -> "under way" | "ended"
  cancelled = new Set();
  endedOrder = [];
  delivered = [];
  taken = new Set();
  steps = 0; // asked for, and not given yet
  opened = 0;
  returned = 0;
  listeners = 0;
  underWay = 0;
  isRunning = false; // the arguments have been accepted
  isRefusedFirst = false; // whether they were refused before anything stopped the work
  isPulling = false;
  isResting = false;
  sourceEnd; // "done" | "threw"
  sourceEndFirst = false; // whether the source ended before anything stopped the work
  end; // "left" | "aborted"
  outcome; // that of the first step that gave no result
  hasSettled = false;
  leaving = 0; // calls of return() and throw() that have not settled
  idsThisTurn = 0;

  constructor(concurrency) {
    this.concurrency = concurrency;
  }

  expect(isSo, rule) {
    if (!isSo) this.violations.push(rule);
  }

  pull() {
    this.expect(this.end === undefined, "no id is asked for after the end");
    this.expect(this.sourceEnd === undefined, "no id is asked for once the source has ended");
    this.expect(!this.isPulling, "one id is asked for at a time");
    this.isPulling = true;
    this.idsThisTurn += 1;
    if (this.idsThisTurn > MAX_IDS_A_TURN) throw new Error("Timers and signals get no turn.");
  }

  pulled(step) {
    this.isPulling = false;
    if (step.done) this.sourceEnds("done");
    else if (this.end === undefined) {
      this.taken.add(step.value);
      const ahead = this.taken.size - this.delivered.length;
      // A step that has been asked for takes a result as soon as there is one.
      const room = this.concurrency + this.steps;
      this.expect(ahead <= room, "ids are taken only when there is room");
    }
    return step;
  }

  sourceThrew() {
    this.isPulling = false;
    this.sourceEnds("threw");
  }

  sourceEnds(how) {
    this.sourceEnd = how;
    this.sourceEndFirst = this.end === undefined;
  }

  sourceReturned() {
    this.returned += 1;
    // One that ends in the step in which it is let go of may be told either way.
    const hadEnded = this.sourceEnd !== undefined && this.sourceEndFirst;
    this.expect(!hadEnded, "a source that has ended is not let go of");
  }

  refuse() {
    this.isRefusedFirst = this.end === undefined;
  }

  begin(id, signal) {
    this.expect(this.end === undefined && !signal.aborted, "nothing begins after the end");
    this.expect(!this.begun.has(id), "each id begins once");
    this.expect(this.taken.has(id), "what begins comes from the source");
    this.begun.set(id, "under way");
    this.underWay += 1;
    this.expect(this.underWay <= this.concurrency, "at most `concurrency` are under way");
  }

  deletionEnds(id) {
    this.begun.set(id, "ended");
    this.endedOrder.push(id);
    this.underWay -= 1;
  }

  deliver(result) {
    this.steps -= 1;
    this.delivered.push(result.id);
    this.expect(this.begun.get(result.id) === "ended", "a result comes after its deletion");
  }

  settle(outcome) {
    this.outcome ??= outcome;
  }

  stop(how) {
    if (this.outcome !== undefined) return;
    if (this.end !== "left") this.end = how;
  }

  checkTurn() {
    this.idsThisTurn = 0;
    this.expect(this.listeners <= 1, "at most one listener of ours is on the caller's signal");
    this.#checkUtilization();
  }

  #checkUtilization() {
    const isReady =
      this.isRunning && !this.isPulling && !this.isResting && this.sourceEnd === undefined;
    if (!isReady || this.end !== undefined) return;
    const open = this.begun.size - this.delivered.length;
    this.expect(open === this.concurrency, "whatever can begin has begun");
  }

  /** When nothing can happen any more. */
  checkEnd(scenario) {
    this.expect(this.hasSettled && this.leaving === 0, "the iterator always settles");
    this.expect(this.listeners === 0, "no listener of ours is left");
    this.expect(this.underWay === 0, "what is under way ends or is cancelled");
    this.#checkResults();
    this.#checkSource(scenario);
    this.#checkOutcome(scenario);
  }

  #checkResults() {
    const inOrder = this.delivered.every((id, index) => Object.is(id, this.endedOrder[index]));
    this.expect(inOrder, "results come in the order in which deletions end, and none twice");
    const missing = [...this.begun.keys()].filter((id) => !this.delivered.includes(id));
    if (this.end !== "left") this.expect(missing.length === 0, "every result is given");
  }

  #checkSource({ source, isRefused }) {
    this.expect(this.opened === 1, "the source is opened once, in the call");
    const mustReturn =
      !source.throwsAtOpen && source.returns !== "absent" && !this.sourceEndFirst ? 1 : 0;
    if (this.sourceEnd === undefined || this.sourceEndFirst)
      this.expect(this.returned === mustReturn, "a source is let go of once, unless it has ended");
    if (isRefused) this.expect(this.taken.size === 0, "nothing is taken if an argument is refused");
  }

  #checkOutcome(scenario) {
    // Whoever leaves while a refused call lets go of its source may be told of the refusal.
    const isRefusal = this.isRefusedFirst && this.outcome === "refused";
    this.expect(
      isRefusal || this.outcome === this.#expectedOutcome(scenario),
      "it ends as it should",
    );
    if (this.outcome === "done" && this.end === undefined)
      this.expect(this.begun.size === this.taken.size, "every id is deleted");
  }

  #expectedOutcome({ source, isRefused }) {
    if (this.end === "left") return "done";
    if (isRefused) return "refused";
    if (source.throwsAtOpen) return "ids threw";
    if (this.sourceEnd === "threw" && this.sourceEndFirst) return "ids threw";
    return this.end === "aborted" ? "aborted" : "done";
  }
}
