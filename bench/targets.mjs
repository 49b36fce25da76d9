// What this package has to reach.

import { OURS, STREAMING } from "./contenders.mjs";
import { OUR_CLI } from "./figures/cli.mjs";

/** @typedef {import("./types.ts").Target} Target */

const ratio = /** @type {const} */ ({ contender: OURS, take: "ratio", better: "lower" });
const share = /** @type {const} */ ({ contender: OURS, take: "ratio", better: "higher" });
const plain = /** @type {const} */ ({ contender: OURS, take: "median", better: "lower" });

/** @type {Target[]} */
export const targets = [
  {
    ...ratio,
    figure: "cpu",
    title: "CPU of a call, `fetch` stubbed, against the floor",
    today: "4.1",
    must: 2.5,
    aim: 1.7,
  },
  {
    ...ratio,
    figure: "cpu-long",
    title: "the same, token of 1,500 characters, against its own 28",
    today: "1.35",
    must: 1.1,
    aim: 1.03,
  },
  {
    ...ratio,
    figure: "loopback",
    title: "a call over loopback, against the floor",
    today: "1.49",
    must: 1.2,
    aim: 1.08,
  },
  {
    ...share,
    figure: "crowd",
    title: "64 under way, deletions a second, against the floor",
    today: "0.52",
    must: 0.75,
    aim: 0.85,
  },
  {
    ...ratio,
    figure: "start",
    title: "import to first deletion, Node, whole process, against the floor",
    today: "1.08",
    must: 1.1,
    aim: 1.03,
  },
  {
    ...plain,
    figure: "esbuild-brotli",
    title: "download, esbuild, minified, brotli, KB",
    today: "20.2",
    must: 27,
    aim: 21,
  },
  {
    ...plain,
    figure: "esbuild-brotli",
    contender: STREAMING,
    title: "the same by `codecatalyst-pat/streaming`, KB",
    today: "–",
    must: 22,
    aim: 17,
  },
  {
    ...ratio,
    figure: "page",
    title: "import to first deletion, Chromium, cold page, against the floor",
    today: "1.58",
    must: 1.25,
    aim: 1.1,
  },
  {
    ...share,
    figure: "bulk-20-4",
    title: "bulk, 20 ms, 4 at once, against ids · latency / concurrency",
    today: "0.82",
    must: 0.93,
    aim: 0.98,
  },
  {
    ...share,
    figure: "bulk-20-16",
    title: "bulk, 20 ms, 16 at once",
    today: "0.78",
    must: 0.9,
    aim: 0.98,
  },
  {
    ...share,
    figure: "bulk-100-16",
    title: "bulk, 100 ms, 16 at once",
    today: "0.94",
    must: 0.97,
    aim: 0.98,
  },
  {
    ...plain,
    better: "higher",
    figure: "throttled",
    title: "throttled bulk: useful deletions a second",
    today: "53",
    must: 45,
    aim: 49,
  },
  {
    ...plain,
    figure: "wasted",
    title: "throttled bulk: wasted of all requests, %",
    today: "21",
    must: 5,
    aim: 1,
  },
  {
    ...ratio,
    figure: "cli-list",
    contender: OUR_CLI,
    title: "`codecatalyst-pat list`, whole process, against the AWS CLI",
    today: "0.43",
    must: 0.35,
    aim: 0.3,
  },
  {
    ...ratio,
    figure: "cli-delete",
    contender: OUR_CLI,
    title: "`codecatalyst-pat delete` of one id, against the AWS CLI",
    today: "0.42",
    must: 0.35,
    aim: 0.3,
  },
];

/**
 * The value of a target, where its figure was measured.
 * @param {Target} target
 * @param {import("./types.ts").Figure[]} figures
 */
export function measured({ figure, contender, take }, figures) {
  const rows = figures.find(({ id }) => id === figure)?.rows ?? [];
  const row = rows.find(({ title }) => title === contender);
  return take === "ratio" ? row?.ratio?.median : row?.median;
}

/**
 * @param {number} value
 * @param {number} bound
 * @param {Target["better"]} better
 */
export const meets = (value, bound, better) =>
  better === "lower" ? value <= bound : value >= bound;
