// One run of deletions: reports each result as it comes, then sums up.

import { deleteAccessTokens } from "../index.js";
import { describeStop, isSignInRefused, StoppableRun } from "../stoppable.js";
import { EXIT, isNoConnection } from "./cli-error.js";
import { formatProgress, withProgress } from "./progress.js";
import { printResult } from "./result.js";
import { isEarly, printSummary } from "./summary.js";

/** @typedef {import("../index.js").CodeCatalystError} CodeCatalystError */
/** @typedef {import("../index.js").DeletionResult} DeletionResult */
/** @typedef {"deleted" | "failed" | "unknown" | "not tried"} Outcome */

/**
 * @typedef {object} RunInput
 * @property {import("./id-queue.js").IdQueue} ids
 * @property {Map<string, import("../index.js").AccessToken>} known the user's tokens, if listed
 * @property {import("./arguments.js").Args} args
 * @property {import("./tokens.js").Session} session
 * @property {import("./terminal.js").Terminal} terminal
 * @property {import("./signals.js").Stop} stop
 */

/** @typedef {ReturnType<typeof createRun>} DeletionRun */

// How long to go on reading standard input after a stop, to count the ids that weren't tried.
const DRAIN_MS = 1000;

/** @param {RunInput} input */
const createRun = (input) => ({
  ...input,
  deletions: new StoppableRun(deleteAccessTokens),
  counts: { deleted: 0, alreadyGone: 0, failed: 0, unknown: 0, refused: 0 },
  lastRefusal: /** @type {CodeCatalystError | undefined} */ (undefined),
  /** Whether a deletion failed because nothing could be reached, or no answer came. */
  lacksConnection: false,
  /** Whether a signal of the system stopped the run. */
  isInterrupted: false,
  /** What ended the run early. */
  error: /** @type {unknown} */ (undefined),
  /** Whether all ids that weren't tried have been counted. */
  isCountComplete: true,
});

/**
 * Deletes, reports, and gives the exit code.
 *
 * @param {RunInput} input
 */
export async function runDeletions(input) {
  const run = createRun(input);
  const { terminal, stop, deletions } = run;
  const over = new AbortController();
  const { signal } = over;
  stop.signal.addEventListener("abort", () => interrupt(run), { signal });
  stop.abortSignal.addEventListener("abort", () => deletions.abort(), { signal });
  if (stop.signal.aborted) interrupt(run);
  const progress = {
    describe: (/** @type {number} */ width) => describeProgress(run, width),
    wait: () => deletions.wait,
  };
  await withProgress(terminal, progress, () => deleteAll(run));
  over.abort();
  return printSummary(run);
}

/**
 * Stops at the first signal, and says what it waits for.
 *
 * @param {DeletionRun} run
 */
function interrupt(run) {
  const { deletions, terminal, stop } = run;
  run.isInterrupted = !deletions.isStopping;
  deletions.stop();
  // Removes the ^C that a terminal echoes.
  terminal.redrawStatus();
  const count = deletions.underWayCount;
  if (count === 0) return;
  const them = count === 1 ? "it" : "them";
  const hint = stop.exitCode === EXIT.interrupted ? ` Press Ctrl-C again to cancel ${them}.` : "";
  terminal.log(`${describeStop(count)}${hint}`);
}

/** @param {DeletionRun} run */
async function deleteAll(run) {
  const { ids, args, session, deletions } = run;
  const options = { ...session.options, concurrency: args.concurrency };
  try {
    for await (const result of deletions.run(session.provider.getToken, ids, options))
      await addResult(run, result);
  } catch (error) {
    run.error = error;
  }
  if (isEarly(run)) run.isCountComplete = await ids.drain(DRAIN_MS);
}

/**
 * @param {DeletionRun} run
 * @param {DeletionResult} result
 */
async function addResult(run, result) {
  const outcome = outcomeOf(run, result);
  if (run.session.provider.error) run.deletions.stop();
  // The id stays among the pending ones.
  if (outcome === "not tried") return;
  run.ids.pending.delete(result.id);
  run.counts[outcome] += 1;
  if (outcome === "deleted" && result.status === "failed") run.counts.alreadyGone += 1;
  countRefusal(run, result);
  run.lacksConnection ||= result.status === "failed" && isNoConnection(result.error);
  await printResult(run, outcome, result);
}

/**
 * @param {DeletionRun} run
 * @param {DeletionResult} result
 * @returns {Outcome}
 */
function outcomeOf({ known, session }, result) {
  if (result.status === "deleted") return "deleted";
  const { id, error } = result;
  if (error.outcomeUnknown) return "unknown";
  // The list had it, so it has been deleted since, by someone else.
  if (error.name === "ResourceNotFoundException" && known.has(id)) return "deleted";
  const isStopped = error.name === "AbortError" || session.provider.error !== undefined;
  return error.attempts === 0 && isStopped ? "not tried" : "failed";
}

/**
 * @param {DeletionRun} run
 * @param {DeletionResult} result
 */
function countRefusal(run, result) {
  if (result.status === "deleted" || !isSignInRefused(result.error)) return;
  run.counts.refused += 1;
  run.lastRefusal = result.error;
}

/**
 * @param {DeletionRun} run
 * @param {number} width
 */
function describeProgress({ ids, counts: { deleted, failed, unknown }, stop }, width) {
  const notDeleted = failed + unknown;
  const note = notDeleted > 0 ? `, ${notDeleted} not deleted` : "";
  const hint = stop.exitCode === undefined ? "Ctrl-C stops" : "stopping";
  return formatProgress({ done: deleted + notDeleted, total: ids.total, note, hint }, width);
}
