// Why calls wait, in the words that the command line, the dashboard and the extension share.

import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";
import { describeWait, WaitTracker } from "../../pkg-template/describe-wait.js";

beforeEach(() => {
  mock.timers.reset();
  mock.timers.enable({ apis: ["Date"], now: Date.parse("2026-11-28T12:00:00Z") });
});

const THROTTLED = { name: "ThrottlingException", status: 429 };
const LOST = { name: "NetworkError", outcomeUnknown: true };

const retry = (tracker, error, delayMs, more = {}) =>
  tracker.onRetry({ id: "1", attempt: 1, delayMs, error, ...more });

const settle = (tracker, result) => tracker.settle({ id: "1", ...result });

const text = (tracker) => tracker.current && describeWait(tracker.current);

test("the time that is left counts down and is never rounded down", () => {
  const tracker = new WaitTracker();
  retry(tracker, THROTTLED, 12_000);
  assert.equal(text(tracker), "The service is throttling: 12 s left");
  mock.timers.tick(11_001);
  assert.equal(text(tracker), "The service is throttling: 1 s left");
});

test("once the wait is over, the text says which attempt is under way, until it ends", () => {
  const tracker = new WaitTracker(8);
  for (const [error, reason] of [
    [LOST, "a lost reply"],
    [THROTTLED, "throttling"],
  ]) {
    retry(tracker, error, 2_000, { attempt: 2 });
    mock.timers.tick(2_000);
    assert.equal(text(tracker), `Retrying after ${reason} (attempt 3 of 8)`);
    settle(tracker, { status: "deleted" });
    assert.equal(text(tracker), undefined);
  }
});

test("each reason for another attempt has words of its own", () => {
  /** @type {[error: object, words: string][]} */
  const cases = [
    [LOST, "a lost reply"],
    [{ name: "NetworkError", outcomeUnknown: false }, "a network error"],
    [{ name: "TimeoutError", outcomeUnknown: true }, "a timeout"],
    [{ name: "InternalServerException", status: 503 }, "a server error"],
    [{ name: "InternalServerException", status: 502 }, "a lost reply"],
    [{ name: "InternalServerException", status: 504 }, "a timeout"],
    [{ name: "RequestTimeout", status: 400 }, "a temporary error"],
  ];
  for (const [error, words] of cases) {
    const tracker = new WaitTracker();
    retry(tracker, error, 1_000);
    assert.equal(text(tracker), `Retrying after ${words} (attempt 2 of 3), 1 s left`);
  }
  for (const error of [
    { name: "RequestThrottled", status: 400 },
    { name: "X", status: 429 },
  ]) {
    const tracker = new WaitTracker();
    retry(tracker, error, 1_000);
    assert.equal(text(tracker), "The service is throttling: 1 s left");
  }
});

test("a wait of less than a second isn't told, unless its attempt takes longer", () => {
  const tracker = new WaitTracker();
  retry(tracker, LOST, 50);
  assert.equal(text(tracker), undefined);
  mock.timers.tick(999);
  assert.equal(text(tracker), undefined);
  mock.timers.tick(1);
  assert.equal(text(tracker), "Retrying after a lost reply (attempt 2 of 3)");
});

test("of many deletions the longest wait is told, but throttling first: it holds back all", () => {
  const tracker = new WaitTracker();
  retry(tracker, LOST, 3_000);
  retry(tracker, LOST, 9_000, { id: "2" });
  assert.match(text(tracker), /, 9 s left$/);
  retry(tracker, THROTTLED, 5_000, { id: "3" });
  retry(tracker, THROTTLED, 2_000, { id: "4" });
  assert.equal(text(tracker), "The service is throttling: 5 s left");
  mock.timers.tick(5_000);
  assert.match(text(tracker), /lost reply .*, 4 s left$/);
});

test("a deletion that throttling has ended still holds back the others", () => {
  const tracker = new WaitTracker();
  const failed = (retryAfterMs) => ({
    status: "failed",
    error: { ...THROTTLED, attempts: 3, retryAfterMs },
  });
  // Nobody waits for that long: the others fail, too.
  settle(tracker, failed(21_000));
  assert.equal(text(tracker), undefined);
  settle(tracker, failed(15_000));
  assert.equal(text(tracker), "The service is throttling: 15 s left");
});

test("a list, which has no id, waits until its next page", () => {
  const tracker = new WaitTracker();
  retry(tracker, THROTTLED, 4_000, { id: undefined });
  assert.equal(text(tracker), "The service is throttling: 4 s left");
  mock.timers.tick(4_000);
  tracker.settle();
  assert.equal(text(tracker), undefined);
});
