// The signal of a call, which follows the caller's.

import assert from "node:assert/strict";
import { getEventListeners } from "node:events";
import { test } from "node:test";
import { Cancellation } from "../../pkg-template/abort.js";

test("the first reason stays, and each listener is called once", (t) => {
  const cancellation = new Cancellation();
  const listener = t.mock.fn();
  cancellation.addListener(listener);
  cancellation.abort("first");
  cancellation.abort("second");
  assert.equal(cancellation.reason, "first");
  assert.equal(listener.mock.callCount(), 1);
});

test("a removed listener is not called", (t) => {
  const cancellation = new Cancellation();
  const listener = t.mock.fn();
  cancellation.addListener(listener);
  cancellation.removeListener(listener);
  cancellation.abort();
  assert.equal(listener.mock.callCount(), 0);
});

test("a signal that has fired already is followed at once, without a listener on it", () => {
  const signal = AbortSignal.abort("before");
  const cancellation = new Cancellation();
  cancellation.follow(signal);
  assert.deepEqual([cancellation.aborted, cancellation.reason], [true, "before"]);
  assert.equal(getEventListeners(signal, "abort").length, 0);
});
