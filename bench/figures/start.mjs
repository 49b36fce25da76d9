// From the start of a Node process to the end of it, with an import and one deletion in between.

import { join } from "node:path";
import { FLOOR, fileOf } from "../contenders.mjs";
import { timeProgram } from "../processes.mjs";
import { figure, takeTurns } from "../rounds.mjs";

/** @param {import("../types.ts").Bench} bench */
export async function start(bench) {
  const script = join(import.meta.dirname, "../first.mjs");
  const files = new Map(bench.contenders.map((c) => [c.title, fileOf(bench.folder, c)]));
  const samples = await takeTurns([...files.keys()], bench.rounds(25, 11), (title) =>
    timeProgram(process.execPath, [script, files.get(title) ?? "", bench.origin]),
  );
  const head = {
    id: "start",
    group: "Import to first deletion",
    title: "Node, whole process",
    unit: "ms",
    against: "the floor",
  };
  return [figure(head, samples, () => samples.get(FLOOR))];
}
