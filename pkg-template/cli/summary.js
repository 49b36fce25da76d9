// The end of a run of deletions: a summary and the exit code.

import { EXIT, toCliError } from "./cli-error.js";
import { formatJson } from "./format.js";

/** @typedef {import("./cli-error.js").CliError} CliError */
/** @typedef {import("./deletion-run.js").DeletionRun} DeletionRun */

const UNKNOWN_NOTE =
  "Unknown: no answer came, so the token may or may not be deleted. " +
  '"codecatalyst-pat list" shows which, and deleting again is safe.';

/**
 * Prints the summary and gives the exit code.
 *
 * @param {DeletionRun} run
 */
export async function printSummary(run) {
  const { args, terminal, ids, counts } = run;
  const error = findError(run);
  const code = exitCode(run, error);
  if (args.json)
    for (const id of ids.pending) await terminal.print(formatJson({ id, status: "not tried" }));
  if (error) await terminal.error(error.message);
  if (!args.quiet || code !== EXIT.done) await terminal.log(formatSummary(run));
  if (counts.unknown > 0) await terminal.log(UNKNOWN_NOTE);
  return code;
}

/**
 * The exit code of a signal that interrupted the run; one that came after its end did not.
 *
 * @param {DeletionRun} run
 */
const interruptedCode = ({ error, stop }) => (error === undefined ? undefined : stop.exitCode);

/**
 * What ended the run early or made all of it fail.
 *
 * @param {DeletionRun} run
 * @returns {CliError | undefined}
 */
function findError(run) {
  const { provider } = run.session;
  if (interruptedCode(run) !== undefined) return undefined;
  if (provider.error) return provider.error;
  if (run.lastRejection && isSignInRejected(run)) return provider.rejectedBy(run.lastRejection);
  return run.error === undefined ? undefined : toCliError(run.error, provider);
}

/** @param {DeletionRun} run */
const isSignInRejected = ({ giveUp, counts: { deleted, failed, unknown, rejected } }) =>
  giveUp.signal.aborted || (rejected === failed && deleted + unknown === 0);

/**
 * @param {DeletionRun} run
 * @param {CliError | undefined} error
 */
function exitCode(run, error) {
  const { ids, counts } = run;
  const isComplete = counts.failed + counts.unknown + ids.pending.size === 0;
  return interruptedCode(run) ?? error?.code ?? (isComplete ? EXIT.done : EXIT.failed);
}

/** @param {DeletionRun} run */
function formatSummary(run) {
  const { deleted, alreadyGone, failed, unknown } = run.counts;
  const notTried = run.ids.pending.size;
  const isStopped = run.error !== undefined;
  const parts = [
    `${deleted} deleted${alreadyGone > 0 ? ` (${alreadyGone} of them gone already)` : ""}`,
  ];
  if (failed > 0 || isStopped) parts.push(`${failed} failed`);
  if (unknown > 0 || isStopped) parts.push(`${unknown} unknown`);
  if (notTried > 0 || isStopped)
    parts.push(`${run.isCountComplete ? "" : "at least "}${notTried} not tried`);
  const prefix = interruptedCode(run) === undefined ? "" : "Interrupted: ";
  return `${prefix}${parts.join(", ")}.`;
}
