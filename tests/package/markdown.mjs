// What stands in the project's documents: code and tables.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { allDocuments } from "../../scripts/docs/documents.mjs";
import { root } from "../../scripts/tools.mjs";

/** @param {string} path in the project */
export const read = (path) => readFile(join(root, path), "utf8");

export const DOCUMENTS = (await allDocuments()).map(({ path }) => path);

/**
 * The blocks of code after whose fence exactly this stands.
 * @param {string} markdown
 * @param {string} language
 */
export function codeBlocks(markdown, language) {
  const fenced = new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, "gm");
  return [...markdown.matchAll(fenced)].map(([, code]) => code);
}

/** @param {string} row */
const cells = (row) =>
  row
    .slice(1, -1)
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim());

/**
 * The rows of the table whose first heading is this, each as its cells.
 * @param {string} markdown
 * @param {string} heading
 */
export function tableRows(markdown, heading) {
  const table = new RegExp(`^\\| ${heading} +\\|.*\\n\\|.*\\n((?:\\|.*\\n)+)`, "m");
  const [, rows] = table.exec(markdown) ?? assert.fail(`there is no table of this: ${heading}`);
  return rows.trimEnd().split("\n").map(cells);
}

/**
 * What the first cells of a table have in backticks.
 * @param {string} markdown
 * @param {string} heading
 */
export function namesIn(markdown, heading) {
  const firstCells = tableRows(markdown, heading).map(([cell]) => cell);
  return firstCells.flatMap((cell) => [...cell.matchAll(/`([^`]+)`/g)].map(([, name]) => name));
}
