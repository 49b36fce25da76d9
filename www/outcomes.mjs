// What became of each token, and what went wrong, in words. Nothing here knows of the document.
//
// The states of an outcome:
//   waiting, deleting       its turn comes, its request is under way
//   deleted, gone           the token is no more: deleted by this run, or found to be gone
//   failed                  it is still there; `error` says why
//   unknown                 no answer tells; a new list will
//   untried                 the run ended before anything was sent for it
//   listed                  it was unknown, and a new list still had it

import { inState, isUnderWay } from "./tokens.mjs";
import { count, inWords } from "./words.mjs";

/** The outcome that a result of deleteAccessTokens means; `before` is that of an earlier run. */
export function outcomeOf(result, before) {
  const { status, alreadyDeleted, error } = result;
  if (status === "deleted") return { state: alreadyDeleted ? "gone" : "deleted" };
  // It was in the list: if the service knows it no more, somebody else was faster.
  if (error.name === "ResourceNotFoundException") return { state: "gone", error };
  if (error.outcomeUnknown) return { state: "unknown", error };
  return error.name === "AbortError" ? untried(before) : { state: "failed", error };
}

/** What nothing was sent for is as it was: unknown stays unknown. */
export const untried = (before) => before ?? { state: "untried" };

/** Whether a fresh bearer token may help. */
export const isAboutSignIn = (error) =>
  ["AccessDeniedException", "UnauthorizedException"].includes(error?.name);

// ------------------------------------------------------------------- of a row
//
// Label and advice take one line each in the table: a result must not make its row grow.

const PLAIN = {
  waiting: { tone: "quiet", label: "Waiting", advice: "Its turn comes." },
  deleting: { tone: "busy", label: "Deleting…", advice: "Waiting for the service." },
  deleted: { tone: "good", label: "Deleted", advice: "It can no longer be used." },
  gone: { tone: "good", label: "Already gone", advice: "There is nothing left to do." },
  untried: { tone: "quiet", label: "Not tried", advice: "The run ended before its turn." },
  listed: { tone: "open", label: "Still there", advice: "The list still has it." },
};

/** Tone, label, what to do, and the facts behind it. */
export function describe({ state, error }) {
  const facts = error && factsOf(error);
  if (state === "failed") return { tone: "bad", ...failure(error), facts };
  if (state === "unknown") return { tone: "open", ...openEnd(error), facts };
  return { ...PLAIN[state], facts: undefined };
}

function openEnd(error) {
  const why = error?.name === "AbortError" ? "cancelled" : "no answer";
  return { label: `Unknown: ${why}`, advice: "Check it, or delete it again." };
}

const FAILURES = {
  AccessDeniedException: ["not allowed", "Sign in again, then retry."],
  UnauthorizedException: ["not allowed", "Sign in again, then retry."],
  ThrottlingException: ["too many requests", "Wait a little, then retry."],
  ConflictException: ["a conflict", "Reload the list, then decide."],
  ServiceQuotaExceededException: ["a quota is used up", "See the message."],
  ValidationException: ["refused by the service", "See the message."],
  InvalidArgumentError: ["not sent", "See the message."],
  NetworkError: ["no connection", "Check npm start, then retry."],
  UnexpectedResponseError: ["unexpected answer", "Check the service's address."],
  InitializationError: ["not sent", "Reload this page."],
};

function failure(error) {
  const [why, advice] = FAILURES[error.name] ?? [
    error.name,
    error.retryable ? "Retry later." : "See the message.",
  ];
  if (error.retryAfterMs === undefined) return { label: `Failed: ${why}`, advice };
  return { label: `Failed: ${why}`, advice: `Wait ${inWords(error.retryAfterMs)}, then retry.` };
}

function factsOf({ name, message, status, requestId, attempts, retryAfterMs }) {
  return {
    Message: message,
    Error: name,
    "HTTP status": status,
    "Request id": requestId,
    Attempts: attempts,
    "Retry after": retryAfterMs === undefined ? undefined : inWords(retryAfterMs),
  };
}

// ------------------------------------------------------------------- of a list

const REFUSED = {
  title: "The service did not accept the bearer token",
  text: "Check that it was copied as a whole and has not expired. aws sso login gives a fresh one.",
};

const TROUBLES = {
  AccessDeniedException: REFUSED,
  UnauthorizedException: REFUSED,
  ThrottlingException: {
    title: "Too many requests",
    text: "The service asks for a pause. Try again a little later.",
  },
  InvalidArgumentError: {
    title: "That cannot be a bearer token",
    text: "So nothing was sent. Check what was pasted.",
  },
  NetworkError: {
    title: "No connection",
    text: "The server of this page does not answer. It runs as long as npm start does.",
  },
  TimeoutError: { title: "No answer in time", text: "The service took too long. Try again." },
  UnexpectedResponseError: {
    title: "An unexpected answer",
    text: "This does not look like CodeCatalyst. Check where npm start sends the requests.",
  },
  InitializationError: {
    title: "This page is not complete",
    text: "A part of it could not be loaded, so nothing was sent. Try again, or reload the page.",
  },
};

/** Title, text and facts of what ended a list, or a run as a whole. */
export function describeTrouble(error) {
  if (error.name === "AbortError") return { title: "Cancelled", text: "Nothing has changed." };
  const known = TROUBLES[error.name] ??
    unreachable(error) ?? { title: "The service refused", text: "See the message." };
  return { ...known, facts: factsOf(error) };
}

function unreachable({ status }) {
  if (!(status >= 500)) return undefined;
  return {
    title: "The service cannot be reached, or has failed",
    text: "Check the network, and try again.",
  };
}

// -------------------------------------------------------------------- of a run

const SUMMARY = [
  ["deleted", "deleted"],
  ["gone", "already gone"],
  ["failed", "failed"],
  ["unknown", "unknown"],
  ["listed", "still there"],
  ["untried", "not tried"],
];

/** How many came to which end: "7 deleted, 1 failed". */
export function summary(rows) {
  const numbers = SUMMARY.map(([state, words]) => [inState(rows, state).length, words]);
  const present = numbers.filter(([number]) => number > 0);
  return present.map(([number, words]) => `${number} ${words}`).join(", ");
}

/** A run under way: "3 of 9 tokens done, 1 failed". */
export function progress(rows) {
  const ended = rows.filter((row) => !isUnderWay(row));
  const bad = summary(inState(ended, "failed", "unknown"));
  return {
    done: ended.length,
    text: `${ended.length} of ${count(rows.length, "token")} done${bad && `, ${bad}`}`,
  };
}
