// The popup: shows the state that the worker keeps, and sends the worker commands. It does nothing
// else, so nothing is lost when it closes.

import { formatCount } from "./codecatalyst-pat/format-error.js";
import { confirmDeletion } from "./confirmation.js";
import { canList, isBusy, isDeleted, isUnknown, recover, signedOut } from "./state.js";
import { announce, createNotice, createRow, element, setEnabled } from "./view.js";
import {
  deletionNotice,
  describeProgress,
  interruptedNotice,
  isExpired,
  listNotice,
  stoppedNotice,
} from "./words.js";

/** @import { State, Token } from "./state.js" */
/** @import { Notice } from "./words.js" */

/**
 * A row on screen, and what it was created from.
 * @typedef {{ source: string, element: HTMLElement }} Row
 */

// A worker that has died is noticed after twice this time at most.
const CHECK_MS = 2_000;

/** @type {State | undefined} the state on screen */
let shown;
/** @type {Map<string, Row>} by the id of the token */
let rows = new Map();

const bearerField = element("bearer", HTMLInputElement);

chrome.storage.onChanged.addListener((changes, area) => {
  if (area === "session" && changes.state) refresh();
});
element("sign-in").addEventListener("submit", signIn);
element("reload").addEventListener("click", reload);
element("forget").addEventListener("click", () => send("forget"));
element("check").addEventListener("click", reload);
element("cancel").addEventListener("click", () => send("cancel"));
element("tokens").addEventListener("click", removeOne);
element("delete-expired").addEventListener("click", () => remove(deletableExpired()));
await send("wake");
await refresh();
setInterval(checkWorker, CHECK_MS);

// --------------------------------------------------------------------------- commands

/**
 * Sends the worker a command. Its results appear in the state.
 * @param {string} command
 * @param {object} [input]
 */
function send(command, input) {
  return chrome.runtime.sendMessage({ command, ...input });
}

/** @param {Event} event */
function signIn(event) {
  event.preventDefault();
  // Pasting often adds spaces; no token begins or ends with one.
  const token = bearerField.value.trim();
  bearerField.value = "";
  send("signIn", { token });
}

function reload() {
  if (canList(shown ?? signedOut)) send("list");
}

/** @param {Event} event */
function removeOne({ target }) {
  const button = target instanceof Element ? target.closest("button") : null;
  const token = shown?.tokens.find(({ id }) => id === button?.dataset.id);
  if (token && !button?.hasAttribute("aria-disabled")) remove([token]);
}

/** @param {Token[]} tokens */
async function remove(tokens) {
  if (tokens.length > 0 && (await confirmDeletion(tokens)))
    send("remove", { ids: tokens.map(({ id }) => id) });
}

/** The expired tokens that a run could delete now. */
function deletableExpired() {
  if (!shown || !canList(shown)) return [];
  return shown.tokens.filter((token) => isExpired(token) && !isDeleted(token));
}

/**
 * Asks a worker that should be at work for a sign of life. If it has died, the browser starts another
 * one for this message, which then says what became unknown. If none answers, the popup does.
 */
async function checkWorker() {
  if (!shown || !(shown.listing || shown.tokens.some(isBusy))) return;
  const isAlive = await Promise.race([
    send("wake").then(
      () => true,
      () => false,
    ),
    new Promise((resolve) => setTimeout(resolve, CHECK_MS, false)),
  ]);
  if (isAlive || !shown) return;
  show(recover(shown));
  element("no-worker").hidden = false;
}

// -------------------------------------------------------------------------- on screen

// Read again rather than taken from the event: reads arrive in the order in which they were made,
// so the last one is the newest.
async function refresh() {
  const { state } = await chrome.storage.session.get("state");
  if (state !== undefined) show(state);
}

/** @param {State} state */
function show(state) {
  const before = shown;
  shown = state;
  const { signedIn } = state;
  element("no-worker").hidden = true;
  element("sign-in").hidden = signedIn;
  element("bar").hidden = !signedIn;
  element("summary").textContent = summarize(state);
  element("notices").replaceChildren(...noticesOf(state).map(createNotice));
  setEnabled(element("reload"), canList(state));
  showRun(state);
  showRows(state);
  // A view that has just appeared takes the focus where the user continues.
  if (before?.signedIn !== signedIn) element(signedIn ? "summary" : "bearer").focus();
  // When the popup opens, nothing has changed.
  if (before) announceChanges(before, state);
}

/** @param {State} state */
function summarize({ signedIn, listing, listError, tokens }) {
  if (listing) return "Loading…";
  if (!signedIn || (listError && tokens.length === 0)) return "";
  return formatCount(tokens.filter((token) => !isDeleted(token)).length, "token");
}

/**
 * What is under way, and what could be.
 * @param {State} state
 */
function showRun(state) {
  const isAtWork = state.tokens.some(isBusy);
  const unknown = state.tokens.filter(isUnknown).length;
  const expired = deletableExpired().length;
  element("run").hidden = !isAtWork && unknown + expired === 0;
  element("progress").textContent = isAtWork ? describeProgress(state) : "";
  setButton("cancel", isAtWork && (state.stopping === undefined ? "Cancel" : "Cancel now"));
  setButton("check", unknown > 0 && canList(state) && `Check ${unknown} unknown`);
  setButton("delete-expired", expired > 0 && `Delete ${expired} expired…`);
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
  if (label) button.textContent = label;
}

/** @param {State} state */
function noticesOf({ listError, interrupted, stopped }) {
  const notices = listError ? [listNotice(listError)] : [];
  if (stopped) notices.push(stoppedNotice(stopped));
  if (interrupted.length > 0) notices.push(interruptedNotice(interrupted));
  return notices;
}

/**
 * Keyboard users keep the focus where it was, or at least in the same row.
 * @param {State} state
 */
function showRows(state) {
  const focused = document.activeElement;
  const id = focused?.closest("li")?.querySelector("[data-id]")?.getAttribute("data-id");
  const before = rows;
  rows = new Map(state.tokens.map((token) => [token.id, updateRow(before, token, state)]));
  element("tokens").replaceChildren(...Array.from(rows.values(), (row) => row.element));
  if (!id || !(focused instanceof HTMLElement)) return;
  const control = rows.get(id)?.element.querySelector("[data-id]");
  const inRow = control instanceof HTMLElement ? control : element("summary");
  (focused.isConnected ? focused : inRow).focus({ preventScroll: true });
}

/**
 * A row that hasn't changed keeps its element, so details that were opened stay open.
 * @param {Map<string, Row>} before
 * @param {Token} token
 * @param {State} state
 * @returns {Row}
 */
function updateRow(before, token, state) {
  const row = before.get(token.id);
  const source = JSON.stringify([token, state.listing]);
  return row?.source === source ? row : { source, element: createRow(token, state) };
}

// ------------------------------------------------------------------------- read aloud

/**
 * @param {State} before
 * @param {State} state
 */
function announceChanges(before, state) {
  const statuses = new Map(before.tokens.map(({ id, deletion }) => [id, deletion?.status]));
  const changed = state.tokens.filter(
    ({ id, deletion }) => deletion !== undefined && deletion.status !== statuses.get(id),
  );
  const texts = changed.map((token) => `${token.name}: ${describeDeletion(token)}`);
  if (before.listing && !state.listing) {
    texts.push(...noticesOf(state).map(toSentence), summarize(state));
  }
  if (before.stopping === undefined && state.stopping !== undefined)
    texts.push(describeProgress(state));
  if (!before.stopped && state.stopped) texts.push(toSentence(stoppedNotice(state.stopped)));
  if (texts.length > 0) announce(texts.join(" "));
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
