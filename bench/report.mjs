// The report in Markdown.

import { meets, targets, valueOf } from "./targets.mjs";

/** @typedef {import("./types.ts").Figure} Figure */
/** @typedef {import("./types.ts").Spread} Spread */

/** @param {number} value */
export function short(value) {
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return value.toLocaleString("en", { minimumFractionDigits: 0, maximumFractionDigits: digits });
}

/** @param {Spread} spread */
const range = ({ low, high }) => (low === high ? "" : ` (${short(low)} to ${short(high)})`);

/** @param {import("./types.ts").Row | undefined} row */
function cell(row) {
  if (!row || Number.isNaN(row.median)) return "–";
  const ratio = row.ratio ? `, **${row.ratio.median.toFixed(2)}**${range(row.ratio)}` : "";
  return `${short(row.median)}${range(row)}${ratio}`;
}

/** @param {string[][]} rows */
const table = ([head = [], ...rows]) =>
  [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");

/** @param {Figure} figure */
function heading({ title, unit, against }) {
  const words = unit ? `${title}, ${unit}` : title;
  return against ? `${words}, **against ${against}**` : words;
}

/**
 * @param {string} group
 * @param {Figure[]} figures
 */
function section(group, figures) {
  const titles = [...new Set(figures.flatMap(({ rows }) => rows.map(({ title }) => title)))];
  const rows = titles.map((title) => [
    title,
    ...figures.map((figure) => cell(figure.rows.find((row) => row.title === title))),
  ]);
  return `### ${group}\n\n${table([["", ...figures.map(heading)], ...rows])}`;
}

/**
 * A table for each group of figures.
 * @param {Figure[]} figures
 */
export function figureTables(figures) {
  const groups = [...new Set(figures.map(({ group }) => group))];
  return groups
    .map((group) =>
      section(
        group,
        figures.filter((figure) => figure.group === group),
      ),
    )
    .join("\n\n");
}

/**
 * What was measured beside what must be reached and what is aimed at.
 * @param {Figure[]} figures
 */
export function targetTable(figures) {
  const rows = targets.flatMap((target) => {
    const value = valueOf(target, figures);
    if (value === undefined) return [];
    const { title, better, today, must, aim } = target;
    const verdict = meets(value, aim, better) ? "aim" : meets(value, must, better) ? "must" : "no";
    return [[title, value.toFixed(2), today, `${must}`, `${aim}`, verdict]];
  });
  return table([["Figure", "measured", "before", "must", "aim", "reached"], ...rows]);
}
