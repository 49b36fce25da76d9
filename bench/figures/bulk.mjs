// Deleting many: `deleteAccessTokens` of this package; for the others, loops that share the ids.

import { FLOOR } from "../contenders.mjs";
import { withWorkers } from "../processes.mjs";
import { figure, takeTurns } from "../rounds.mjs";

/** @typedef {import("../types.ts").Bench} Bench */

const IDS = 1000;
const IDEAL = "ids · latency / concurrency";

/** Latency in milliseconds, concurrency, and the rounds of a full and of a quick run. */
const CASES = /** @type {const} */ ([
  [0, 4, 10, 4],
  [0, 16, 10, 4],
  [0, 64, 10, 4],
  [20, 4, 3, 1],
  [20, 16, 5, 3],
  [20, 64, 5, 3],
  [100, 4, 1, 0],
  [100, 16, 2, 1],
  [100, 64, 3, 1],
]);

/** @typedef {{ all: number, throttled: number, heldMs: number }} Counts */

/**
 * What the service counted in a run.
 * @param {Bench} bench
 * @param {string} name
 */
async function counts({ origin }, name) {
  const response = await fetch(`${origin}/counts-${name}`);
  return /** @type {Promise<Counts>} */ (response.json());
}

/**
 * A bulk deletion: how many were deleted a second, and how long the service held each.
 * @param {Bench} bench
 * @param {(job: import("../types.ts").Job) => Promise<any>} run
 * @param {{ name: string, latencyMs: number, concurrency: number }} setting
 */
async function deleteAll(bench, run, { name, latencyMs, concurrency }) {
  const prefix = `/wait-${name}-${latencyMs}`;
  const { ms, deleted } = await run({ job: "bulk", count: IDS, concurrency, prefix });
  if (deleted !== IDS) throw new Error(`Only ${deleted} of ${IDS} were deleted`);
  const { heldMs } = await counts(bench, name);
  return { rate: (IDS / ms) * 1000, idealRate: (concurrency / (heldMs / IDS)) * 1000 };
}

/**
 * @param {Bench} bench
 * @param {import("../processes.mjs").RunJob} run
 * @param {string[]} titles
 * @param {{ latencyMs: number, concurrency: number, rounds: number }} setting
 */
async function bulkFigure(bench, run, titles, { latencyMs, concurrency, rounds }) {
  /** @type {Map<string, number[]>} */
  const ideal = new Map(titles.map((title) => [title, []]));
  const rates = await takeTurns(titles, rounds, async (title, round) => {
    const name = [titles.indexOf(title), latencyMs, concurrency, round].join(".");
    const setting = { name, latencyMs, concurrency };
    const { rate, idealRate } = await deleteAll(bench, (job) => run(title, job), setting);
    ideal.get(title)?.push(idealRate);
    return rate;
  });
  const head = {
    id: `bulk-${latencyMs}-${concurrency}`,
    group: `Bulk, ${latencyMs} ms of latency`,
    title: `${concurrency} at once`,
    unit: "/s",
  };
  return latencyMs === 0
    ? figure({ ...head, against: "the floor" }, rates, () => rates.get(FLOOR))
    : figure({ ...head, against: IDEAL }, rates, (title) => ideal.get(title));
}

const BULK_CONTENDERS = ["floor", "javascript", "package"];

/** @param {Bench} bench */
export const bulk = (bench) =>
  withWorkers(bench, { origin: bench.origin, names: BULK_CONTENDERS }, async (run, titles) => {
    const warmUp = { job: "bulk", count: 3000, concurrency: 16, prefix: "/wait-warm-0" };
    for (const title of titles) await run(title, warmUp);
    const figures = [];
    for (const [latencyMs, concurrency, full, quick] of CASES) {
      const rounds = bench.rounds(full, quick);
      if (rounds > 0)
        figures.push(await bulkFigure(bench, run, titles, { latencyMs, concurrency, rounds }));
    }
    return figures;
  });

/** @param {Bench} bench */
export const throttled = (bench) =>
  withWorkers(
    bench,
    { origin: bench.origin, names: ["package", "ky", "official"] },
    async (run, titles) => {
      /** @type {Map<string, number[]>} */
      const wasted = new Map(titles.map((title) => [title, []]));
      /** @type {Map<string, number[]>} */
      const failed = new Map(titles.map((title) => [title, []]));
      const count = 500;
      const useful = await takeTurns(titles, bench.rounds(3, 2), async (title, round) => {
        const name = `limited.${titles.indexOf(title)}.${round}`;
        const job = { job: "bulk", count, concurrency: 16, prefix: `/throttled-${name}` };
        const { ms, deleted } = await run(title, job);
        const { throttled, all } = await counts(bench, name);
        wasted.get(title)?.push((throttled / all) * 100);
        failed.get(title)?.push(count - deleted);
        return (deleted / ms) * 1000;
      });
      const group = "500 ids, 16 at once, a service that throttles at 50/s with `Retry-After: 1`";
      return [
        figure({ id: "throttled", group, title: "useful deletions", unit: "/s" }, useful),
        figure({ id: "wasted", group, title: "wasted of all requests", unit: "%" }, wasted),
        figure({ id: "failed", group, title: "not deleted", unit: "" }, failed),
      ];
    },
  );
