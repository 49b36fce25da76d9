// What text from elsewhere looks like on the command line, the dashboard and in the extension.

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  escapeInput,
  escapeName,
  escapeUnsafe,
  hideTokens,
  isBearerToken,
  splitName,
} from "../../pkg-template/safe-text.js";

/** @type {Record<string, [text: string, shown: string]>} */
const ESCAPED = {
  "a control character": ["a\u001bb", "a\\u{1b}b"],
  "a direction override": ["a\u202efdp", "a\\u{202e}fdp"],
  "an isolate": ["a\u2066b\u2069", "a\\u{2066}b\\u{2069}"],
  "a space of no width": ["a\u200bb", "a\\u{200b}b"],
  "a soft hyphen": ["a\u00adb", "a\\u{ad}b"],
  "a filler": ["a\u3164b\u115f", "a\\u{3164}b\\u{115f}"],
  "a variation selector": ["a\ufe0eb\u{e0100}", "a\\u{fe0e}b\\u{e0100}"],
  "a space that doesn't break": ["a\u00a0b", "a\\u{a0}b"],
  "a wide space": ["a\u3000b", "a\\u{3000}b"],
  "an empty Braille pattern": ["a\u2800b", "a\\u{2800}b"],
  "half of a pair": ["a\ud800b", "a\\u{d800}b"],
  "a joiner between letters that don't join": ["tm\u200dp\u200c", "tm\\u{200d}p\\u{200c}"],
  "a second joiner": ["\u0628\u200d\u200d", "\u0628\u200d\\u{200d}"],
  "an emoji's selector after a letter": ["a\ufe0f1\ufe0f", "a\\u{fe0f}1\\u{fe0f}"],
  "a mark on nothing": ["\u0301a \u0301", "\\u{301}a \\u{301}"],
  "a pile of marks": [`a${"\u0301".repeat(6)}`, `a${"\u0301".repeat(4)}\\u{301}\\u{301}`],
  "strokes through letters": ["a\u0336b\u0335", "a\\u{336}b\\u{335}"],
};

for (const [what, [text, shown]] of Object.entries(ESCAPED)) {
  test(`${what} is shown by its code`, () => {
    assert.equal(escapeUnsafe(text), shown);
    assert.equal(escapeName(text), shown);
  });
}

const KEPT = {
  "plain text": 'Build & test "nightly" (é, ß, 日本)',
  "combined accents": "Vie\u0302\u0323t",
  "a family of emoji": "👩‍👩‍👧 👍🏽 ❤️‍🔥",
  "a keycap": "1\ufe0f\u20e3",
  "Persian with a non-joiner": "می\u200cخواهم",
  "Hindi with a joiner": "क्\u200dष",
  "Hebrew with points": "שָׁלוֹם",
};

for (const [what, text] of Object.entries(KEPT)) {
  test(`${what} is left as it is`, () => {
    assert.equal(escapeUnsafe(text), text);
    assert.equal(escapeName(text), text);
  });
}

test("spaces of a name that can't be counted by eye are shown, single ones are left", () => {
  assert.equal(escapeName(" a b  c "), "\\u{20}a b \\u{20}c\\u{20}");
});

test("a name of which nothing can be seen gets a label", () => {
  for (const name of [" ", "   ", "\u00a0", "\u200b\u3164", "\u2800", "\t"])
    assert.equal(escapeName(name), "(blank name)");
});

test("an escape can be told from the same characters in a name", () => {
  assert.deepEqual(splitName("a\\u{202e}\u202eb"), [
    { text: "a\\u{202e}", isEscape: false },
    { text: "\\u{202e}", isEscape: true },
    { text: "b", isEscape: false },
  ]);
});

test("what is no text is shown as one", () => {
  assert.deepEqual([undefined, null, 5].map(escapeUnsafe), ["undefined", "null", "5"]);
});

const HIDDEN = "(101 characters, perhaps a bearer token)";

test("what is as long as a bearer token is replaced by its length", () => {
  const long = "x".repeat(101);
  assert.equal(hideTokens(`a ${long} b ${long}`), `a ${HIDDEN} b ${HIDDEN}`);
  assert.equal(hideTokens("x".repeat(100)), "x".repeat(100));
  assert.equal(escapeInput(`\t${long}`), `\\u{9}${HIDDEN}`);
});

test("a bearer token is visible ASCII", () => {
  for (const text of ["!", "~", "aoa:MEUC=="]) assert.equal(isBearerToken(text), true);
  for (const value of ["", "a b", "a\n", "\u007f", "é", undefined, 5])
    assert.equal(isBearerToken(value), false);
});
