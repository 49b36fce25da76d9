// docs/testing.md, as text and as tables.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { root } from "../../scripts/tools.mjs";

export const guide = await readFile(join(root, "docs/testing.md"), "utf8");

/** The rows of the table whose first heading is this, each as its cells. */
export function tableRows(heading) {
  const table = guide.split("\n\n").find((part) => part.startsWith(`| ${heading} `));
  const rows = table?.trim().split("\n").slice(2) ?? assert.fail(`there is no table: ${heading}`);
  return rows.map((row) =>
    row
      .slice(2, -2)
      .split(" | ")
      .map((cell) => cell.trim()),
  );
}

/** The code in a cell, without its backticks. */
export const codeIn = (cell) => [...cell.matchAll(/`([^`]+)`/g)].map(([, code]) => code);
