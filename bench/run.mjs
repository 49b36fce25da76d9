// npm run bench: this package beside its peers.
//
//   npm run bench                            everything; writes bench/results.{md,svg,json}
//   npm run bench -- --quick                 fewer rounds, without the peers; only printed
//   npm run bench -- --only cpu,loopback     some figures; only printed
//
// Without a new build, of what is in pkg/: node bench/run.mjs

import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { chart } from "./chart.mjs";
import { contenders, prepare, quickContenders } from "./contenders.mjs";
import { bulk, throttled } from "./figures/bulk.mjs";
import { cpu, crowd, loopback } from "./figures/calls.mjs";
import { cli } from "./figures/cli.mjs";
import { download, installed } from "./figures/download.mjs";
import { memory } from "./figures/memory.mjs";
import { page } from "./figures/page.mjs";
import { start } from "./figures/start.mjs";
import { startService } from "./processes.mjs";
import { circumstances } from "./machine.mjs";
import { markdown } from "./report.mjs";

/** @typedef {import("./types.ts").Bench} Bench */
/** @typedef {import("./types.ts").Figure} Figure */

/** @type {Record<string, (bench: Bench) => Promise<Figure[]>>} */
const measurements = {
  download,
  installed,
  start,
  page,
  cpu,
  loopback,
  crowd,
  memory,
  bulk,
  throttled,
  cli,
};

const { values } = parseArgs({
  options: { quick: { type: "boolean", default: false }, only: { type: "string" } },
});
const names = values.only?.split(",") ?? Object.keys(measurements);
for (const name of names)
  if (!(name in measurements))
    throw new Error(`There is no figure "${name}". Known: ${Object.keys(measurements).join(", ")}`);

const folder = await prepare();
const service = await startService(folder);
/** @type {Bench} */
const bench = {
  folder,
  origin: service.origin,
  rounds: (full, quick) => (values.quick ? quick : full),
  contenders: values.quick ? quickContenders : contenders,
};

/** @type {Figure[]} */
const figures = [];
for (const name of names) {
  const start = performance.now();
  figures.push(...((await measurements[name]?.(bench)) ?? []));
  console.error(`${name}: ${Math.round((performance.now() - start) / 1000)} s`);
}
service.stop();

const where = await circumstances(bench);
const report = markdown(figures, where);
console.log(report);

// Only a full run is worth keeping.
if (!values.quick && !values.only) {
  const file = (/** @type {string} */ type) => join(import.meta.dirname, `results.${type}`);
  await writeFile(file("json"), `${JSON.stringify({ ...where, figures }, null, 2)}\n`);
  await writeFile(file("md"), report);
  await writeFile(file("svg"), chart(figures, where));
}
