// Results and errors in words. It doesn't use the document.

import { explainError, formatCount, formatDelay } from "/codecatalyst-pat/format-error.js";
import { isSignInRefused, MAX_REFUSALS_IN_A_ROW } from "/codecatalyst-pat/stoppable.js";
import { isUnderWay, rowsIn } from "./rows.mjs";

/** @import { DeletionResult } from "/codecatalyst-pat/index.js" */
/** @import { ErrorProperties } from "/codecatalyst-pat/format-error.js" */
/** @import { Outcome, OutcomeState, Row } from "./rows.mjs" */

/**
 * @typedef {Record<string, string | number | undefined>} Facts
 *
 * @typedef {"success" | "error" | "warning" | "neutral" | "busy"} Tone
 *
 * @typedef {object} OutcomeText
 * @property {Tone} tone
 * @property {string} label
 * @property {string} advice
 * @property {Facts} [facts]
 */

/**
 * The outcome for a result of deleteAccessTokens.
 * @param {DeletionResult} result
 * @param {Outcome} [previous]  that of an earlier run
 * @returns {Outcome}
 */
export function outcomeOf(result, previous) {
  if (result.status === "deleted") return { state: result.alreadyDeleted ? "gone" : "deleted" };
  const { error } = result;
  // The token was listed: if it's no longer found, it was deleted elsewhere.
  if (error.name === "ResourceNotFoundException") return { state: "gone", error };
  if (error.outcomeUnknown) return { state: "unknown", error };
  const isUnsent = error.name === "AbortError" && error.attempts === 0;
  return isUnsent ? notTried(previous) : { state: "failed", error };
}

/**
 * The outcome where nothing was sent: a token that was unknown stays unknown.
 * @param {Outcome} [previous]
 * @returns {Outcome}
 */
export const notTried = (previous) => previous ?? { state: "notTried" };

/**
 * Whether a fresh bearer token may help.
 * @param {ErrorProperties | undefined} error
 */
export const isSignInError = (error) => error !== undefined && isSignInRefused(error);

// ------------------------------------------------------------------------------ a row

/** @type {Record<Exclude<OutcomeState, "failed" | "unknown">, OutcomeText>} */
const TEXTS = {
  waiting: { tone: "neutral", label: "Waiting", advice: "It has not started yet." },
  deleting: { tone: "busy", label: "Deleting…", advice: "Waiting for the service." },
  deleted: { tone: "success", label: "Deleted", advice: "It can no longer be used." },
  gone: { tone: "success", label: "Already gone", advice: "Nothing left to do." },
  notTried: { tone: "neutral", label: "Not tried", advice: "Nothing was sent." },
  stillListed: { tone: "warning", label: "Still there", advice: "It is still on the list." },
};

/**
 * Describes an outcome. Label and advice fit on one line of the table each: a result must not make
 * its row grow.
 * @param {Outcome} outcome
 * @returns {OutcomeText}
 */
export function describeOutcome({ state, error }) {
  const facts = error && factsOf(error);
  if (state === "failed" && error) return { ...describeFailure(error), facts };
  if (state === "failed" || state === "unknown") return { ...describeUnknown(error), facts };
  return TEXTS[state];
}

/**
 * Where the title of an error is too long for a row, or says less.
 * @type {Record<string, string>}
 */
const WHY = {
  AbortError: "cancelled",
  UnexpectedResponseError: "not the service",
};

/**
 * @param {ErrorProperties | undefined} error
 * @returns {OutcomeText}
 */
function describeUnknown(error) {
  const why = WHY[error?.name ?? ""] ?? "no answer";
  return { tone: "warning", label: `Unknown: ${why}`, advice: "Check it, or delete it again." };
}

/**
 * @param {ErrorProperties} error
 * @returns {OutcomeText}
 */
function describeFailure(error) {
  const { title, advice } = explainError(error);
  const why =
    WHY[error.name] ?? (title === error.name ? title : title[0].toLowerCase() + title.slice(1));
  return {
    tone: "error",
    label: `Failed: ${why}`,
    advice: adviceFor(error, advice),
  };
}

/**
 * @param {ErrorProperties} error
 * @param {string} advice  the package's
 */
function adviceFor(error, advice) {
  // What to do is said once, at the end of the run.
  if (isSignInError(error)) return "It was not deleted.";
  // All that the page itself can fail to reach is its own server.
  return error.name === "NetworkError" ? "See the terminal, then retry." : advice;
}

/**
 * @param {ErrorProperties} error
 * @returns {Facts}
 */
export function factsOf({ name, message, status, requestId, attempts, retryAfterMs }) {
  return {
    Message: message,
    Error: name,
    "HTTP status": status,
    "Request ID": requestId,
    Attempts: attempts,
    "Retry after": retryAfterMs === undefined ? undefined : formatDelay(retryAfterMs),
  };
}

// ----------------------------------------------------------------------- a whole call

/**
 * Where this page can say more than the package.
 * @type {Record<string, { title: string, advice: string }>}
 */
const CALL_ERRORS = {
  AbortError: { title: "Cancelled", advice: "Nothing has changed." },
  InvalidArgumentError: {
    title: "This is not a valid bearer token",
    advice: "Nothing was sent. Check what you pasted.",
  },
  NetworkError: {
    title: "No connection",
    advice:
      "This page’s server does not answer. Check that the command in your terminal is still running.",
  },
  TimeoutError: { title: "No answer in time", advice: "The service took too long. Try again." },
  InitializationError: {
    title: "This page is incomplete",
    advice: "A part of it could not be loaded, so nothing was sent. Try again, or reload the page.",
  },
};

const UNAVAILABLE = {
  title: "The service cannot be reached, or has failed",
  advice: "Check the network, then try again.",
};

/**
 * Describes the error that ended a list or a whole run.
 * @param {ErrorProperties} error
 */
export function describeError(error) {
  const facts = error.name === "AbortError" ? undefined : factsOf(error);
  const known = Object.hasOwn(CALL_ERRORS, error.name) ? CALL_ERRORS[error.name] : undefined;
  return { ...(known ?? (isUnavailable(error) ? UNAVAILABLE : explainError(error))), facts };
}

/** @param {ErrorProperties} error */
const isUnavailable = ({ status = 0 }) => status >= 500;

// ------------------------------------------------------------------------------ a run

/**
 * Says why a run stopped by itself: the same refusal ten times in a row.
 * @param {ErrorProperties} error
 * @param {{ title: string, advice: string }} signIn  what to say where it is the sign-in's
 */
export function describeRefusals(error, signIn) {
  const needsSignIn = isSignInError(error);
  const text = needsSignIn
    ? `${signIn.title} ${MAX_REFUSALS_IN_A_ROW} times in a row. ${signIn.advice}`
    : `Something other than the service answered ${MAX_REFUSALS_IN_A_ROW} times in a row, perhaps a proxy or a sign-in page.`;
  return { text, needsSignIn, facts: factsOf(error) };
}

/** @type {[state: OutcomeState, words: string][]} */
const SUMMARY = [
  ["deleted", "deleted"],
  ["gone", "already gone"],
  ["failed", "failed"],
  ["unknown", "unknown"],
  ["stillListed", "still there"],
  ["notTried", "not tried"],
];

/**
 * How many rows have which outcome: "7 deleted, 1 failed".
 * @param {Row[]} rows
 */
export function summarize(rows) {
  return SUMMARY.map(([state, words]) => ({ count: rowsIn(rows, state).length, words }))
    .filter(({ count }) => count > 0)
    .map(({ count, words }) => `${count} ${words}`)
    .join(", ");
}

/**
 * The progress of a run: "3 of 9 tokens done, 1 failed".
 * @param {Row[]} rows
 */
export function describeProgress(rows) {
  const done = rows.filter((row) => !isUnderWay(row));
  const problems = summarize(rowsIn(done, "failed", "unknown"));
  const text = `${done.length} of ${formatCount(rows.length, "token")} done`;
  return { done: done.length, text: problems ? `${text}, ${problems}` : text };
}
