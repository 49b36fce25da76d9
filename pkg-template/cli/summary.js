// The end of a run of deletions: a summary and the exit code.

import { EXIT, toCliError } from "./cli-error.js";
import { formatJson, formatText } from "./format.js";

/** @typedef {import("./cli-error.js").CliError} CliError */
/** @typedef {import("./deletion-run.js").DeletionRun} DeletionRun */

const UNKNOWN_NOTE =
  "Unknown: no answer of the service came, so the token may or may not be deleted. " +
  '"codecatalyst-pat list" shows which, and deleting again is safe.';

/**
 * Prints the summary and gives the exit code.
 *
 * @param {DeletionRun} run
 */
export async function printSummary(run) {
  const { args, terminal, ids, counts, session } = run;
  const error = findError(run);
  const code = exitCode(run, error);
  if (args.output !== "table")
    for (const id of ids.pending)
      await terminal.print(formatNotTried(session.provider.shownId(id), args.output));
  if (error) await terminal.error(error.message);
  if (!args.quiet || code !== EXIT.done) await terminal.log(formatSummary(run));
  if (counts.unknown > 0) await terminal.log(UNKNOWN_NOTE);
  const { networkHint } = session.provider;
  if (run.lacksConnection && !error && networkHint) await terminal.log(networkHint);
  return code;
}

/**
 * @param {string} id
 * @param {"json" | "text"} output
 */
const formatNotTried = (id, output) =>
  output === "json"
    ? formatJson({ id, status: "not tried" })
    : formatText(["not tried", id, undefined, undefined]);

/**
 * Whether the run ended before its ids did.
 *
 * @param {DeletionRun} run
 */
export const isEarly = ({ error, deletions }) => error !== undefined || deletions.isStopping;

/**
 * The exit code of the signal that interrupted the run; one that came after its end did not.
 *
 * @param {DeletionRun} run
 */
const interruptedCode = ({ isInterrupted, stop }) => (isInterrupted ? stop.exitCode : undefined);

/**
 * What ended the run early or made all of it fail.
 *
 * @param {DeletionRun} run
 * @returns {CliError | undefined}
 */
function findError(run) {
  const { error, deletions, session, lastRefusal } = run;
  if (interruptedCode(run) !== undefined) return undefined;
  if (session.provider.error) return session.provider.error;
  const decisive = error ?? deletions.refusal ?? (isAllRefused(run) ? lastRefusal : undefined);
  return decisive === undefined ? undefined : toCliError(decisive, session.provider);
}

/** @param {DeletionRun} run */
const isAllRefused = ({ counts: { deleted, failed, unknown, refused } }) =>
  refused === failed && deleted + unknown === 0;

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
  const showsAll = isEarly(run);
  const parts = [
    `${deleted} deleted${alreadyGone > 0 ? ` (${alreadyGone} of them gone already)` : ""}`,
  ];
  if (failed > 0 || showsAll) parts.push(`${failed} failed`);
  if (unknown > 0 || showsAll) parts.push(`${unknown} unknown`);
  if (notTried > 0 || showsAll)
    parts.push(`${run.isCountComplete ? "" : "at least "}${notTried} not tried`);
  const prefix = interruptedCode(run) === undefined ? "" : "Interrupted: ";
  return `${prefix}${parts.join(", ")}.`;
}
