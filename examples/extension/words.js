// Deletions and errors in words. It uses neither the document nor the worker.

import { explainError } from "./codecatalyst-pat/format-error.js";
import {
  describeStop,
  isSignInRefused,
  MAX_REFUSALS_IN_A_ROW,
} from "./codecatalyst-pat/stoppable.js";
import { countDeletions, isBusy } from "./state.js";

/** @import { Counts, Deletion, ErrorJson, State, StoppedRun, Token } from "./state.js" */

/**
 * @typedef {object} Notice
 * @property {"success" | "error" | "warning"} tone
 * @property {string} title
 * @property {string} text
 * @property {Record<string, string | number | undefined>} [facts]
 */

const date = new Intl.DateTimeFormat("en", { dateStyle: "medium" });

/**
 * @param {Token} token
 * @param {number} [now]
 */
export const isExpired = ({ expiresTime }, now = Date.now()) =>
  expiresTime !== undefined && Date.parse(expiresTime) <= now;

/**
 * When a token expires.
 * @param {Token} token
 */
export function describeExpiry({ expiresTime }) {
  if (expiresTime === undefined) return { text: "No expiry date", isPast: false };
  const isPast = Date.parse(expiresTime) <= Date.now();
  const verb = isPast ? "Expired" : "Expires";
  return { text: `${verb} ${date.format(new Date(expiresTime))}`, isPast };
}

/**
 * The notice for a deletion; undefined where the row itself says everything.
 * @param {Deletion | undefined} deletion
 * @returns {Notice | undefined}
 */
export function deletionNotice(deletion) {
  if (deletion?.status === "failed") return errorNotice(deletion.error, explain(deletion.error));
  if (deletion?.status !== "deleted" || !deletion.alreadyDeleted) return undefined;
  return {
    tone: "success",
    title: "Already gone",
    text: "Most likely an attempt without an answer deleted it. There is nothing left to do.",
    facts: { "Request ID": deletion.requestId, Attempts: deletion.attempts },
  };
}

const NOT_ACCEPTED = {
  title: "Not accepted",
  advice:
    "The bearer token was not kept. Check that you copied all of it and that it has not expired.",
};

/**
 * Where the popup can say more than the package.
 * @type {Record<string, { title: string, advice: string }>}
 */
const LIST_ERRORS = {
  AccessDeniedException: NOT_ACCEPTED,
  UnauthorizedException: NOT_ACCEPTED,
  InvalidArgumentError: {
    title: "Not a bearer token",
    advice: "It was neither sent nor kept. See the message.",
  },
  WorkerStopped: { title: "Interrupted", advice: "Reload to try again." },
};

/**
 * The notice for a list that failed.
 * @param {ErrorJson} error
 */
export const listNotice = (error) => errorNotice(error, LIST_ERRORS[error.name] ?? explain(error));

/**
 * The notice for deletions that were cancelled because the bearer token was forgotten.
 * @param {string[]} names
 * @returns {Notice}
 */
export const interruptedNotice = (names) => ({
  tone: "warning",
  title: "Outcome unknown",
  text: `Cancelled while under way, so it may be deleted or not: “${names.join("”, “")}”.`,
});

/**
 * What is under way; after Cancel, what that waits for.
 * @param {State} state
 */
export function describeProgress({ stopping, tokens }) {
  if (stopping !== undefined) return describeStop(stopping);
  const { deleted, failed, unknown } = countDeletions(tokens.map(({ deletion }) => deletion));
  const done = deleted + failed + unknown;
  return `${done} of ${done + tokens.filter(isBusy).length} done`;
}

/**
 * The notice for a run that was stopped.
 * @param {StoppedRun} run
 * @returns {Notice}
 */
export function stoppedNotice({ counts, refusal }) {
  const text = `${describeCounts(counts)}.`;
  if (!refusal) return { tone: "warning", title: "Cancelled", text };
  const why = isSignInRefused(refusal)
    ? `The service refused ${MAX_REFUSALS_IN_A_ROW} in a row. Sign in again: forget the token, then enter a fresh one.`
    : `Something other than the service answered ${MAX_REFUSALS_IN_A_ROW} in a row. A proxy, or a sign-in page?`;
  return errorNotice(refusal, { title: "Stopped", advice: `${text} ${why}` });
}

/** @param {Counts} counts */
const describeCounts = ({ deleted, failed, unknown, notTried }) =>
  `${deleted} deleted, ${failed} failed, ${unknown} unknown, ${notTried} not tried`;

/** @param {ErrorJson} error */
const explain = (error) => explainError({ attempts: 0, ...error });

/**
 * @param {ErrorJson} error
 * @param {{ title: string, advice: string }} explanation
 * @returns {Notice}
 */
function errorNotice(error, { title, advice }) {
  const facts = {
    Error: error.name,
    Message: error.message,
    "HTTP status": error.status,
    "Request ID": error.requestId,
    Attempts: error.attempts,
  };
  return { tone: error.outcomeUnknown ? "warning" : "error", title, text: advice, facts };
}
