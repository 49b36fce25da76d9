// The popup: shows the state that the worker keeps, and tells the worker what was asked for. It does nothing else, so that nothing
// is lost when it closes.

import { isDeleted, mayList } from "./state.js";
import { allow, element, notice, row, say } from "./view.js";
import { count, cutOff, outcome, trouble } from "./words.js";

let shown; // the state on screen
let rows = new Map(); // by id of the token: the row on screen, and what it was made of

chrome.storage.onChanged.addListener((changes, area) => {
  if (area === "session" && changes.state) refresh();
});
element("sign-in").addEventListener("submit", signIn);
element("reload").addEventListener("click", reload);
element("forget").addEventListener("click", () => ask("forget"));
element("tokens").addEventListener("click", chooseToDelete);
element("confirmation").addEventListener("close", deleteChosen);
await ask("look");
await refresh();

// --------------------------------------------------------------- what is asked for

/** Asks the worker for something. What comes of it is in the state. */
function ask(command, input) {
  return chrome.runtime.sendMessage({ command, ...input });
}

function signIn(event) {
  event.preventDefault();
  // Pasting brings spaces along; no token begins or ends with one.
  const token = element("bearer").value.trim();
  element("bearer").value = "";
  ask("signIn", { token });
}

function reload() {
  if (mayList(shown)) ask("list");
}

function chooseToDelete({ target }) {
  const token = shown.tokens.find(({ id }) => id === target.closest("button")?.dataset.id);
  if (token === undefined || target.closest("[aria-disabled]")) return;
  element("confirmation-title").textContent = `Delete “${token.name}”?`;
  element("confirmation-id").textContent = token.id;
  element("confirmation").returnValue = "";
  element("confirmation").showModal();
}

function deleteChosen() {
  const id = element("confirmation-id").textContent;
  if (element("confirmation").returnValue === "delete") ask("remove", { id });
}

// ---------------------------------------------------------------------- on screen

// Read anew and not taken from the event: reads come back in the order in which they were made, so the last one is the newest.
async function refresh() {
  const { state } = await chrome.storage.session.get("state");
  if (state !== undefined) show(state);
}

function show(state) {
  const before = shown;
  shown = state;
  const { signedIn } = state;
  element("no-worker").hidden = true;
  element("sign-in").hidden = signedIn;
  element("bar").hidden = !signedIn;
  element("summary").textContent = summary(state);
  element("notice").replaceChildren(...notices(state).map(notice));
  allow(element("reload"), mayList(state));
  keepingFocus(() => element("tokens").replaceChildren(...newRows(state)));
  if (before?.signedIn !== signedIn) begin(signedIn);
  announce(before, state);
}

function summary({ signedIn, listing, trouble: failed, tokens }) {
  if (listing) return "Loading…";
  if (!signedIn || (failed && tokens.length === 0)) return "";
  return count(tokens.filter((token) => !isDeleted(token)).length, "token");
}

function notices(state) {
  const failed = state.trouble ? [trouble(state.trouble)] : [];
  return state.cutOff.length > 0 ? [...failed, cutOff(state.cutOff)] : failed;
}

// A view that has just come begins where one would go on.
function begin(signedIn) {
  element(signedIn ? "summary" : "bearer").focus();
}

// A row that has not changed stays the same element: details that somebody opened stay open.
function newRows(state) {
  const before = rows;
  rows = new Map(
    state.tokens.map((token) => [token.id, reused(before.get(token.id), token, state)]),
  );
  return [...rows.values()].map(({ made }) => made);
}

function reused(old, token, state) {
  const from = JSON.stringify([token, state.listing]);
  return old?.from === from ? old : { from, made: row(token, state) };
}

// Who uses the keyboard must find the focus where it was, or at least in the row where it was.
function keepingFocus(replace) {
  const focused = document.activeElement;
  const id = focused.closest("li")?.querySelector("[data-id]").dataset.id;
  replace();
  if (id === undefined) return;
  const inRow = rows.get(id)?.made.querySelector("[data-id]") ?? element("summary");
  (focused.isConnected ? focused : inRow).focus({ preventScroll: true });
}

/** Says aloud what has changed since the last state; when the popup opens, nothing has. */
function announce(before, state) {
  if (before === undefined) return;
  const old = new Map(before.tokens.map(({ id, deletion }) => [id, deletion?.status]));
  const ended = state.tokens.filter(
    ({ id, deletion }) => deletion !== undefined && deletion.status !== old.get(id),
  );
  const listed =
    before.listing && !state.listing ? [...notices(state).map(sentence), summary(state)] : [];
  const said = [
    ...ended.map(({ name, deletion }) => `${name}: ${sentence(outcome(deletion))}`),
    ...listed,
  ];
  if (said.length > 0) say(element("announcer"), said.join(" "));
}

function sentence({ title, text }) {
  return text === undefined ? title : `${title}. ${text}`;
}
