// The bearer token, and the list that it gives. It runs in the service worker, and goes on when the
// popup closes.

import { WaitTracker } from "./codecatalyst-pat/describe-wait.js";
import { isSignInRefused } from "./codecatalyst-pat/stoppable.js";
import { listAccessTokens } from "./codecatalyst-pat/streaming.js";
import { endpoint } from "./endpoint.js";
import { canList, isRunning, mergeList, signedOut } from "./state.js";
import { currentState, updateState } from "./store.js";
import { watchWaits } from "./waits.js";

/** @import { CodeCatalystError } from "./codecatalyst-pat/streaming.js" */
/** @import { ErrorJson, State, Token } from "./state.js" */

// A browser stops a worker that has been idle for 30 seconds.
const KEEP_ALIVE_MS = 20_000;

// After these errors of a list the bearer token is of no use.
const TOKEN_ERRORS = ["AccessDeniedException", "UnauthorizedException", "InvalidArgumentError"];

/** Aborted when the bearer token is forgotten. */
let session = new AbortController();

/** Fires when the bearer token is forgotten. */
export const sessionSignal = () => session.signal;

/**
 * Keeps a bearer token, and lists its user's access tokens. After another sign-in, the tokens that are
 * listed stay on screen meanwhile, with what became of them.
 * @param {{ token: string, expiresAt?: string }} message
 */
export async function signIn({ token, expiresAt }) {
  if (!canList(await currentState())) await endSession();
  // By default only the extension's own contexts can read storage.session.
  await chrome.storage.session.set({ token });
  const fresh = { ...signedOut, signedIn: true, expiresAt, listing: true };
  await updateState(({ tokens }) => ({ ...fresh, tokens }));
  await keepAlive(runList(session.signal));
}

/** What a new task makes obsolete. */
export const NEW_TASK = { listError: undefined, refused: undefined, stopped: undefined };

/** Lists the access tokens again. */
export async function list() {
  const { signal } = session;
  const before = await updateState((state) =>
    canList(state) ? { ...state, ...NEW_TASK, listing: true } : state,
  );
  if (canList(before)) await keepAlive(runList(signal));
}

/** @param {AbortSignal} signal */
async function runList(signal) {
  try {
    const listed = await fetchTokens(signal);
    await updateSession(signal, (state) => ({
      ...state,
      listing: false,
      tokens: mergeList(state.tokens, listed),
    }));
  } catch (error) {
    await failList(signal, toJson(error));
  }
}

/**
 * @param {AbortSignal} signal
 * @param {ErrorJson} listError
 */
async function failList(signal, listError) {
  const { tokens } = await currentState();
  const isUseless = TOKEN_ERRORS.includes(listError.name);
  if (!signal.aborted && isUseless && tokens.length === 0) return endSession(listError);
  const error = isSignInRefused(listError) ? { refused: listError } : { listError };
  await updateSession(signal, (state) => ({ ...state, listing: false, ...error }));
}

/**
 * @param {AbortSignal} signal
 * @returns {Promise<Token[]>}
 */
async function fetchTokens(signal) {
  const tokens = [];
  const waits = new WaitTracker();
  const options = { endpoint, signal, onRetry: waits.onRetry };
  const stopWatching = watchWaits(() => waits.current);
  try {
    for await (const { id, name, expiresTime } of listAccessTokens(await storedToken(), options)) {
      waits.settle();
      tokens.push({ id, name, expiresTime: expiresTime?.toISOString() });
    }
  } finally {
    await stopWatching();
  }
  return tokens;
}

/** Forgets the bearer token and all that was listed with it, and cancels what is under way. */
export const forget = () => endSession();

/** @param {ErrorJson} [listError] */
async function endSession(listError) {
  session.abort();
  session = new AbortController();
  await chrome.storage.session.remove(["token", "selected"]);
  await updateState(({ tokens }) => ({
    ...signedOut,
    listError,
    interrupted: tokens.filter(isRunning).map(({ name }) => name),
  }));
}

/** Reads the bearer token. It's read for each call, and kept nowhere else. */
export async function storedToken() {
  const { token = "" } = await chrome.storage.session.get("token");
  return token;
}

/**
 * Updates the state unless the session has ended meanwhile.
 * @param {AbortSignal} signal
 * @param {(state: State) => State} update
 */
export const updateSession = (signal, update) =>
  updateState((state) => (signal.aborted ? state : update(state)));

/**
 * An error of the package as plain data, which is all that storage can hold.
 * @param {unknown} error
 * @returns {ErrorJson}
 */
export const toJson = (error) => /** @type {CodeCatalystError} */ (error).toJSON();

/**
 * Keeps the worker running. Waiting for the service counts as idle, but each call of an extension
 * API restarts the browser's clock.
 * @param {Promise<unknown>} work
 */
export async function keepAlive(work) {
  const timer = setInterval(() => chrome.runtime.getPlatformInfo(), KEEP_ALIVE_MS);
  try {
    await work;
  } finally {
    clearInterval(timer);
  }
}
