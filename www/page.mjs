// The dashboard: what each control does.

import { formatCount } from "/codecatalyst-pat/format-error.js";
import { isEnabled } from "./components/dom.mjs";
import { expiryKind } from "./components/expiry.mjs";
import { createIcon } from "./components/icon.mjs";
import { confirmAndDelete, deleteRows } from "./deletions.mjs";
import { button, element, input } from "./dom.mjs";
import { checkUnknown, reload } from "./lists.mjs";
import { announce } from "./render.mjs";
import { idsOf, isRemoved, isUnfinished, rowsIn, toggleOrder } from "./rows.mjs";
import { forgetPasted, listByServerSignIn, signIn } from "./sign-in.mjs";
import { allRows, select, selectedRows, show, state, visibleRows } from "./state.mjs";

/** @import { Column, Filter, Kind } from "./rows.mjs" */
/** @import { State } from "./state.mjs" */

// ------------------------------------------------------------------------------ views

function signOut() {
  state.bearerToken = "";
  state.expiresAt = undefined;
  forgetPasted();
  state.rows = undefined;
  state.selected.clear();
  changeView("sign-in");
  announce("Signed out");
}

/** @param {State["view"]} view */
function changeView(view) {
  state.view = view;
  state.notice = undefined;
  show();
  element(view === "tokens" ? "tokens-title" : "bearer").focus();
}

// --------------------------------------------------------------- filter and selection

function selectExpired() {
  const now = Date.now();
  select(idsOf(visibleRows().filter((row) => expiryKind(row, now) === "expired")), true);
  announce(`${state.selected.size} selected`);
}

/** @param {Partial<Filter>} change */
function changeFilter(change) {
  const unfinished = change.kind
    ? new Set(idsOf(allRows().filter(isUnfinished)))
    : state.filter.unfinished;
  state.filter = { ...state.filter, ...change, unfinished };
  show();
  announce(`${visibleRows().length} of ${formatCount(allRows().length, "token")} shown`);
}

function clearFilter() {
  input("search").value = "";
  input("kind-all").checked = true;
  changeFilter({ text: "", kind: "all" });
  input("search").focus();
}

/** Hides the removed rows, or if all of them are hidden, shows them again. */
function toggleRemoved() {
  const removed = idsOf(allRows().filter(isRemoved));
  const { hidden } = state.filter;
  changeFilter({ hidden: new Set(removed.some((id) => !hidden.has(id)) ? removed : []) });
}

function toggleExactTimes() {
  const isPressed = element("table").classList.toggle("exact-times");
  element("exact-times").ariaPressed = String(isPressed);
}

/** @param {Column} column */
function sortBy(column) {
  state.order = toggleOrder(state.order, column);
  show();
}

// -------------------------------------------------------------------------- deletions

/**
 * Deletes the token of the row whose button was clicked.
 * @param {EventTarget | null} target
 */
function deleteClicked(target) {
  const id = target instanceof HTMLElement ? target.dataset.delete : undefined;
  const row = allRows().find((each) => each.id === id);
  if (row) confirmAndDelete([row]);
}

function dismissNotice() {
  state.notice = undefined;
  show();
}

// --------------------------------------------------------------------- event listeners

const cancel = () => state.task?.cancel();

/** @type {Record<string, () => unknown>} */
const CLICK_ACTIONS = {
  reload,
  "sign-out": signOut,
  "sign-in-cancel": cancel,
  "list-again": listByServerSignIn,
  back: () => changeView("tokens"),
  "select-expired": selectExpired,
  "clear-filter": clearFilter,
  cancel,
  "try-again": () => state.notice?.retry?.(),
  "sign-in-again": () => changeView("sign-in"),
  "renew-sign-in": () => changeView("sign-in"),
  check: checkUnknown,
  retry: () => deleteRows(rowsIn(allRows(), "failed")),
  delete: () => confirmAndDelete(selectedRows()),
  dismiss: dismissNotice,
  "hide-removed": toggleRemoved,
  "exact-times": toggleExactTimes,
};

for (const [id, act] of Object.entries(CLICK_ACTIONS)) {
  button(id).addEventListener("click", () => {
    if (isEnabled(button(id))) act();
  });
}

for (const column of /** @type {Column[]} */ (["name", "id", "expires"])) {
  button(`sort-${column}`).addEventListener("click", () => sortBy(column));
}

element("sign-in-form").addEventListener("submit", (event) => {
  event.preventDefault();
  if (!state.task) signIn();
});
input("select-all").addEventListener("click", () =>
  select(idsOf(visibleRows()), input("select-all").checked),
);
input("search").addEventListener("input", () => changeFilter({ text: input("search").value }));
element("kinds").addEventListener("change", ({ target }) => {
  if (target instanceof HTMLInputElement)
    changeFilter({ kind: /** @type {Kind} */ (target.value) });
});

element("rows").addEventListener("click", ({ target }) => deleteClicked(target));

addEventListener("online", show);
addEventListener("offline", show);
// Tokens expire while the page stays open.
setInterval(show, 60_000);
// Leaving during a run would leave outcomes unknown.
addEventListener("beforeunload", (event) => {
  if (state.task?.kind === "delete") event.preventDefault();
});

/**
 * What the server tells the page.
 * @param {string} name
 */
const told = (name) =>
  document.querySelector(`meta[name=codecatalyst-${name}]`)?.getAttribute("content") ?? "";

element("service").textContent = told("service");
element("on-this-machine").hidden = told("service").startsWith("https:");
element("sample").hidden = told("sample") === "";
state.serverSignIn = told("signed-in");
button("dismiss").append(createIcon("close"));
// Disabled until here, so that it can't be used before the scripts are loaded.
button("sign-in-submit").disabled = false;
show();
if (state.serverSignIn) listByServerSignIn();
else input("bearer").focus();
