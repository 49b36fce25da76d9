// The report in Markdown.

import { contenders } from "./contenders.mjs";
import { meets, targets, measured } from "./targets.mjs";

/** @typedef {import("./types.ts").Figure} Figure */
/** @typedef {import("./types.ts").Spread} Spread */

/** @typedef {import("./types.ts").Circumstances} Circumstances */

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
 * A contender with its exact version.
 * @param {string} title
 * @param {Circumstances["versions"]} versions
 */
function withVersion(title, versions) {
  const [name = title] = contenders.find((contender) => contender.title === title)?.packages ?? [];
  const version = versions[name] ?? versions[name.split("/")[0] ?? ""];
  return version ? `${title} ${version}` : title;
}

/**
 * A row for each contender, and a column for each figure.
 * @param {Figure[]} figures
 * @param {string[]} headings
 * @param {(row: import("./types.ts").Row | undefined) => string} content
 * @param {Circumstances["versions"]} versions
 */
function contenderTable(figures, headings, content, versions) {
  const titles = [...new Set(figures.flatMap(({ rows }) => rows.map(({ title }) => title)))];
  const rows = titles.map((title) => [
    withVersion(title, versions),
    ...figures.map(({ rows }) => content(rows.find((row) => row.title === title))),
  ]);
  return table([["", ...headings], ...rows]);
}

/**
 * A table for each group of figures.
 * @param {Figure[]} figures
 * @param {Circumstances["versions"]} versions
 */
function figureTables(figures, versions) {
  const groups = [...new Set(figures.map(({ group }) => group))];
  const sections = groups.map((group) => {
    const members = figures.filter((figure) => figure.group === group);
    return `### ${group}\n\n${contenderTable(members, members.map(heading), cell, versions)}`;
  });
  return sections.join("\n\n");
}

/**
 * @param {import("./types.ts").Target} target
 * @param {number} value
 */
function verdict({ better, must, aim }, value) {
  if (meets(value, aim, better)) return "aim";
  return meets(value, must, better) ? "must" : "no";
}

/**
 * What was measured beside what must be reached and what is aimed at.
 * @param {Figure[]} figures
 */
function targetTable(figures) {
  const rows = targets
    .filter(({ figure }) => figures.some(({ id }) => id === figure))
    .map((target) => {
      const value = measured(target, figures);
      const results = value === undefined ? ["–", "–"] : [value.toFixed(2), verdict(target, value)];
      return [target.title, results[0], target.today, target.must, target.aim, results[1]].map(
        String,
      );
    });
  return table([["Figure", "measured", "before", "must", "aim", "reached"], ...rows]);
}

const SHORT = /** @type {const} */ ([
  ["cpu", "CPU of a call"],
  ["loopback", "a call over loopback"],
  ["crowd", "64 under way, deletions a second"],
  ["start", "first deletion, Node"],
  ["page", "first deletion, Chromium"],
  ["esbuild-brotli", "download, KB"],
  ["packages", "packages"],
]);

/**
 * The form for the README.
 * @param {Figure[]} figures
 * @param {Circumstances} circumstances
 */
function shortForm(figures, { date, machine, versions }) {
  const columns = SHORT.flatMap(([id, title]) => {
    const figure = figures.find((figure) => figure.id === id);
    return figure ? [{ title, figure }] : [];
  });
  /** @param {import("./types.ts").Row | undefined} row */
  const content = (row) => (row ? (row.ratio?.median.toFixed(2) ?? short(row.median)) : "–");
  const rows = contenderTable(
    columns.map(({ figure }) => figure),
    columns.map(({ title }) => title),
    content,
    versions,
  );
  const source = `Measured by \`npm run bench\` on ${date} (${machine}).`;
  return `${rows}\n\n${source} Times and rates are ratios to the floor's.`;
}

const NOTES = `Each contender runs in a process or page of its own; they take turns in every round.
A cell gives the median with its quartiles, and in bold the median of the ratios, round by round.

- All contenders send by \`fetch\`. The floor is 25 lines around \`fetch\`, with
  \`AbortSignal.timeout\`; "the same in JavaScript" does by hand what this package promises for one
  attempt: abort, time limit, bounded body, privacy members, redirects not followed.
- The stubbed \`fetch\` resolves with a real \`Response\`: the service's headers and \`{}\`.
- Bulk: \`deleteAccessTokens\` here, as many loops as may be under way for the others. The latency
  in "ids · latency / concurrency" is what the loopback service counted.`;

/**
 * @param {Figure[]} figures
 * @param {Circumstances} circumstances
 */
export function markdown(figures, circumstances) {
  const { date, machine, versions } = circumstances;
  const list = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  return `# Benchmark

${date}, ${machine}. ${list.join(", ")}.

${NOTES}

## Targets

${targetTable(figures)}

## Figures

${figureTables(figures, versions)}

## Short form, for the README

${shortForm(figures, circumstances)}
`;
}
