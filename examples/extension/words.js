// Deletions and errors in words. It uses neither the document nor the worker.

import { describeWait } from "./codecatalyst-pat/describe-wait.js";
import { explainError, formatCount } from "./codecatalyst-pat/format-error.js";
import {
  describeStop,
  isSignInRefused,
  MAX_REFUSALS_IN_A_ROW,
} from "./codecatalyst-pat/stoppable.js";
import { NOT_ACCEPTED, REFUSED } from "./components/sign-in-words.mjs";
import { countDeletions, isBusy, isDeleted } from "./state.js";

/** @import { Counts, Deletion, ErrorJson, State, StoppedRun, Token } from "./state.js" */

/**
 * @typedef {object} Notice
 * @property {"success" | "error" | "warning"} tone
 * @property {string} title
 * @property {string} text
 * @property {Record<string, string | number | undefined>} [facts]
 */

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
const listNotice = (error) => errorNotice(error, LIST_ERRORS[error.name] ?? explain(error));

/**
 * The notice for a sign-in that the service took before.
 * @param {ErrorJson} error
 */
const refusedNotice = (error) => errorNotice(error, REFUSED);

/**
 * The notice for deletions that were cancelled because the bearer token was forgotten.
 * @param {string[]} names
 * @returns {Notice}
 */
const interruptedNotice = (names) => ({
  tone: "warning",
  title: "Outcome unknown",
  text: `Cancelled while under way, so it may be deleted or not: “${names.join("”, “")}”.`,
});

/**
 * What is under way; after Cancel, what that waits for.
 * @param {State} state
 */
export function describeProgress({ stopping, wait, tokens }) {
  if (stopping !== undefined) return describeStop(stopping);
  const { deleted, failed, unknown } = countDeletions(tokens.map(({ deletion }) => deletion));
  const done = deleted + failed + unknown;
  const text = `${done} of ${done + tokens.filter(isBusy).length} done`;
  return wait ? `${text}. ${describeWait(wait)}` : text;
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
    ? `${REFUSED.title} ${MAX_REFUSALS_IN_A_ROW} times in a row. ${REFUSED.advice}`
    : `Something other than the service answered ${MAX_REFUSALS_IN_A_ROW} times in a row, perhaps a proxy or a sign-in page.`;
  return errorNotice(refusal, { title: "Stopped", advice: `${text} ${why}` });
}

/**
 * How many tokens there are, or that a list is under way.
 * @param {State} state
 */
export function summarize({ signedIn, listing, listError, wait, tokens }) {
  if (listing) return wait ? `Loading… ${describeWait(wait)}` : "Loading…";
  if (!signedIn || (listError && tokens.length === 0)) return "";
  return formatCount(tokens.filter((token) => !isDeleted(token)).length, "token");
}

/**
 * What to tell above the rows.
 * @param {State} state
 * @returns {Notice[]}
 */
export function noticesOf({ listError, interrupted, stopped, refused }) {
  const notices = listError ? [listNotice(listError)] : [];
  if (stopped) notices.push(stoppedNotice(stopped));
  else if (refused) notices.push(refusedNotice(refused));
  if (interrupted.length > 0) notices.push(interruptedNotice(interrupted));
  return notices;
}

/** @param {Counts} counts */
const describeCounts = ({ deleted, failed, unknown, notTried }) =>
  `${deleted} deleted, ${failed} failed, ${unknown} unknown, ${notTried} not tried`;

/**
 * What to do about a sign-in that has expired is said once, not in each row.
 * @param {ErrorJson} error
 */
function explain(error) {
  const explanation = explainError({ attempts: 0, ...error });
  return isSignInRefused(error) ? { ...explanation, advice: "It was not deleted." } : explanation;
}

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
