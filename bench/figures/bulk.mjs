// Deleting many: `deleteAccessTokens` of this package; for the others, loops that share the ids.

import { FLOOR } from "../contenders.mjs";
import { withWorkers } from "../processes.mjs";
import { figure, takeTurns } from "../rounds.mjs";

/** @typedef {import("../types.ts").Bench} Bench */

const IDS = 1000;
const WITH_DELAY = "ids · latency / concurrency";

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

/** @param {Bench} bench */
export const bulk = (bench) =>
  withWorkers(
    bench,
    { origin: bench.origin, names: ["floor", "javascript", "package"] },
    async (run, titles) => {
      const warmUp = { job: "bulk", count: 3000, concurrency: 16, prefix: "/wait-0" };
      for (const title of titles) await run(title, warmUp);
      const figures = [];
      for (const [latencyMs, concurrency, full, quick] of CASES) {
        const rounds = bench.rounds(full, quick);
        if (rounds === 0) continue;
        const samples = await takeTurns(titles, rounds, async (title) => {
          const prefix = `/wait-${latencyMs}`;
          const { ms, deleted } = await run(title, {
            job: "bulk",
            count: IDS,
            concurrency,
            prefix,
          });
          if (deleted !== IDS) throw new Error(`${title} deleted ${deleted} of ${IDS}`);
          return (IDS / ms) * 1000;
        });
        const ideal = Array(rounds).fill((concurrency / latencyMs) * 1000);
        const head = {
          id: `bulk-${latencyMs}-${concurrency}`,
          group: `Bulk, ${latencyMs} ms of latency`,
          title: `${concurrency} at once`,
          unit: "/s",
          against: latencyMs === 0 ? "the floor" : WITH_DELAY,
        };
        const base = latencyMs === 0 ? () => samples.get(FLOOR) : () => ideal;
        figures.push(figure(head, samples, base));
      }
      return figures;
    },
  );

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
        const name = `${titles.indexOf(title)}.${round}`;
        const job = { job: "bulk", count, concurrency: 16, prefix: `/throttled-${name}` };
        const { ms, deleted } = await run(title, job);
        const response = await fetch(`${bench.origin}/counts-${name}`);
        const counts = /** @type {{ all: number, throttled: number }} */ (await response.json());
        wasted.get(title)?.push((counts.throttled / counts.all) * 100);
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
