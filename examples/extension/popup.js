// The popup: shows the state that the worker keeps, and sends the worker commands. It does nothing
// else, so nothing is lost when it closes.

import { formatCount } from "./codecatalyst-pat/format-error.js";
import { canList, isDeleted, signedOut } from "./state.js";
import { announce, createNotice, createRow, element, setEnabled } from "./view.js";
import { deletionNotice, interruptedNotice, listNotice } from "./words.js";

/** @import { State, Token } from "./state.js" */
/** @import { Notice } from "./words.js" */

/**
 * A row on screen, and what it was created from.
 * @typedef {{ source: string, element: HTMLElement }} Row
 */

/** @type {State | undefined} the state on screen */
let shown;
/** @type {Map<string, Row>} by the id of the token */
let rows = new Map();

const bearerField = element("bearer", HTMLInputElement);
const confirmation = element("confirmation", HTMLDialogElement);

chrome.storage.onChanged.addListener((changes, area) => {
  if (area === "session" && changes.state) refresh();
});
element("sign-in").addEventListener("submit", signIn);
element("reload").addEventListener("click", reload);
element("forget").addEventListener("click", () => send("forget"));
element("tokens").addEventListener("click", confirmDeletion);
confirmation.addEventListener("close", deleteConfirmed);
await send("wake");
await refresh();

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
function confirmDeletion({ target }) {
  const button = target instanceof Element ? target.closest("button") : null;
  const token = shown?.tokens.find(({ id }) => id === button?.dataset.id);
  if (token === undefined || button?.hasAttribute("aria-disabled")) return;
  element("confirmation-title").textContent = `Delete “${token.name}”?`;
  element("confirmation-id").textContent = token.id;
  confirmation.returnValue = "";
  confirmation.showModal();
}

function deleteConfirmed() {
  const id = element("confirmation-id").textContent;
  if (confirmation.returnValue === "delete") send("remove", { id });
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

/** @param {State} state */
function noticesOf({ listError, interrupted }) {
  const notices = listError ? [listNotice(listError)] : [];
  return interrupted.length > 0 ? [...notices, interruptedNotice(interrupted)] : notices;
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
  if (texts.length > 0) announce(texts.join(" "));
}

/** @param {Token} token */
function describeDeletion({ deletion }) {
  const notice = deletionNotice(deletion);
  if (notice) return toSentence(notice);
  return deletion?.status === "running" ? "Deleting…" : "Deleted";
}

/** @param {Notice} notice */
const toSentence = ({ title, text }) => `${title}. ${text}`;
