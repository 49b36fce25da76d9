// Fake timers as test frameworks install them: everything that has to do with time is replaced.

import { sleep } from "./host.js";

/** @typedef {{ dueMs: number, callback: () => void }} Timer */

/**
 * Time stands still until `tick` is called.
 * @param {import("./stubs.js").Stub} stub
 */
export function installFakeClock(stub, startMs = Date.UTC(2027, 0, 1)) {
  let nowMs = startMs;
  // Beyond the ids of the host, so that its `clearTimeout` takes none of them for its own.
  let lastId = 1e12;
  /** @type {Map<number, Timer>} */
  const timers = new Map();
  /** @type {(() => void)[]} */
  const microtasks = [];

  const setTimer = (/** @type {() => void} */ callback, delayMs = 0) => {
    timers.set(++lastId, { dueMs: nowMs + delayMs, callback });
    return lastId;
  };
  const clearTimer = (/** @type {number} */ id) => timers.delete(id);
  for (const name of ["setTimeout", "setInterval", "setImmediate", "requestAnimationFrame"]) {
    stub(globalThis, name, setTimer);
  }
  for (const name of ["clearTimeout", "clearInterval", "clearImmediate", "cancelAnimationFrame"]) {
    stub(globalThis, name, clearTimer);
  }
  stub(globalThis, "queueMicrotask", (/** @type {() => void} */ callback) => {
    microtasks.push(callback);
  });
  stub(performance, "now", () => nowMs - startMs);
  const RealDate = Date;
  class FakeDate extends RealDate {
    /** @param {[any?]} args */
    constructor(...args) {
      super(args[0] ?? nowMs);
    }
    static now = () => nowMs;
  }
  stub(globalThis, "Date", FakeDate);

  /** Runs the microtasks, and fires the timers that are due within the given time. */
  const tick = async (/** @type {number} */ ms) => {
    nowMs += ms;
    for (const microtask of microtasks.splice(0)) microtask();
    for (const [id, { dueMs, callback }] of timers) {
      if (dueMs <= nowMs && timers.delete(id)) callback();
    }
    await sleep();
  };
  return { tick, timers, now: () => nowMs };
}
