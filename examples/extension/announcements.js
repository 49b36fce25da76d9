// What is read out to users who can't see the screen: changes, as they come.

import { describeWait } from "./codecatalyst-pat/describe-wait.js";
import { announce } from "./dom.js";
import { deletionNotice, describeProgress, noticesOf, stoppedNotice, summarize } from "./words.js";

/** @import { State, Token } from "./state.js" */
/** @import { Notice } from "./words.js" */

/**
 * @param {State} before
 * @param {State} state
 */
export function announceChanges(before, state) {
  const texts = [...tokenChanges(before, state), ...taskChanges(before, state)];
  if (texts.length > 0) announce(texts.join(" "));
}

/**
 * @param {State} before
 * @param {State} state
 */
function tokenChanges(before, state) {
  const statuses = new Map(before.tokens.map(({ id, deletion }) => [id, deletion?.status]));
  return state.tokens
    .filter(({ id, deletion }) => deletion !== undefined && deletion.status !== statuses.get(id))
    .map((token) => `${token.name}: ${describeDeletion(token)}`);
}

/**
 * @param {State} before
 * @param {State} state
 */
function taskChanges(before, state) {
  const texts = [];
  if (before.listing && !state.listing)
    texts.push(...noticesOf(state).map(toSentence), summarize(state));
  else if (!before.refused && state.refused && !state.stopped)
    texts.push(...noticesOf(state).map(toSentence));
  if (before.stopping === undefined && state.stopping !== undefined)
    texts.push(describeProgress(state));
  if (!before.stopped && state.stopped) texts.push(toSentence(stoppedNotice(state.stopped)));
  // Once for each wait, not at each second of it.
  if (state.wait && state.wait.sinceMs !== before.wait?.sinceMs)
    texts.push(describeWait(state.wait));
  return texts;
}

/** @param {Token} token */
function describeDeletion({ deletion }) {
  const notice = deletionNotice(deletion);
  if (notice) return toSentence(notice);
  const texts = { waiting: "Waiting", running: "Deleting…", deleted: "Deleted", failed: "" };
  return texts[deletion?.status ?? "failed"];
}

/** @param {Notice} notice */
const toSentence = ({ title, text }) => `${title}. ${text}`;
