// What the popup shows, as plain data. It uses nothing of the browser.

/** @import { Wait } from "./codecatalyst-pat/describe-wait.js" */
/** @import { CodeCatalystErrorJson, DeletionResult } from "./codecatalyst-pat/streaming.js" */

/**
 * An error of the package, or one of ours in the same shape: the number of attempts is lost with
 * the worker.
 * @typedef {Omit<CodeCatalystErrorJson, "attempts"> & { attempts?: number }} ErrorJson
 *
 * @typedef {{ status: "waiting" } | { status: "running" }
 *   | { status: "deleted", attempts: number, alreadyDeleted: boolean, requestId?: string }
 *   | { status: "failed", error: ErrorJson }} Deletion
 *
 * @typedef {object} Token
 * @property {string} id
 * @property {string} name
 * @property {string} [expiresTime]  ISO 8601: storage can't hold a Date
 * @property {Deletion} [deletion]
 *
 * @typedef {object} State
 * @property {boolean} signedIn  whether there is a bearer token
 * @property {string} [expiresAt]  when it expires, if what was pasted told: ISO 8601
 * @property {ErrorJson} [refused]  why the service no longer takes the bearer token
 * @property {Wait} [wait]  what is under way waits for it
 * @property {boolean} listing  whether a list is under way
 * @property {ErrorJson} [listError]  why the last list failed
 * @property {string[]} interrupted  names of tokens whose deletion was cancelled by forgetting the
 *   bearer token
 * @property {number} [stopping]  after Cancel: how many deletions may still finish
 * @property {StoppedRun} [stopped]  how the last run of deletions ended, if it was stopped
 * @property {Token[]} tokens
 *
 * @typedef {{ deleted: number, failed: number, unknown: number, notTried: number }} Counts
 *
 * @typedef {object} StoppedRun
 * @property {Counts} counts
 * @property {ErrorJson} [refusal]  the last of those that stopped it; none if it was cancelled
 */

/** @type {State} */
export const signedOut = { signedIn: false, listing: false, interrupted: [], tokens: [] };

/**
 * Whether a list has arrived and has no tokens.
 * @param {State} state
 */
export const isEmpty = ({ listing, listError, refused, tokens }) =>
  !listing && !listError && !refused && tokens.length === 0;

/** @param {Token} token */
export const isRunning = ({ deletion }) => deletion?.status === "running";

/**
 * Whether a deletion is under way, or waits for others.
 * @param {Token} token
 */
export const isBusy = ({ deletion }) =>
  deletion?.status === "running" || deletion?.status === "waiting";

/** @param {Token} token */
export const isUnknown = ({ deletion }) =>
  deletion?.status === "failed" && deletion.error.outcomeUnknown;

/**
 * Whether a token is still there because its deletion failed.
 * @param {Token} token
 */
export const isFailed = ({ deletion }) =>
  deletion?.status === "failed" && !deletion.error.outcomeUnknown;

/** @param {Token} token */
export const isDeleted = ({ deletion }) => deletion?.status === "deleted";

/**
 * Whether the tokens can be listed. A list replaces all tokens, and so would lose the outcome of a
 * deletion under way.
 * @param {State} state
 */
export const canList = ({ signedIn, listing, tokens }) =>
  signedIn && !listing && !tokens.some(isBusy);

/**
 * @param {State} state
 * @param {string} id
 */
export function canDelete({ listing, tokens }, id) {
  const token = tokens.find((each) => each.id === id);
  return !listing && token !== undefined && !isBusy(token) && !isDeleted(token);
}

/**
 * A token as the package gives it.
 * @param {Token} token
 */
export const toAccessToken = ({ id, name, expiresTime }) => ({
  id,
  name,
  ...(expiresTime !== undefined && { expiresTime: new Date(expiresTime) }),
});

/**
 * The tokens of a new list. Those that are still there keep what failed; it resolves what was unknown.
 * @param {Token[]} tokens
 * @param {Token[]} listed
 * @returns {Token[]}
 */
export function mergeList(tokens, listed) {
  const failed = new Map(tokens.filter(isFailed).map(({ id, deletion }) => [id, deletion]));
  return listed.map((token) => ({ ...token, deletion: failed.get(token.id) }));
}

/**
 * @param {State} state
 * @param {string[]} ids
 * @param {Deletion} [deletion]
 * @returns {State}
 */
export function withDeletions(state, ids, deletion) {
  const changed = new Set(ids);
  const tokens = state.tokens.map((token) =>
    changed.has(token.id) ? { ...token, deletion } : token,
  );
  return { ...state, tokens };
}

/**
 * What becomes of a token by a result: nothing, if nothing was sent for it before the run was
 * cancelled.
 * @param {DeletionResult} result
 * @returns {Deletion | undefined}
 */
export function deletionOf(result) {
  if (result.status === "deleted") {
    const { attempts, alreadyDeleted, requestId } = result;
    return { status: "deleted", attempts, alreadyDeleted, requestId };
  }
  const { error } = result;
  const isNotTried = error.name === "AbortError" && error.attempts === 0;
  return isNotTried ? undefined : { status: "failed", error: error.toJSON() };
}

/**
 * @param {(Deletion | undefined)[]} deletions
 * @returns {Counts}
 */
export function countDeletions(deletions) {
  const counts = { deleted: 0, failed: 0, unknown: 0, notTried: 0 };
  for (const deletion of deletions) {
    if (deletion?.status === "deleted") counts.deleted += 1;
    else if (deletion?.status !== "failed") counts.notTried += 1;
    else if (deletion.error.outcomeUnknown) counts.unknown += 1;
    else counts.failed += 1;
  }
  return counts;
}

/**
 * The state that a stopped worker left behind. What was under way ended with the worker.
 * @param {State} state
 * @returns {State}
 */
export function recover(state) {
  const listError = state.listing ? workerStopped("The list", false) : state.listError;
  const tokens = state.tokens.map(recoverToken);
  return { ...state, listing: false, listError, stopping: undefined, wait: undefined, tokens };
}

/**
 * @param {Token} token
 * @returns {Token}
 */
function recoverToken(token) {
  if (!isBusy(token)) return token;
  if (!isRunning(token)) return { ...token, deletion: undefined };
  return { ...token, deletion: { status: "failed", error: workerStopped("The deletion", true) } };
}

/**
 * @param {string} what
 * @param {boolean} outcomeUnknown
 * @returns {ErrorJson}
 */
function workerStopped(what, outcomeUnknown) {
  const message = `${what} was under way when the browser stopped the extension's worker.`;
  return { name: "WorkerStopped", message, retryable: true, outcomeUnknown };
}
