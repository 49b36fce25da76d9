// The command line: how tokens are laid out for people.

import assert from "node:assert/strict";
import { createInterface } from "node:readline";
import { PassThrough } from "node:stream";
import { test } from "node:test";
import { displayWidth, wrapToWidth } from "../../pkg-template/cli/display-width.js";
import { formatTable } from "../../pkg-template/cli/table.js";

process.env.TZ = "Europe/Berlin";

const UUID = "4d5a1f0c-8a35-4c0e-9a57-2f6f4b1f7c01";
const FUTURE = new Date("2126-12-20T15:31:00Z");
const PAST = new Date("2020-06-20T15:31:00Z");
const LONG_NAME = "a name of the length that people give when they want to be sure";
const TOKENS = [
  { id: UUID, name: "laptop", expiresTime: FUTURE },
  { id: UUID, name: LONG_NAME, expiresTime: PAST },
  { id: UUID, name: "for ever" },
];

/** @type {import("../../pkg-template/cli/terminal.js").Paint} */
const plain = (_, text) => text;
const table = (columns, tokens = TOKENS) => formatTable(tokens, plain, columns);

test("where there is no terminal each token is one line, whatever its length", () => {
  assert.deepEqual(table(Infinity), [
    "ID                                    EXPIRES                          NAME",
    `${UUID}  2126-12-20 16:31 UTC+1           laptop`,
    `${UUID}  2020-06-20 17:31 UTC+2  expired  ${LONG_NAME}`,
    `${UUID}  never                            for ever`,
  ]);
});

test("in 120 columns long names wrap below themselves", () => {
  assert.deepEqual(table(120).slice(1), [
    `${UUID}  2126-12-20 16:31 UTC+1           laptop`,
    `${UUID}  2020-06-20 17:31 UTC+2  expired  a name of the length that people give when they`,
    `${" ".repeat(71)}want to be sure`,
    `${UUID}  never                            for ever`,
  ]);
});

test("in 80 columns there are two lines for each token", () => {
  assert.deepEqual(table(80), [
    "laptop",
    `  ${UUID}  expires 2126-12-20 16:31 UTC+1`,
    LONG_NAME,
    `  ${UUID}  expired 2020-06-20 17:31 UTC+2`,
    "for ever",
    `  ${UUID}  never expires`,
  ]);
});

test("in 40 columns no id and no date is broken", () => {
  assert.deepEqual(table(40), [
    "laptop",
    `  ${UUID}`,
    "  expires 2126-12-20 16:31 UTC+1",
    "a name of the length that people give",
    "when they want to be sure",
    `  ${UUID}`,
    "  expired 2020-06-20 17:31 UTC+2",
    "for ever",
    `  ${UUID}`,
    "  never expires",
  ]);
});

test("no line is wider than the terminal, from 38 columns on", () => {
  const names = [
    "日本語の名前".repeat(8),
    "👩‍👩‍👧".repeat(40),
    "e\u0301".repeat(100),
    LONG_NAME,
    "x".repeat(100),
  ];
  const tokens = names.map((name) => ({ id: UUID, name, expiresTime: FUTURE }));
  for (let columns = 38; columns < 240; columns += 1) {
    const lines = table(columns, tokens);
    assert.deepEqual(
      lines.filter((line) => displayWidth(line) > columns),
      [],
    );
    // Nothing is cut.
    const text = lines.join("").replaceAll(" ", "");
    for (const name of names) if (columns > 170) assert.ok(text.includes(name.replaceAll(" ", "")));
  }
});

test("wide characters in ids keep the columns in line", () => {
  const ids = ["日本", "ab", "e\u0301", "👍"];
  const lines = table(
    Infinity,
    ids.map((id) => ({ id, name: "name" })),
  );
  const starts = lines.slice(1).map((line) => displayWidth(line.slice(0, line.indexOf("never"))));
  assert.deepEqual(starts, [6, 6, 6, 6]);
});

test("ids and names from elsewhere can't steer the terminal", () => {
  const nasty = "\x1b[2J\u202e\n";
  for (const columns of [40, Infinity])
    for (const line of table(columns, [{ id: nasty, name: nasty }]))
      assert.doesNotMatch(line, /[\p{Cc}\u202e]/u);
});

// ------------------------------------------------------------------------- widths

/** @type {[text: string, width: number][]} */
const WIDTHS = [
  ["", 0],
  ["laptop", 6],
  ["Büro", 4],
  ["日本語", 6],
  ["ｆｕｌｌ", 8],
  ["ﾊﾝｶｸ", 4],
  ["한국어", 6],
  ["e\u0301", 1],
  ["👍", 2],
  ["👍🏽", 2],
  ["👩‍👩‍👧", 2],
  ["🇩🇪", 2],
  ["❤️", 2],
  ["©", 1],
];

for (const [text, width] of WIDTHS) {
  test(`${JSON.stringify(text)} takes ${width} columns`, () => {
    assert.equal(displayWidth(text), width);
  });
}

// Node knows Unicode's widths, but tells them only by the position of a cursor.
const output = Object.assign(new PassThrough().resume(), { columns: 1e6 });
const editor = createInterface({ input: new PassThrough(), output, terminal: true, prompt: "" });

function nodeWidth(char) {
  Object.assign(editor, { line: char, cursor: char.length });
  return editor.getCursorPos().cols;
}

// Vowels and finals of Hangul combine; Node counts each as a letter.
const isHangulPart = (code) => code >= 0x1160 && code < 0x1200;

test("letters and ideographs are as wide as Unicode says", () => {
  const wrong = [];
  // 37 is coprime to the lengths of the blocks.
  for (let code = 0xa0; code < 0x40000; code += 37) {
    const char = String.fromCodePoint(code);
    if (isHangulPart(code)) continue;
    if (/[\p{L}\p{N}\p{P}\p{S}]/u.test(char) && displayWidth(char) !== nodeWidth(char))
      wrong.push(code.toString(16));
  }
  assert.deepEqual(wrong, []);
  editor.close();
});

test("text breaks at spaces, and within a word only if that is too wide", () => {
  assert.deepEqual(wrapToWidth("git over HTTPS", 9), ["git over", "HTTPS"]);
  assert.deepEqual(wrapToWidth("日本語 and more", 5), ["日本", "語", "and", "more"]);
  assert.deepEqual(wrapToWidth("👩‍👩‍👧👩‍👩‍👧", 2), ["👩‍👩‍👧", "👩‍👩‍👧"]);
  assert.deepEqual(wrapToWidth("", 9), [""]);
});
