// What takes a while, one task at a time; and lists.

import { formatCount } from "/codecatalyst-pat/format-error.js";
import { CodeCatalystError, listAccessTokens } from "/codecatalyst-pat/index.js";
import { element, input } from "./dom.mjs";
import { describeError, isSignInError } from "./outcomes.mjs";
import { announce } from "./render.mjs";
import { mergeList, resolveUnknown } from "./rows.mjs";
import { allRows, deselectRemoved, show, showProgress, state } from "./state.mjs";

/** @import { AccessToken } from "/codecatalyst-pat/index.js" */
/** @import { Notice, Task } from "./state.mjs" */

/**
 * The options of all calls. The page's own server forwards requests, so CORS is no obstacle. It wants
 * the cookie of its session, which the package doesn't send by itself.
 */
export const ownServer = {
  endpoint: location.origin,
  /** @type {typeof fetch} */
  fetch: (url, init) => fetch(url, { ...init, credentials: "same-origin" }),
};

/**
 * Runs a task unless another one is under way. Returns whether it succeeded; if not, the notice
 * says why, and nothing else has changed.
 * @param {Pick<Task, "kind"> & Partial<Task>} task
 * @param {(signal: AbortSignal) => Promise<void>} run
 * @param {() => unknown} [retry]
 */
export async function runTask(task, run, retry) {
  if (state.task) return false;
  const controller = new AbortController();
  const cancel = () => controller.abort();
  state.task = { ids: new Set(), found: 0, cancel, ...task };
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
  for await (const token of listAccessTokens(bearerToken, { ...ownServer, signal })) {
    tokens.push(token);
    if (state.task) state.task.found = tokens.length;
    showProgress();
  }
  return tokens;
}

export async function signIn() {
  const field = input("bearer");
  const isSignedIn = await listWith(extractToken(field.value));
  if (isSignedIn) field.value = "";
  element(isSignedIn ? "tokens-title" : "bearer").focus();
}

// The package wants a token. The server, which is signed in, sends its own in its place.
const PLACEHOLDER = "the-server-is-signed-in";

/** Lists the tokens by the sign-in of the page's server. */
export async function listByServerSignIn() {
  const isSignedIn = await listWith(PLACEHOLDER);
  element(isSignedIn ? "tokens-title" : "list-again").focus();
}

/** @param {string} bearerToken */
function listWith(bearerToken) {
  return runTask({ kind: "list" }, async (signal) => {
    useList(await fetchList(bearerToken, signal));
    state.bearerToken = bearerToken;
    state.view = "tokens";
  });
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
