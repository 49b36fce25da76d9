// The parts of the dashboard that need no browser: times, order, filter, results in words.

import assert from "node:assert/strict";
import { register } from "node:module";
import { test } from "node:test";
import { formatCount, formatDelay } from "../../pkg-template/format-error.js";
import { formatRelativeTime } from "../../www/components/relative-time.mjs";

register("./page-imports.mjs", import.meta.url);
const { expiryKind } = await import("../../www/components/expiry.mjs");
const { distinctNames } = await import("../../www/components/token-name.mjs");
const { countByKind, filterAndSort, mergeList, resolveUnknown } = await import(
  "../../www/rows.mjs"
);
const { describeError, describeOutcome, describeProgress, outcomeOf, summarize } = await import(
  "../../www/outcomes.mjs"
);

const NOW = new Date(2026, 10, 25, 12).getTime();
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** @type {import("../../www/rows.mjs").Filter} */
const NO_FILTER = { text: "", kind: "all", unfinished: new Set(), hidden: new Set() };
const expiring = (left) => ({ id: "1", name: "a", expiresTime: new Date(NOW + left) });

test("a relative time uses the largest unit of which there are at least two", () => {
  /** @type {[distanceMs: number, words: string][]} */
  const cases = [
    [30_000, "in less than a minute"],
    [-30_000, "less than a minute ago"],
    [90 * MINUTE, "in 2 hours"],
    [80 * MINUTE, "in 80 minutes"],
    [-11 * HOUR, "11 hours ago"],
    [3 * DAY - 1, "in 3 days"],
    [-31 * DAY, "31 days ago"],
    [-45 * DAY, "45 days ago"],
    [211 * DAY, "in 7 months"],
    [-800 * DAY, "2 years ago"],
  ];
  for (const [distance, words] of cases)
    assert.equal(formatRelativeTime(new Date(NOW + distance), NOW), words);
});

test("tomorrow and yesterday are days of the calendar, if they are not within hours", () => {
  /** @type {[hour: number, distanceHours: number, words: string][]} */
  const cases = [
    [12, 24, "tomorrow"],
    [12, -24, "yesterday"],
    [12, 13, "tomorrow"],
    [8, 14, "in 14 hours"],
    [23, 2, "in 2 hours"],
    [20, 30, "in 2 days"],
    [1, 30, "tomorrow"],
    [23, 26, "in 2 days"],
    [1, -50, "3 days ago"],
  ];
  for (const [hour, distanceHours, words] of cases) {
    const now = new Date(2026, 10, 25, hour).getTime();
    assert.equal(formatRelativeTime(new Date(now + distanceHours * HOUR), now), words);
  }
});

test("a delay is never rounded down", () => {
  assert.deepEqual([1, 1_001, 119_500, 121_000].map(formatDelay), [
    "1 second",
    "2 seconds",
    "2 minutes",
    "3 minutes",
  ]);
});

test("a count of one is singular, all others are plural", () => {
  assert.deepEqual(
    [0, 1, 2].map((number) => formatCount(number, "token")),
    ["0 tokens", "1 token", "2 tokens"],
  );
});

test("expiring means within 7 days, and a token has expired at the exact time", () => {
  const kind = (left) => expiryKind(expiring(left), NOW);
  assert.deepEqual([-1, 0, 1, 7 * DAY, 7 * DAY + 1].map(kind), [
    "expired",
    "expired",
    "expiring",
    "expiring",
    "active",
  ]);
  assert.equal(expiryKind({}, NOW), "active");
});

test("a token that expires soon is active, too, and a removed one is not counted", () => {
  const rows = [-DAY, DAY, 20 * DAY].map(expiring);
  const removed = { ...expiring(-DAY), outcome: { state: "deleted" } };
  assert.deepEqual(countByKind([...rows, removed], NOW), {
    all: 3,
    active: 2,
    expiring: 1,
    expired: 1,
    unfinished: 0,
  });
  const shown = filterAndSort(rows, {
    filter: { ...NO_FILTER, kind: "active" },
    order: { by: "expires", descending: false },
    now: NOW,
  });
  assert.deepEqual(shown, rows.slice(1));
});

test("tokens are told apart by more than their name only where they must be", () => {
  const names = distinctNames([
    { id: "0c9e4c52-3d7b", name: "laptop" },
    { id: "b07c8f7e-61d2", name: "laptop" },
    { id: "11111111-1", name: "\u200b" },
    { id: "11111111-2", name: " " },
    { id: "4d5a1f0c-8a35", name: "tmp" },
  ]);
  assert.deepEqual(
    [...names.values()],
    [
      "laptop, 0c9e4c52",
      "laptop, b07c8f7e",
      "(blank name), 11111111-1",
      "(blank name), 11111111-2",
      "tmp",
    ],
  );
});

test("ties are broken by name and id, in either direction", () => {
  const rows = [
    ["3", "a"],
    ["1", "b"],
    ["2", "a"],
  ].map(([id, name]) => ({ id, name }));
  const idsIn = (descending) =>
    filterAndSort(rows, {
      filter: NO_FILTER,
      order: { by: "expires", descending },
      now: NOW,
    }).map(({ id }) => id);
  assert.deepEqual(idsIn(false), ["2", "3", "1"]);
  assert.deepEqual(idsIn(true), ["2", "3", "1"]);
});

test("numbers in names are sorted as numbers", () => {
  const rows = ["host 10", "host 9", "Host 1"].map((name) => ({ id: name, name }));
  const shown = filterAndSort(rows, {
    filter: { ...NO_FILTER, text: " HOST " },
    order: { by: "name", descending: false },
    now: NOW,
  });
  assert.deepEqual(
    shown.map(({ name }) => name),
    ["Host 1", "host 9", "host 10"],
  );
});

// What fits on one line of the table, with the link to the details after it.
const MAX_ADVICE_LENGTH = 30;

const ERROR = { name: "X", message: "m", attempts: 1, retryable: false, outcomeUnknown: false };
const failure = (/** @type {object} */ properties) =>
  outcomeOf(/** @type {any} */ ({ status: "failed", error: { ...ERROR, ...properties } }));

const deletion = (/** @type {{ alreadyDeleted: boolean }} */ output) =>
  outcomeOf({ id: "1", status: "deleted", attempts: 1, ...output });

test("each result has one outcome", () => {
  /** @type {[outcome: import("../../www/rows.mjs").Outcome, state: string][]} */
  const cases = [
    [deletion({ alreadyDeleted: false }), "deleted"],
    [deletion({ alreadyDeleted: true }), "gone"],
    [failure({ name: "ResourceNotFoundException" }), "gone"],
    [failure({ name: "NetworkError", outcomeUnknown: true }), "unknown"],
    [failure({ name: "AbortError", outcomeUnknown: true }), "unknown"],
    [failure({ name: "AbortError", attempts: 0 }), "notTried"],
    // It was throttled, and cancelled while it waited.
    [failure({ name: "AbortError", attempts: 1 }), "failed"],
    [failure({ name: "ThrottlingException" }), "failed"],
  ];
  for (const [{ state }, expected] of cases) assert.equal(state, expected);
});

test("every error name of index.d.ts has a label and short advice", () => {
  const names = [
    "ValidationException",
    "UnauthorizedException",
    "ServiceQuotaExceededException",
    "AccessDeniedException",
    "ConflictException",
    "ThrottlingException",
    "InternalServerException",
    "UnknownServiceError",
    "InvalidArgumentError",
    "NetworkError",
    "TimeoutError",
    "UnexpectedResponseError",
    "InitializationError",
  ];
  for (const name of names) {
    const { label, advice } = describeOutcome(failure({ name }));
    assert.match(label, /^Failed: \S/, name);
    assert.match(advice, /\.$/, name);
    assert.ok(advice.length <= MAX_ADVICE_LENGTH, name);
    assert.match(describeError({ ...ERROR, name }).advice, /\.$/, name);
  }
});

test("an unknown error name is shown as it is", () => {
  assert.equal(
    describeOutcome(failure({ name: "TeapotException" })).label,
    "Failed: TeapotException",
  );
  assert.equal(
    describeOutcome(failure({ name: "TeapotException", retryable: true })).advice,
    "Retry later.",
  );
});

/** @param {import("../../www/rows.mjs").OutcomeState[]} states */
const inStates = (...states) =>
  states.map((state, index) => ({ id: String(index), name: "a", outcome: { state } }));

test("a run is summarized by the number of rows of each outcome", () => {
  const rows = inStates("deleted", "failed", "deleted", "notTried", "unknown", "gone");
  assert.equal(summarize(rows), "2 deleted, 1 already gone, 1 failed, 1 unknown, 1 not tried");
});

test("progress counts finished rows, and names problems", () => {
  assert.deepEqual(describeProgress(inStates("waiting", "deleting", "deleted")), {
    done: 1,
    text: "1 of 3 tokens done",
  });
  assert.equal(
    describeProgress(inStates("failed", "unknown")).text,
    "2 of 2 tokens done, 1 failed, 1 unknown",
  );
});

test("a new list drops what is gone, and keeps the outcomes of the rest", () => {
  const rows = inStates("deleted", "failed", "unknown", "notTried");
  const listed = rows.slice(1).map(({ id, name }) => ({ id, name }));
  const states = mergeList(rows, [...listed, { id: "new", name: "b" }]).map(
    ({ outcome }) => outcome?.state,
  );
  assert.deepEqual(states, ["failed", "stillListed", undefined, undefined]);
});

test("a check resolves unknown outcomes, and nothing else", () => {
  const rows = inStates("unknown", "unknown", "failed", "deleted");
  const states = resolveUnknown(rows, [{ id: "1", name: "a" }]).map(
    ({ outcome }) => outcome?.state,
  );
  assert.deepEqual(states, ["gone", "stillListed", "failed", "deleted"]);
});
