// Which lines of the package's files ran: read from what V8 writes into NODE_V8_COVERAGE.

import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

/**
 * @typedef {{ startOffset: number, endOffset: number, count: number }} Range
 * @typedef {{ url: string, functions: { ranges: Range[] }[] }} Script
 */

/**
 * The lines that ran in any of the processes, by the file's name in the package's folder.
 *
 * @param {string} folder that V8 has written into
 * @param {(file: string) => Promise<string | undefined>} read gives the text of a file
 * @returns {Promise<Record<string, Set<number>>>}
 */
export async function coveredLines(folder, read) {
  /** @type {Record<string, Set<number>>} */
  const covered = {};
  for (const name of await readdir(folder)) {
    const { result } = JSON.parse(await readFile(join(folder, name), "utf8"));
    for (const script of /** @type {Script[]} */ (result)) {
      const file = fileOf(script.url);
      const text = file && (await read(file));
      if (!file || !text) continue;
      covered[file] ??= new Set();
      for (const line of linesRun(script, text)) covered[file].add(line);
    }
  }
  return covered;
}

/** Where a file of the package is: in its source, or where the tests have installed it. */
const PLACE = /^file:.*\/(?:pkg-template|node_modules\/codecatalyst-pat)\/([\w/.-]+\.js)(?:\?.*)?$/;

/** @param {string} url */
const fileOf = (url) => PLACE.exec(url)?.[1];

/**
 * The lines of which any part ran.
 *
 * @param {Script} script
 * @param {string} text
 */
function linesRun({ functions }, text) {
  // The ranges of a function lie inside each other, those of the functions too: the inner one tells.
  const ran = new Uint8Array(text.length);
  for (const { ranges } of functions)
    for (const { startOffset, endOffset, count } of ranges)
      ran.fill(Number(count > 0), startOffset, endOffset);
  let start = 0;
  return text.split("\n").flatMap((line, index) => {
    const indented = start + line.length - line.trimStart().length;
    const end = start + line.length;
    start = end + 1;
    return ran.subarray(indented, end).includes(1) ? [index + 1] : [];
  });
}
