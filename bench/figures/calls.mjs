// What one call costs: in CPU time, over loopback, and with 64 under way.

import { FLOOR } from "../contenders.mjs";
import { withWorkers } from "../processes.mjs";
import { figure, takeTurns } from "../rounds.mjs";

/** @typedef {import("../types.ts").Bench} Bench */
/** @typedef {import("../types.ts").Figure} Figure */

// Numbers of calls, not durations: on a busy machine a fixed warm-up time would be too short to get
// everything compiled.
const STUBBED = { warmUp: 15_000, batch: 2500 };
const LOOPBACK = { warmUp: 4000, batch: 100, batchOf64: 512 };
const LONG_TOKEN = 1500;

const against = "the floor";

/** @param {Bench} bench */
export const cpu = (bench) =>
  withWorkers(bench, {}, async (run, titles) => {
    for (const title of titles) {
      await run(title, { job: "calls", count: STUBBED.warmUp });
      await run(title, { job: "calls", count: STUBBED.warmUp / 3, tokenLength: LONG_TOKEN });
    }
    /** @type {Map<string, number[]>} */
    const long = new Map(titles.map((title) => [title, []]));
    const short = await takeTurns(titles, bench.rounds(16, 10), async (title) => {
      const { cpuUs } = await run(title, { job: "calls", count: STUBBED.batch });
      const job = { job: "calls", count: STUBBED.batch, tokenLength: LONG_TOKEN };
      long.get(title)?.push((await run(title, job)).cpuUs);
      return cpuUs;
    });
    const head = { group: "CPU time of a call, `fetch` stubbed", unit: "µs" };
    return [
      figure({ ...head, id: "cpu", title: "token of 28 characters", against }, short, () =>
        short.get(FLOOR),
      ),
      figure(
        { ...head, id: "cpu-long", title: "token of 1,500 characters", against: "its own 28" },
        long,
        (title) => short.get(title),
      ),
    ];
  });

/**
 * Calls over loopback: a time or rate, and the CPU time, which a busy machine distorts less.
 * @param {Bench} bench
 * @param {{ id: string, title: string, unit: string, underWay: number, rounds: number }} setting
 * @param {(batch: { callUs: number, wallUs: number }) => number} take
 */
const overLoopback = (bench, { id, title, unit, underWay, rounds }, take) =>
  withWorkers(bench, { origin: bench.origin }, async (run, titles) => {
    const job = { job: "calls", underWay };
    const count = underWay === 1 ? LOOPBACK.batch : LOOPBACK.batchOf64;
    for (const each of titles) await run(each, { ...job, count: LOOPBACK.warmUp });
    /** @type {Map<string, number[]>} */
    const cpuUs = new Map(titles.map((each) => [each, []]));
    const samples = await takeTurns(titles, rounds, async (each) => {
      const batch = await run(each, { ...job, count });
      cpuUs.get(each)?.push(batch.cpuUs);
      return take(batch);
    });
    const head = { group: "Over loopback", against };
    const cpuHead = { ...head, id: `${id}-cpu`, title: `${title}, CPU of a call`, unit: "µs" };
    return [
      figure({ ...head, id, title, unit }, samples, () => samples.get(FLOOR)),
      figure(cpuHead, cpuUs, () => cpuUs.get(FLOOR)),
    ];
  });

/** @param {Bench} bench */
export const loopback = (bench) =>
  overLoopback(
    bench,
    { id: "loopback", title: "a call", unit: "µs", underWay: 1, rounds: bench.rounds(60, 40) },
    ({ callUs }) => callUs,
  );

/** @param {Bench} bench */
export const crowd = (bench) =>
  overLoopback(
    bench,
    { id: "crowd", title: "64 under way", unit: "/s", underWay: 64, rounds: bench.rounds(30, 20) },
    ({ wallUs }) => 1e6 / wallUs,
  );
