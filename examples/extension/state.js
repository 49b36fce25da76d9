// What the popup shows, as plain data. It uses nothing of the browser.

/** @import { CodeCatalystErrorJson } from "./codecatalyst-pat/streaming.js" */

/**
 * An error of the package, or one of ours in the same shape: the number of attempts is lost with
 * the worker.
 * @typedef {Omit<CodeCatalystErrorJson, "attempts"> & { attempts?: number }} ErrorJson
 *
 * @typedef {{ status: "running" }
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
 * @property {boolean} listing  whether a list is under way
 * @property {ErrorJson} [listError]  why the last list failed
 * @property {string[]} interrupted  names of tokens whose deletion was cancelled by forgetting the
 *   bearer token
 * @property {Token[]} tokens
 */

/** @type {State} */
export const signedOut = { signedIn: false, listing: false, interrupted: [], tokens: [] };

/** @param {Token} token */
export const isRunning = ({ deletion }) => deletion?.status === "running";

/** @param {Token} token */
export const isDeleted = ({ deletion }) => deletion?.status === "deleted";

/**
 * Whether the tokens can be listed. A list replaces all tokens, and so would lose the outcome of a
 * deletion under way.
 * @param {State} state
 */
export const canList = ({ signedIn, listing, tokens }) =>
  signedIn && !listing && !tokens.some(isRunning);

/**
 * @param {State} state
 * @param {string} id
 */
export function canDelete({ listing, tokens }, id) {
  const token = tokens.find((each) => each.id === id);
  return !listing && token !== undefined && !isRunning(token) && !isDeleted(token);
}

/**
 * @param {State} state
 * @param {string} id
 * @param {Deletion} deletion
 * @returns {State}
 */
export function withDeletion(state, id, deletion) {
  const tokens = state.tokens.map((token) => (token.id === id ? { ...token, deletion } : token));
  return { ...state, tokens };
}

/**
 * The state that a stopped worker left behind. What was under way ended with the worker.
 * @param {State} state
 * @returns {State}
 */
export function recover(state) {
  const listError = state.listing ? workerStopped("The list", false) : state.listError;
  return { ...state, listing: false, listError, tokens: state.tokens.map(recoverToken) };
}

/**
 * @param {Token} token
 * @returns {Token}
 */
function recoverToken(token) {
  if (!isRunning(token)) return token;
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
