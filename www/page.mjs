// The dashboard: what the user presses and types, and what it sets going.

import { element, isAllowed } from "./dom.mjs";
import { announce } from "./screen.mjs";
import { select, show, shownRows, state } from "./state.mjs";
import { expiryKind, inState, isUnfinished, reordered } from "./tokens.mjs";
import { askAndDelete, check, reload, run, signIn } from "./work.mjs";
import { count } from "./words.mjs";

// ----------------------------------------------------------------- on one's way

function signOut() {
  Object.assign(state, { view: "sign-in", bearer: undefined, rows: undefined, note: undefined });
  state.selected.clear();
  show();
  announce("Signed out");
  element("bearer").focus();
}

function changeView(view) {
  Object.assign(state, { view, note: undefined });
  show();
  element(view === "tokens" ? "tokens-title" : "bearer").focus();
}

// ----------------------------------------------------------- filter and selection

const idsOf = (rows) => rows.map(({ id }) => id);

function selectExpired() {
  const now = Date.now();
  select(idsOf(shownRows().filter((row) => expiryKind(row, now) === "expired")), true);
  announce(`${state.selected.size} selected`);
}

function filter(change) {
  const unfinished = new Set(idsOf(state.rows.filter(isUnfinished)));
  Object.assign(state.filter, change, change.kind && { unfinished });
  show();
  announce(`${shownRows().length} of ${count(state.rows.length, "token")} shown`);
}

function clearFilter() {
  element("search").value = "";
  document.querySelector("[name=kind][value=all]").checked = true;
  filter({ text: "", kind: "all" });
  element("search").focus();
}

function sort(by) {
  state.order = reordered(state.order, by);
  show();
}

// ---------------------------------------------------------------------- wiring

const CLICKS = {
  reload: reload,
  "sign-out": signOut,
  "sign-in-cancel": () => state.work?.abort(),
  back: () => changeView("tokens"),
  "select-all": ({ target }) => select(idsOf(shownRows()), target.checked),
  "select-expired": selectExpired,
  "clear-filter": clearFilter,
  cancel: () => state.work?.abort(),
  again: () => state.note?.again?.(),
  "sign-in-again": () => changeView("sign-in"),
  check: check,
  retry: () => run(inState(state.rows, "failed")),
  delete: askAndDelete,
};

for (const [id, act] of Object.entries(CLICKS)) {
  element(id).addEventListener("click", (event) => {
    if (isAllowed(event.currentTarget)) act(event);
  });
}

for (const button of document.querySelectorAll("[data-sort]")) {
  button.addEventListener("click", () => sort(button.dataset.sort));
}

element("sign-in-form").addEventListener("submit", (event) => {
  event.preventDefault();
  if (!state.work) signIn();
});
element("search").addEventListener("input", ({ target }) => filter({ text: target.value }));
element("filters").addEventListener("change", ({ target }) => {
  if (target.name === "kind") filter({ kind: target.value });
});

for (const change of ["online", "offline"]) addEventListener(change, show);
// Time goes by on a page that stays open, and tokens expire.
setInterval(show, 60_000);
// Leaving now would leave the outcome of what is under way open.
addEventListener("beforeunload", (event) => {
  if (state.work?.kind === "delete") event.preventDefault();
});

const service = document.querySelector("meta[name=codecatalyst-service]").content;
element("service").textContent = service;
element("here").hidden = service.startsWith("https:");
// Disabled until here, so that the button promises nothing while the module is missing.
element("enter").disabled = false;
show();
