// What stays in memory after many calls.

import { withWorkers } from "../processes.mjs";
import { figure } from "../rounds.mjs";

const CALLS = 100_000;

/** @param {import("../types.ts").Bench} bench */
export const memory = (bench) =>
  withWorkers(bench, { names: ["floor", "javascript", "package"] }, async (run, titles) => {
    const group = `Memory after ${CALLS.toLocaleString("en")} calls, \`fetch\` stubbed`;
    const heads = [
      {
        id: "pages-first",
        group,
        title: "wasm pages after 1,000",
        unit: "64 KiB",
        key: "wasmPages",
      },
      { id: "pages-last", group, title: "wasm pages", unit: "64 KiB", key: "wasmPages" },
      { id: "rss-first", group, title: "RSS after 1,000", unit: "MB", key: "rssMb" },
      { id: "rss-last", group, title: "RSS", unit: "MB", key: "rssMb" },
    ];
    /** @type {Map<string, number[]>[]} */
    const samples = heads.map(() => new Map());
    for (const title of titles) {
      const first = await run(title, { job: "memory", count: 1000 });
      const last = await run(title, { job: "memory", count: CALLS - 1000 });
      for (const [place, { key }] of heads.entries())
        samples[place]?.set(title, [(place % 2 === 0 ? first : last)[key]]);
    }
    return heads.map(({ key, ...head }, place) => figure(head, samples[place] ?? new Map()));
  });
