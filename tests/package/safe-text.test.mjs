// Text from elsewhere, made safe to print.

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  escapeInput,
  escapeUnsafe,
  hideTokens,
  isBearerToken,
} from "../../pkg-template/safe-text.js";

test("what steers a terminal or can't be seen is shown by its code", () => {
  assert.equal(escapeUnsafe("a\u001b[31mb\r\nc"), "a\\u{1b}[31mb\\u{d}\\u{a}c");
  assert.equal(
    escapeUnsafe("\u202etxt\u200b\u2028\ud800"),
    "\\u{202e}txt\\u{200b}\\u{2028}\\u{d800}",
  );
  assert.equal(escapeUnsafe("\u{e0041}"), "\\u{e0041}");
});

test("text of any script stays as it is, with its joiners", () => {
  for (const text of ["Größe", "日本語", "👩\u200d💻", "می\u200cخواهم", "a b"])
    assert.equal(escapeUnsafe(text), text);
});

test("what is no text is shown as one", () => {
  assert.deepEqual([undefined, null, 5].map(escapeUnsafe), ["undefined", "null", "5"]);
});

test("what is as long as a bearer token is replaced by its length", () => {
  const long = "x".repeat(101);
  assert.equal(hideTokens(`a ${long} b ${long}`), `a ${HIDDEN} b ${HIDDEN}`);
  assert.equal(hideTokens("x".repeat(100)), "x".repeat(100));
  assert.equal(escapeInput(`\t${long}`), `\\u{9}${HIDDEN}`);
});

const HIDDEN = "(101 characters, perhaps a bearer token)";

test("a bearer token is visible ASCII", () => {
  for (const text of ["!", "~", "aoa:MEUC=="]) assert.equal(isBearerToken(text), true);
  for (const value of ["", "a b", "a\n", "\u007f", "é", undefined, 5])
    assert.equal(isBearerToken(value), false);
});
