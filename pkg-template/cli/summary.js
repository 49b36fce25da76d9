// The end of a run of deletions, in a line or two, and its exit code.

import { EXIT, problemFrom } from "./problem.js";
import { json } from "./text.js";

const ON_UNKNOWN =
  'Unknown: no answer came, so deleted or not. "codecatalyst-pat list" tells, and deleting again is safe.';

/** Says what became of all ids, and gives the exit code. */
export async function summarise(run) {
  const { asked, screen, unknown } = run;
  // A signal that came when all was done has interrupted nothing.
  run.interrupted = run.error && run.stop.code;
  const problem = problemOf(run);
  const code = exitCode(run, problem);
  if (asked.json)
    for (const id of run.ids.open) await screen.print(json({ id, status: "not tried" }));
  if (problem) await screen.complain(problem.message);
  if (!asked.quiet || code !== EXIT.done) await screen.say(total(run));
  if (unknown > 0) await screen.say(ON_UNKNOWN);
  return code;
}

/** What ended the run before its time, or made all of it fail. */
function problemOf({ call, error, lost, interrupted, deleted, failed, unknown, refused, refusal }) {
  if (interrupted) return undefined;
  if (call.bearer.problem) return call.bearer.problem;
  const isNoneTaken = refused > 0 && refused === failed && deleted + unknown === 0;
  if (lost.signal.aborted || isNoneTaken) return call.bearer.refused(refusal);
  return error && problemFrom(error, call.bearer);
}

function exitCode({ interrupted, failed, unknown, ids }, problem) {
  if (interrupted) return interrupted;
  if (problem) return problem.code;
  return failed + unknown + ids.open.size > 0 ? EXIT.failed : EXIT.done;
}

function total({ interrupted, error, deleted, gone, failed, unknown, ids, isCounted }) {
  const isStopped = error !== undefined;
  const notTried = `${isCounted === false ? "at least " : ""}${ids.open.size} not tried`;
  const parts = [
    [`${deleted} deleted${gone > 0 ? ` (${gone} of them gone already)` : ""}`, true],
    [`${failed} failed`, failed > 0 || isStopped],
    [`${unknown} unknown`, unknown > 0 || isStopped],
    [notTried, ids.open.size > 0 || isStopped],
  ];
  const text = parts
    .filter(([, isTold]) => isTold)
    .map(([part]) => part)
    .join(", ");
  return `${interrupted ? "Interrupted: " : ""}${text}.`;
}
