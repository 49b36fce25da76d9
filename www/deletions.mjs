// Deletions: they call the package, and the rows take up what it finds.

import { deleteAccessTokens } from "/codecatalyst-pat/index.js";
import { describeStop, StoppableRun } from "/codecatalyst-pat/stoppable.js";
import { confirmDeletion } from "./components/confirmation.mjs";
import {
  describeProgress,
  describeRefusals,
  isSignInError,
  notTried,
  outcomeOf,
  summarize,
} from "./outcomes.mjs";
import { ownServer } from "./own-server.mjs";
import { describeRefusedSignIn } from "./refused-sign-in.mjs";
import { announce } from "./render.mjs";
import { idsOf, rowsIn } from "./rows.mjs";
import { deselectIfRemoved, show, showProgress, state } from "./state.mjs";
import { runTask } from "./tasks.mjs";

/** @import { DeletionResult } from "/codecatalyst-pat/index.js" */
/** @import { Row } from "./rows.mjs" */
/** @import { Notice } from "./state.mjs" */

/** @param {Row[]} rows */
export async function confirmAndDelete(rows) {
  if (rows.length > 0 && (await confirmDeletion(rows, Date.now()))) await deleteRows(rows);
}

/** @param {Row[]} rows */
export async function deleteRows(rows) {
  const run = new StoppableRun(deleteAccessTokens);
  for (const row of rows) row.outcome = { state: "waiting", previous: row.outcome };
  const ids = new Set(idsOf(rows));
  const task = { run, ids, cancel: () => cancelRun(run), wait: () => run.wait };
  /** @type {DeletionResult | undefined} */
  let last;
  await runTask({ kind: "delete", ...task }, async () => {
    const results = run.run(() => state.bearerToken, startRows(rows), ownServer);
    last = await collectResults(rows, results).finally(() => settleRest(rows));
  });
  finishRun(rows, run, last);
}

/**
 * Lets what is under way end; the second time, cancels that too.
 * @param {StoppableRun} run
 */
function cancelRun(run) {
  if (run.isStopping) return run.abort();
  run.stop();
  announce(describeStop(run.underWayCount));
  show();
}

/**
 * The ids. Each is taken when its request starts, so that the rows show what is under way.
 * @param {Row[]} rows
 */
function* startRows(rows) {
  for (const row of rows) {
    row.outcome = { ...row.outcome, state: "deleting" };
    showProgress(row);
    yield row.id;
  }
}

/**
 * Gives the last result.
 * @param {Row[]} rows
 * @param {AsyncIterable<DeletionResult>} results
 */
async function collectResults(rows, results) {
  const byId = new Map(rows.map((row) => [row.id, row]));
  const step = Math.ceil(rows.length / 10);
  let done = 0;
  let last;
  for await (const result of results) {
    const row = byId.get(result.id);
    if (row) takeUp(row, result);
    last = result;
    done += 1;
    // At every tenth of the run, rather than for each of a hundred tokens.
    if (done % step === 0) announce(describeProgress(rows).text);
  }
  return last;
}

/**
 * @param {Row} row
 * @param {DeletionResult} result
 */
function takeUp(row, result) {
  row.outcome = outcomeOf(result, row.outcome?.previous);
  deselectIfRemoved(row);
  showProgress(row);
}

/**
 * Settles the rows that have no result when the run ends: either nothing was sent for them, or the
 * outcome is unknown.
 * @param {Row[]} rows
 */
function settleRest(rows) {
  for (const row of rowsIn(rows, "waiting")) row.outcome = notTried(row.outcome?.previous);
  for (const row of rowsIn(rows, "deleting")) row.outcome = { state: "unknown" };
}

/**
 * @param {Row[]} rows
 * @param {StoppableRun} run
 * @param {DeletionResult | undefined} last
 */
function finishRun(rows, run, last) {
  const { notice } = state;
  const result = notice ?? summarizeRun(rows, run, last);
  state.notice = result;
  announce(`${result.title}. ${result.text}`);
  show();
}

/**
 * A sign-in that has expired is told of here, once: the rows only say that they failed.
 * @param {Row[]} rows
 * @param {StoppableRun} run
 * @param {DeletionResult | undefined} last
 * @returns {Notice}
 */
function summarizeRun(rows, { isStopping, refusal }, last) {
  const counts = summarize(rows);
  const signIn = describeRefusedSignIn(state);
  if (refusal)
    return { tone: "error", title: `Stopped: ${counts}`, ...describeRefusals(refusal, signIn) };
  const title = `${isStopping ? "Cancelled" : "Done"}: ${counts}`;
  const needsSignIn = last?.status === "failed" && isSignInError(last.error);
  if (!needsSignIn) return { tone: "neutral", title, text: "", needsSignIn };
  return { tone: "error", title, text: `${signIn.title}. ${signIn.advice}`, needsSignIn };
}
