// Lists: they call the package, and the rows take up what it finds.

import { WaitTracker } from "/codecatalyst-pat/describe-wait.js";
import { formatCount } from "/codecatalyst-pat/format-error.js";
import { listAccessTokens } from "/codecatalyst-pat/index.js";
import { ownServer } from "./own-server.mjs";
import { announce } from "./render.mjs";
import { mergeList, resolveUnknown } from "./rows.mjs";
import { allRows, deselectRemoved, showProgress, state } from "./state.mjs";
import { runTask } from "./tasks.mjs";

/** @import { AccessToken } from "/codecatalyst-pat/index.js" */

/**
 * Lists the tokens of whoever the bearer token is of. If that succeeds, the page is signed in.
 * @param {string} bearerToken
 */
export function listWith(bearerToken) {
  return runTask({ kind: "list" }, async (signal) => {
    useList(await fetchList(bearerToken, signal));
    state.bearerToken = bearerToken;
    state.view = "tokens";
  });
}

export function reload() {
  const run = async (/** @type {AbortSignal} */ signal) =>
    useList(await fetchList(state.bearerToken, signal));
  return runTask({ kind: "list" }, run, reload);
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

/**
 * @param {string} bearerToken
 * @param {AbortSignal} signal
 */
async function fetchList(bearerToken, signal) {
  const waits = new WaitTracker();
  if (state.task) state.task.wait = () => waits.current;
  const options = { ...ownServer, signal, onRetry: waits.onRetry };
  /** @type {AccessToken[]} */
  const tokens = [];
  for await (const token of listAccessTokens(bearerToken, options)) {
    waits.settle();
    tokens.push(token);
    if (state.task) state.task.found = tokens.length;
    showProgress();
  }
  return tokens;
}

/** @param {AccessToken[]} tokens */
function useList(tokens) {
  state.rows = mergeList(allRows(), tokens);
  state.loadedAt = new Date();
  deselectRemoved();
  announce(`${formatCount(tokens.length, "token")} listed`);
}
