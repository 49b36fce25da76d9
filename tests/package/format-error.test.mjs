// How failed calls are put into words.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { packageIn, project } from "./installed.mjs";

let folder;
let words;

before(async () => {
  folder = await project("format-error");
  words = await import(pathToFileURL(join(packageIn(folder), "format-error.js")).href);
});

const error = (properties) => ({
  name: "ConflictException",
  message: "Busy.",
  attempts: 1,
  retryable: false,
  outcomeUnknown: false,
  ...properties,
});

test("an error is its name, its message and how long to wait", () => {
  assert.equal(words.formatError(error()), "ConflictException: Busy.");
  assert.equal(
    words.formatError(error({ retryAfterMs: 1_001 })),
    "ConflictException: Busy. Try again in 2 s.",
  );
});

test("a network error shows the code of the system, however deep it is", () => {
  const network = (cause) => words.formatError(error({ name: "NetworkError", cause }));
  const reset = new Error("reset", { cause: { code: "ECONNRESET" } });
  assert.match(network(new TypeError("fetch failed", { cause: reset })), /\(ECONNRESET\)\.$/);
  assert.match(network({ name: "Error", message: "", code: "ENOTFOUND" }), /\(ENOTFOUND\)\.$/);
  assert.equal(network({ code: "X" }), "NetworkError: Busy (X).");
  const message = "No connection: 1.5 s. See there.";
  assert.equal(
    words.formatError(error({ name: "NetworkError", message, cause: { code: "X" } })),
    "NetworkError: No connection: 1.5 s (X). See there.",
  );
  for (const cause of [undefined, null, "text", { code: 5 }, { code: "a b" }, new Error("no code")])
    assert.equal(network(cause), "NetworkError: Busy.");
});

test("a chain of causes that is a ring comes to an end", () => {
  const cause = {};
  cause.cause = cause;
  assert.equal(words.formatError(error({ name: "NetworkError", cause })), "NetworkError: Busy.");
});

test("every known name but the two of an odd status has a title of its own", async () => {
  const types = await readFile(join(packageIn(folder), "index.d.ts"), "utf8");
  const names = [...types.matchAll(/^ {2}\| "(\w+)"/gm)].map(([, name]) => name);
  const untitled = names.filter((name) => words.explainError(error({ name })).title === name);
  assert.equal(names.length, 15);
  assert.deepEqual(untitled, ["InternalServerException", "UnknownServiceError"]);
});

test("a name that nobody knows has advice too", () => {
  const advice = (properties) => words.explainError(error({ name: "toString", ...properties }));
  assert.deepEqual(advice(), { title: "toString", advice: "See the message." });
  assert.equal(advice({ retryable: true }).advice, "Retry later.");
});

test("how long to wait is said in place of other advice", () => {
  const throttled = error({ name: "ThrottlingException", retryAfterMs: 119_500 });
  assert.deepEqual(words.explainError(throttled), {
    title: "Too many requests",
    advice: "Wait 2 minutes, then retry.",
  });
});

test("an unknown outcome is what matters, whatever the name", () => {
  assert.equal(words.explainError(error({ outcomeUnknown: true })).title, "Outcome unknown");
});

test("a delay is never stated too short", () => {
  assert.deepEqual([1, 1_001, 119_000, 119_001, 120_001].map(words.formatDelay), [
    "1 second",
    "2 seconds",
    "119 seconds",
    "2 minutes",
    "3 minutes",
  ]);
});
