// Replaces parts of the host for one test, and records how they are used.

import { fail } from "./assert.js";
import { addListener, cancel, defer, removeListener } from "./host.js";

/** @import { Responder, SentRequest } from "./responders.js" */

/** Replaces properties until `restore` is called. */
export function createStubs() {
  /** @type {(() => void)[]} */
  const undo = [];

  const stubProperty = (
    /** @type {any} */ object,
    /** @type {PropertyKey} */ key,
    /** @type {PropertyDescriptor} */ descriptor,
  ) => {
    const before = Object.getOwnPropertyDescriptor(object, key);
    undo.push(() => {
      if (before) Object.defineProperty(object, key, before);
      else delete object[key];
    });
    const enumerable = before?.enumerable ?? true;
    Object.defineProperty(object, key, { ...descriptor, configurable: true, enumerable });
  };
  const stub = (
    /** @type {object} */ object,
    /** @type {PropertyKey} */ key,
    /** @type {unknown} */ value,
  ) => stubProperty(object, key, { value, writable: true });
  const restore = () => {
    for (const step of undo.splice(0).reverse()) step();
  };
  return { stub, stubProperty, restore };
}

/** @typedef {ReturnType<typeof createStubs>["stub"]} Stub */

/** @param {Stub} stub */
export function recordTimers(stub) {
  /** @type {number[]} */
  const delays = [];
  const active = new Set();
  stub(globalThis, "setTimeout", (/** @type {() => void} */ callback, /** @type {number} */ ms) => {
    delays.push(ms);
    const timer = defer(() => {
      active.delete(timer);
      callback();
    }, ms);
    active.add(timer);
    return timer;
  });
  stub(globalThis, "clearTimeout", (/** @type {unknown} */ timer) => {
    active.delete(timer);
    cancel(timer);
  });
  return { delays, active };
}

/**
 * Records the abort listeners that are added from now on.
 * @param {Stub} stub
 */
export function recordListeners(stub) {
  /** @type {Map<EventTarget, Set<unknown>>} */
  const active = new Map();
  const count = () => [...active.values()].reduce((sum, { size }) => sum + size, 0);
  const listeners = { active, count, peak: 0 };

  /** @this {EventTarget} */
  function add(/** @type {[string, any]} */ ...args) {
    const [type, listener] = args;
    if (type === "abort") active.set(this, (active.get(this) ?? new Set()).add(listener));
    listeners.peak = Math.max(listeners.peak, count());
    return addListener.apply(this, args);
  }
  /** @this {EventTarget} */
  function remove(/** @type {[string, any]} */ ...args) {
    active.get(this)?.delete(args[1]);
    return removeListener.apply(this, args);
  }
  stub(EventTarget.prototype, "addEventListener", add);
  stub(EventTarget.prototype, "removeEventListener", remove);
  return listeners;
}

/**
 * Replaces `fetch`. Each request gets the next responder, and the last one is used again.
 * @param {Stub} stub
 */
export function createFetchMock(stub) {
  /** @type {SentRequest[]} */
  const requests = [];
  /** @type {Responder[]} */
  let responders = [() => fail("no request was expected")];
  /** @this {unknown} */
  function fetch(/** @type {any} */ url, /** @type {any} */ init, /** @type {any[]} */ ...more) {
    const request = { url, init, more, self: this, signal: init.signal };
    requests.push(request);
    return responders[Math.min(requests.length, responders.length) - 1](request);
  }
  stub(globalThis, "fetch", fetch);
  const mockFetch = (/** @type {Responder[]} */ ...given) => {
    responders = given;
  };
  return { requests, mockFetch };
}
