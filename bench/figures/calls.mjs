// What one call costs: in CPU time, over loopback, and with 64 under way.

import { FLOOR } from "../contenders.mjs";
import { withWorkers } from "../processes.mjs";
import { figure, takeTurns } from "../rounds.mjs";

/** @typedef {import("../types.ts").Bench} Bench */
/** @typedef {import("../types.ts").Figure} Figure */

const WARM_UP_MS = 1500;
const BATCH_MS = 80;
const LONG_TOKEN = 1500;

const against = "the floor";

/** @param {Bench} bench */
export const cpu = (bench) =>
  withWorkers(bench, {}, async (run, titles) => {
    for (const title of titles) {
      await run(title, { job: "calls", ms: WARM_UP_MS });
      await run(title, { job: "calls", ms: WARM_UP_MS / 2, tokenLength: LONG_TOKEN });
    }
    /** @type {Map<string, number[]>} */
    const long = new Map(titles.map((title) => [title, []]));
    const short = await takeTurns(titles, bench.rounds(40, 16), async (title) => {
      const { cpuUs } = await run(title, { job: "calls", ms: BATCH_MS });
      const job = { job: "calls", ms: BATCH_MS, tokenLength: LONG_TOKEN };
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

/** @param {Bench} bench */
export const loopback = (bench) =>
  withWorkers(bench, { origin: bench.origin }, async (run, titles) => {
    for (const title of titles) await run(title, { job: "calls", ms: WARM_UP_MS });
    const samples = await takeTurns(titles, bench.rounds(40, 16), async (title) => {
      const { wallUs } = await run(title, { job: "calls", ms: BATCH_MS });
      return wallUs;
    });
    const head = { id: "loopback", group: "Over loopback", title: "a call", unit: "µs", against };
    return [figure(head, samples, () => samples.get(FLOOR))];
  });

/** @param {Bench} bench */
export const crowd = (bench) =>
  withWorkers(bench, { origin: bench.origin }, async (run, titles) => {
    const job = { job: "calls", underWay: 64 };
    for (const title of titles) await run(title, { ...job, ms: WARM_UP_MS });
    const samples = await takeTurns(titles, bench.rounds(30, 12), async (title) => {
      const { wallUs } = await run(title, { ...job, ms: 2 * BATCH_MS });
      return 1e6 / wallUs;
    });
    const head = {
      id: "crowd",
      group: "Over loopback",
      title: "64 under way",
      unit: "/s",
      against,
    };
    return [figure(head, samples, () => samples.get(FLOOR))];
  });
