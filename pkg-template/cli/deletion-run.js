// One run of deletions: reports each result as it comes, then sums up.

import { deleteAccessTokens } from "../index.js";
import { isAuthError } from "./cli-error.js";
import { progressBar, withProgress } from "./progress.js";
import { printResult } from "./result.js";
import { printSummary } from "./summary.js";

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

// This many rejections in a row aren't about single tokens: the sign-in has stopped working.
const MAX_CONSECUTIVE_REJECTIONS = 10;
// How long to go on reading standard input after a stop, to count the ids that weren't tried.
const DRAIN_MS = 1000;

/** @param {RunInput} input */
const createRun = (input) => ({
  ...input,
  /** Fires when nothing more can be sent. */
  giveUp: new AbortController(),
  counts: { deleted: 0, alreadyGone: 0, failed: 0, unknown: 0, rejected: 0 },
  consecutiveRejections: 0,
  lastRejection: /** @type {CodeCatalystError | undefined} */ (undefined),
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
  const { terminal, stop } = run;
  // Removes the ^C that a terminal echoes.
  stop.signal.addEventListener("abort", () => terminal.redrawStatus());
  await withProgress(
    terminal,
    () => formatProgress(run),
    () => deleteAll(run),
  );
  return printSummary(run);
}

/** @param {DeletionRun} run */
async function deleteAll(run) {
  const { ids, args, session, giveUp, stop } = run;
  const signal = AbortSignal.any([stop.signal, giveUp.signal]);
  const options = { ...session.options, signal, concurrency: args.concurrency };
  try {
    for await (const result of deleteAccessTokens(session.provider.getToken, ids, options))
      await addResult(run, result);
  } catch (error) {
    run.error = error;
    run.isCountComplete = await ids.drain(DRAIN_MS);
  }
}

/**
 * @param {DeletionRun} run
 * @param {DeletionResult} result
 */
async function addResult(run, result) {
  const outcome = outcomeOf(run, result);
  if (run.session.provider.error) run.giveUp.abort();
  // The id stays among the pending ones.
  if (outcome === "not tried") return;
  run.ids.pending.delete(result.id);
  run.counts[outcome] += 1;
  if (outcome === "deleted" && result.status === "failed") run.counts.alreadyGone += 1;
  trackRejections(run, result);
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
function trackRejections(run, result) {
  if (result.status === "deleted" || !isAuthError(result.error)) {
    run.consecutiveRejections = 0;
    return;
  }
  run.counts.rejected += 1;
  run.lastRejection = result.error;
  run.consecutiveRejections += 1;
  if (run.consecutiveRejections === MAX_CONSECUTIVE_REJECTIONS) run.giveUp.abort();
}

/** @param {DeletionRun} run */
function formatProgress({ ids, counts: { deleted, failed, unknown }, stop }) {
  const notDeleted = failed + unknown;
  const suffix = notDeleted > 0 ? `, ${notDeleted} not deleted` : "";
  const hint = stop.exitCode === undefined ? "Ctrl-C stops" : "stopping";
  return `${progressBar(deleted + notDeleted, ids.total)}${suffix}   ${hint}`;
}
