// Puts the state on screen.

import { announceChanges } from "./announcements.js";
import { setEnabled, setText } from "./components/dom.mjs";
import { expiryKind } from "./components/expiry.mjs";
import { describeSignInExpiry } from "./components/sign-in-words.mjs";
import { distinctNames } from "./components/token-name.mjs";
import { element } from "./dom.js";
import { isSelected, selectedTokens } from "./selection.js";
import {
  canList,
  isBusy,
  isDeleted,
  isEmpty,
  isFailed,
  isUnknown,
  toAccessToken,
} from "./state.js";
import { createNotice, createRow } from "./view.js";
import { describeProgress, noticesOf, summarize } from "./words.js";

/** @import { State, Token } from "./state.js" */
/** @import { Notice } from "./words.js" */

/**
 * A row on screen, and what it was created from.
 * @typedef {ReturnType<typeof createRow> & { source: string }} Row
 *
 * @typedef {object} Screen
 * @property {State} [state]  the one that is shown
 * @property {boolean} isSigningIn  whether the user wants to sign in again
 * @property {Notice} [misfit]  what was pasted and isn't a token
 */

/** @type {Screen} */
export const screen = { isSigningIn: false };

/** @type {Map<string, Row>} by the id of the token */
let rows = new Map();

/** @param {State} state */
export function show(state) {
  const before = screen.state;
  screen.state = state;
  const asksForToken = screen.isSigningIn || !state.signedIn;
  const isOtherView = element("sign-in").hidden === asksForToken;
  element("sign-in").hidden = !asksForToken;
  element("back").hidden = !state.signedIn;
  element("bar").hidden = asksForToken;
  element("tokens").hidden = asksForToken;
  element("empty").hidden = asksForToken || !isEmpty(state);
  setText(element("summary"), summarize(state));
  showNotices(asksForToken ? signInNotices(state) : tokenNotices(state));
  setEnabled(element("reload"), canList(state));
  showRows(state);
  showRun(state);
  // A view that has just appeared takes the focus where the user continues.
  if (!before || isOtherView) element(asksForToken ? "bearer" : "summary").focus();
  // When the popup opens, nothing has changed.
  if (before) announceChanges(before, state);
}

// ---------------------------------------------------------------------------- notices

/** @param {State} state */
const signInNotices = (state) => (screen.misfit ? [screen.misfit] : noticesOf(state));

/**
 * @param {State} state
 * @returns {Notice[]}
 */
function tokenNotices(state) {
  const { expiresAt, refused } = state;
  const date = expiresAt === undefined || refused ? undefined : new Date(expiresAt);
  const title = describeSignInExpiry(date, Date.now());
  const isTold = title !== "";
  return isTold ? [{ tone: "warning", title, text: "" }, ...noticesOf(state)] : noticesOf(state);
}

let shownNotices = "";

/**
 * Notices that haven't changed keep their elements, so details that were opened stay open.
 * @param {Notice[]} notices
 */
function showNotices(notices) {
  const source = JSON.stringify(notices);
  if (source === shownNotices) return;
  shownNotices = source;
  element("notices").replaceChildren(...notices.map(createNotice));
}

// ----------------------------------------------------------------------------- actions

/**
 * The expired tokens that a run could delete now.
 * @param {State} state
 */
export function deletableExpired(state) {
  if (!canList(state)) return [];
  const now = Date.now();
  const isExpired = (/** @type {Token} */ token) =>
    expiryKind(toAccessToken(token), now) === "expired";
  return state.tokens.filter((token) => isExpired(token) && !isDeleted(token));
}

/**
 * What is under way, and what could be. The first that most will want stands out, and it alone.
 * @param {State} state
 */
function showRun(state) {
  const { stopping, refused, tokens } = state;
  const isAtWork = tokens.some(isBusy);
  // With a sign-in that was refused nothing else would succeed.
  const isReady = canList(state) && !refused;
  const count = (/** @type {Token[]} */ counted) => (isReady ? counted.length : 0);
  const [unknown, failed] = [count(tokens.filter(isUnknown)), count(tokens.filter(isFailed))];
  const selected = count(selectedTokens(state));
  const expired = count(deletableExpired(state));
  setText(element("progress"), isAtWork ? describeProgress(state) : "");
  setButton("cancel", isAtWork && (stopping === undefined ? "Cancel" : "Cancel now"));
  const labels = {
    "sign-in-again": canList(state) && refused && "Sign in again",
    check: unknown > 0 && `Check ${unknown} unknown`,
    retry: failed > 0 && `Retry ${failed} failed`,
    "delete-selected": selected > 0 && `Delete ${selected} selected…`,
  };
  const first = Object.values(labels).findIndex(Boolean);
  for (const [index, [id, label]] of Object.entries(labels).entries()) {
    setButton(id, label || false);
    element(id).classList.toggle("primary", index === first);
  }
  setButton("delete-expired", expired > 0 && `Delete ${expired} expired…`);
  element("run").hidden = !isAtWork && first === -1 && expired === 0;
}

/**
 * @param {string} id
 * @param {string | false} label false hides the button
 */
function setButton(id, label) {
  const button = element(id);
  // Keyboard users whose button disappears must not end up at the start of the page.
  if (!label && document.activeElement === button) element("summary").focus();
  button.hidden = !label;
  if (label) setText(button, label);
}

// -------------------------------------------------------------------------------- rows

/**
 * Keyboard users keep the focus where it was, or at least in the same row.
 * @param {State} state
 */
function showRows(state) {
  const focused = document.activeElement;
  const id = focused?.closest("li")?.querySelector("[data-id]")?.getAttribute("data-id");
  const before = rows;
  const names = distinctNames(state.tokens);
  rows = new Map(
    state.tokens.map((token) => [token.id, updateRow(before.get(token.id), token, names, state)]),
  );
  arrange(Array.from(rows.values(), (row) => row.element));
  if (!id || !(focused instanceof HTMLElement) || focused.isConnected) return;
  const control = rows.get(id)?.element.querySelector("[data-id]");
  (control instanceof HTMLElement ? control : element("summary")).focus({ preventScroll: true });
}

/**
 * Elements are moved only if they have changed: moving one takes its focus away.
 * @param {HTMLElement[]} elements
 */
function arrange(elements) {
  const list = element("tokens");
  const isSame =
    elements.length === list.children.length &&
    elements.every((each, index) => each === list.children[index]);
  if (!isSame) list.replaceChildren(...elements);
}

/**
 * A row that hasn't changed keeps its element, so details that were opened stay open.
 * @param {Row | undefined} known
 * @param {Token} token
 * @param {Map<string, string>} names
 * @param {State} state
 * @returns {Row}
 */
function updateRow(known, token, names, state) {
  const name = names.get(token.id) ?? token.name;
  const source = JSON.stringify([token, name, state.listing]);
  const row = known?.source === source ? known : { source, ...createRow(token, name, state) };
  row.box.checked = isSelected(token.id) && !isDeleted(token);
  row.update(Date.now());
  return row;
}
