// Puts the state of the page on screen, all but the rows of the table.

import { allow, element, factList, say, tag } from "./dom.mjs";
import { progress } from "./outcomes.mjs";
import { countsOf, inState, isSelectable } from "./tokens.mjs";
import { count, timeOfDay } from "./words.mjs";

const TITLE = document.title;
const OFFLINE =
  "This machine is offline. What is shown stays; requests will fail until it is back.";

const EMPTY = [
  "You have no access tokens",
  "Git and development environments sign in with such tokens. There is none left to delete.",
];
const NO_MATCH = ["No token matches", "The filter above lets none through."];

const appear = (id, visible) => (element(id).hidden = !visible);

export function render(state, shown, now) {
  const isSignedIn = state.view === "tokens";
  say(element("offline"), navigator.onLine ? "" : OFFLINE);
  appear("session", isSignedIn);
  appear("sign-in", !isSignedIn);
  appear("tokens", isSignedIn);
  if (isSignedIn) renderTokens(state, shown, now);
  else renderSignIn(state);
}

/** Says something to who cannot see the screen. */
export const announce = (text) => say(element("announcer"), text);

// --------------------------------------------------------------------- sign-in

function renderSignIn({ work, note, rows }) {
  allow(element("enter"), !work);
  appear("sign-in-cancel", work);
  appear("back", rows && !work);
  appear("loading", work);
  say(element("loading-text"), work ? loading(work) : "");
  renderTrouble(element("sign-in-trouble"), work ? undefined : note);
}

const loading = ({ found }) =>
  `Asking the service for your tokens… ${found > 0 ? `${found} so far` : ""}`.trim();

let displayed; // the note that is on screen; what has not changed is left alone

function renderTrouble(target, note) {
  if (displayed === note) return;
  displayed = note;
  target.replaceChildren(
    ...(note
      ? [tag("p", {}, tag("b", {}, note.title)), tag("p", {}, note.text), ...facts(note)]
      : []),
  );
}

function facts(note) {
  const list = factList(note?.facts);
  return list ? [tag("details", {}, tag("summary", {}, "Details"), list)] : [];
}

// ---------------------------------------------------------------------- tokens

function renderTokens(state, shown, now) {
  renderHeading(state, now);
  renderTools(state, shown, now);
  renderNothing(state, shown);
  renderSaid(state, shown);
  renderActions(state);
}

function renderHeading({ rows, loadedAt, work }, now) {
  const { all } = countsOf(rows, now);
  say(element("tokens-title"), count(all, "token"));
  say(element("as-of"), `as of ${timeOfDay(loadedAt)}`);
  allow(element("reload"), !work);
  allow(element("sign-out"), !work);
  element("table").ariaBusy = String(work?.kind === "list");
}

function renderTools({ rows, selected, order }, shown, now) {
  for (const [kind, number] of Object.entries(countsOf(rows, now))) {
    say(document.querySelector(`[data-count=${kind}]`), String(number));
  }
  appear("filters", rows.length > 0);
  renderSelectAll(shown.filter(isSelectable), selected);
  for (const button of document.querySelectorAll("[data-sort]")) renderSort(button, order);
}

function renderSelectAll(selectable, selected) {
  const box = element("select-all");
  const ticked = selectable.filter(({ id }) => selected.has(id)).length;
  box.checked = ticked > 0 && ticked === selectable.length;
  box.indeterminate = ticked > 0 && ticked < selectable.length;
}

function renderSort(button, { by, descending }) {
  const heading = button.parentElement;
  if (button.dataset.sort === by) heading.ariaSort = descending ? "descending" : "ascending";
  else heading.removeAttribute("aria-sort");
}

function renderNothing({ rows }, shown) {
  appear("nothing", shown.length === 0);
  appear("table", shown.length > 0);
  appear("clear-filter", rows.length > 0);
  const [title, text] = rows.length === 0 ? EMPTY : NO_MATCH;
  say(element("nothing-title"), title);
  say(element("nothing-text"), text);
}

// ------------------------------------------------------------------ bar at the end

function renderSaid(state, shown) {
  const { rows, work, note } = state;
  document.title = TITLE;
  appear("progress", work?.kind === "delete");
  const text = work ? doing(work, rows) : note ? `${note.title}. ${note.text}`.trim() : "";
  say(element("said"), text);
  element("said").dataset.tone = work ? "" : (note?.tone ?? "");
  if (displayed !== note) element("said-facts").replaceChildren(...facts(note));
  displayed = note;
  say(element("chosen"), chosen(state, shown));
  appear("bar", rows.length > 0 || text !== "");
}

function doing(work, rows) {
  if (work.kind !== "delete") return loading(work);
  const { done, text } = progress(rows.filter(({ id }) => work.ids.has(id)));
  Object.assign(element("progress"), { max: work.ids.size, value: done });
  document.title = `${done}/${work.ids.size} · ${TITLE}`;
  return `Deleting: ${text}`;
}

function chosen({ rows, selected, work }, shown) {
  if (work || rows.length === 0) return "";
  return selected.size > 0
    ? `${selected.size} selected${hidden(shown, selected)}`
    : "Nothing selected";
}

// Nobody shall delete what they do not see without being told.
function hidden(shown, selected) {
  const number = selected.size - shown.filter(({ id }) => selected.has(id)).length;
  return number > 0 ? `, ${number} of them hidden by the filter` : "";
}

function renderActions({ rows, work, note, selected }) {
  const [failed, unknown] = [inState(rows, "failed").length, inState(rows, "unknown").length];
  appear("cancel", work);
  appear("again", !work && note?.again);
  appear("sign-in-again", !work && note?.signIn);
  appear("check", !work && unknown > 0);
  say(element("check"), `Check ${unknown} unknown`);
  appear("retry", !work && failed > 0);
  say(element("retry"), `Retry ${failed} failed`);
  appear("delete", !work && rows.length > 0);
  say(
    element("delete"),
    selected.size > 0 ? `Delete ${selected.size} selected…` : "Delete selected…",
  );
  allow(element("delete"), selected.size > 0);
}
