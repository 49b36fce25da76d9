// Lists and deletions: they call the package, and the state takes up what they find.

import { formatCount } from "/codecatalyst-pat/format-error.js";
import {
  CodeCatalystError,
  deleteAccessTokens,
  listAccessTokens,
} from "/codecatalyst-pat/index.js";
import { confirmDeletion } from "./confirmation.mjs";
import { element, input } from "./dom.mjs";
import {
  describeError,
  describeProgress,
  isSignInError,
  notTried,
  outcomeOf,
  summarize,
} from "./outcomes.mjs";
import { announce } from "./render.mjs";
import { idsOf, mergeList, resolveUnknown, rowsIn } from "./rows.mjs";
import { allRows, deselectRemoved, selectedRows, show, state } from "./state.mjs";

/** @import { AccessToken, DeletionResult } from "/codecatalyst-pat/index.js" */
/** @import { Row } from "./rows.mjs" */
/** @import { Notice, Task } from "./state.mjs" */

// The page's own server forwards requests, so CORS is no obstacle.
const endpoint = location.origin;

/**
 * Runs a task unless another one is under way. Returns whether it succeeded; if not, the notice
 * says why, and nothing else has changed.
 * @param {Pick<Task, "kind"> & Partial<Task>} task
 * @param {(signal: AbortSignal) => Promise<void>} run
 * @param {() => unknown} [retry]
 */
async function runTask(task, run, retry) {
  if (state.task) return false;
  const controller = new AbortController();
  const abort = () => controller.abort();
  state.task = { ids: new Set(), found: 0, abort, ...task };
  state.notice = undefined;
  show();
  try {
    await run(controller.signal);
    return true;
  } catch (error) {
    state.notice = { ...createNotice(error), retry };
    return false;
  } finally {
    state.task = undefined;
    show();
  }
}

/**
 * @param {unknown} error
 * @returns {Notice}
 */
function createNotice(error) {
  const { title, advice, facts } = isExpected(error) ? describeError(error) : reportBug(error);
  const tone = isAbort(error) ? "neutral" : "error";
  // At the sign-in the message is an alert, which is read out by itself.
  if (state.view === "tokens") announce(`${title}. ${advice}`);
  const needsSignIn = error instanceof CodeCatalystError && isSignInError(error);
  return { title, text: advice, facts, tone, needsSignIn };
}

/** @param {unknown} error */
const isAbort = (error) => error instanceof Error && error.name === "AbortError";

/**
 * Whether an error is the package's, or says that the user cancelled. Of the latter only the name
 * is used.
 * @param {unknown} error
 * @returns {error is CodeCatalystError}
 */
const isExpected = (error) => error instanceof CodeCatalystError || isAbort(error);

/**
 * A bug in this page. The console tells a developer more than the page could.
 * @param {unknown} error
 */
function reportBug(error) {
  reportError(error);
  const title = "This page has a bug";
  return { title, advice: "Reload it, and try again.", facts: { Message: String(error) } };
}

// ------------------------------------------------------------------------------ lists

/**
 * @param {string} bearerToken
 * @param {AbortSignal} signal
 */
async function fetchList(bearerToken, signal) {
  /** @type {AccessToken[]} */
  const tokens = [];
  for await (const token of listAccessTokens(bearerToken, { endpoint, signal })) {
    tokens.push(token);
    if (state.task) state.task.found = tokens.length;
    show();
  }
  return tokens;
}

export async function signIn() {
  const field = input("bearer");
  const bearerToken = extractToken(field.value);
  const isSignedIn = await runTask({ kind: "list" }, async (signal) => {
    useList(await fetchList(bearerToken, signal));
    state.bearerToken = bearerToken;
    state.view = "tokens";
    field.value = "";
  });
  element(isSignedIn ? "tokens-title" : "bearer").focus();
}

/**
 * The token in what was pasted: the token itself, or the cache file of `aws sso login`.
 * @param {string} pasted
 */
function extractToken(pasted) {
  const text = pasted.trim();
  try {
    return JSON.parse(text).accessToken ?? text;
  } catch {
    return text;
  }
}

export function reload() {
  const run = async (/** @type {AbortSignal} */ signal) =>
    useList(await fetchList(state.bearerToken, signal));
  return runTask({ kind: "list" }, run, reload);
}

/** @param {AccessToken[]} tokens */
function useList(tokens) {
  state.rows = mergeList(allRows(), tokens);
  state.loadedAt = new Date();
  deselectRemoved();
  announce(`${formatCount(tokens.length, "token")} listed`);
}

/** Resolves unknown outcomes by a new list. */
export function checkUnknown() {
  const run = async (/** @type {AbortSignal} */ signal) => {
    state.rows = resolveUnknown(allRows(), await fetchList(state.bearerToken, signal));
    deselectRemoved();
    announce("Unknown outcomes checked");
  };
  return runTask({ kind: "list" }, run, checkUnknown);
}

// -------------------------------------------------------------------------- deletions

export async function confirmAndDelete() {
  const rows = selectedRows();
  if (rows.length > 0 && (await confirmDeletion(rows, Date.now()))) await deleteRows(rows);
}

/** @param {Row[]} rows */
export async function deleteRows(rows) {
  for (const row of rows) row.outcome = { state: "waiting", previous: row.outcome };
  await runTask({ kind: "delete", ids: new Set(idsOf(rows)) }, async (signal) => {
    const results = deleteAccessTokens(state.bearerToken, startRows(rows), { endpoint, signal });
    await collectResults(rows, results).finally(() => settleRest(rows));
    // If everything was sent before the run was cancelled, nothing is left that rejects.
    signal.throwIfAborted();
  });
  finishRun(rows);
}

/**
 * The ids. Each is taken when its request starts, so that the rows show what is under way.
 * @param {Row[]} rows
 */
function* startRows(rows) {
  for (const row of rows) {
    row.outcome = { ...row.outcome, state: "deleting" };
    show();
    yield row.id;
  }
}

/**
 * @param {Row[]} rows
 * @param {AsyncIterable<DeletionResult>} results
 */
async function collectResults(rows, results) {
  const byId = new Map(rows.map((row) => [row.id, row]));
  for await (const result of results) {
    const row = byId.get(result.id);
    if (row) row.outcome = outcomeOf(result, row.outcome?.previous);
    deselectRemoved();
    show();
    announceProgress(rows);
  }
}

/**
 * At every tenth of the run, rather than for each of a hundred tokens.
 * @param {Row[]} rows
 */
function announceProgress(rows) {
  const { done, text } = describeProgress(rows);
  if (done % Math.ceil(rows.length / 10) === 0) announce(text);
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

/** @param {Row[]} rows */
function finishRun(rows) {
  const { notice } = state;
  const result = notice?.tone === "error" ? notice : summarizeRun(rows, notice !== undefined);
  state.notice = result;
  announce(`${result.title}. ${result.text}`);
  show();
}

/**
 * @param {Row[]} rows
 * @param {boolean} wasCancelled
 * @returns {Notice}
 */
function summarizeRun(rows, wasCancelled) {
  const title = `${wasCancelled ? "Cancelled" : "Done"}: ${summarize(rows)}`;
  const needsSignIn = rowsIn(rows, "failed").some(({ outcome }) => isSignInError(outcome?.error));
  return { tone: "neutral", title, text: "", needsSignIn };
}
