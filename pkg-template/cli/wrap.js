// Breaks messages into lines that fit a terminal.

import { stripVTControlCharacters } from "node:util";
import { displayWidth } from "./display-width.js";

const INDENT = "  ";

// Kept on one line, to be read or copied as a whole: a date, a number and what it counts, a command to
// type, what is in quotes.
const PART = /(\s*)(\d{4}-\d\d-\d\d \d\d:\d\d UTC\S*|\d+ [a-z]+\S*|[Tt]ype: .+|"[^"]*"\S*|\S+)/g;

/**
 * The message in lines of at most this width; all but the first are indented. A part that is wider
 * has a line of its own.
 *
 * @param {string} text may hold colours
 * @param {number} columns
 */
export function wrapMessage(text, columns) {
  /** @type {string[]} */
  const lines = [];
  let line = "";
  for (const [, gap = "", part = ""] of text.matchAll(PART)) {
    if (line !== "" && widthOf(line + gap + part) > columns) {
      lines.push(line);
      line = INDENT + part;
    } else line += gap + part;
  }
  return [...lines, line];
}

/** @param {string} text */
const widthOf = (text) => displayWidth(stripVTControlCharacters(text));
