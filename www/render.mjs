// Puts the state on screen, except for the rows of the table.

import { formatCount } from "/codecatalyst-pat/format-error.js";
import { describeLoading, renderBar } from "./bar.mjs";
import { create, setEnabled, setText } from "./components/dom.mjs";
import { button, element, input, setVisible } from "./dom.mjs";
import { createDetails } from "./notice.mjs";
import { countByKind, isRemoved, isSelectable } from "./rows.mjs";
import { renderSignInExpiry } from "./sign-in-expiry.mjs";

/** @import { Order, Row } from "./rows.mjs" */
/** @import { Notice, State } from "./state.mjs" */

// The service gives a user no more tokens. In a longer table, rows off screen are not laid out.
const LONG = 100;

const OFFLINE = "This machine is offline. You can look at the list; everything else has to wait.";

const NO_TOKENS = {
  title: "You have no access tokens",
  text: "Git and development environments use them to sign in. There is nothing to delete.",
};
const NO_MATCH = { title: "No tokens match", text: "Change the filter above, or show all tokens." };

/**
 * @param {State} state
 * @param {Row[]} visible
 * @param {number} now
 */
export function render(state, visible, now) {
  const isSignedIn = state.view === "tokens";
  setText(element("offline"), navigator.onLine ? "" : OFFLINE);
  renderSignInExpiry(state, now, announce);
  setVisible("session", isSignedIn);
  // The command that started the server ends its sign-in.
  setVisible("sign-out", !state.serverSignIn);
  setText(element("signed-in"), state.serverSignIn && `, signed in with ${state.serverSignIn}`);
  setVisible("sign-in", !isSignedIn);
  setVisible("tokens", isSignedIn);
  if (isSignedIn) renderTokens(state, visible, now);
  else renderSignIn(state);
}

/**
 * Tells something to users who can't see the screen.
 * @param {string} text
 */
export const announce = (text) => setText(element("announcer"), text);

// ---------------------------------------------------------------------------- sign-in

/** @param {State} state */
function renderSignIn({ task, notice, rows, serverSignIn }) {
  setText(element("sign-in-title"), describeSignIn(serverSignIn, rows));
  setVisible("sign-in-form", !serverSignIn);
  setVisible("list-again", serverSignIn && !task);
  setEnabled(button("sign-in-submit"), !task);
  setVisible("sign-in-cancel", task);
  setVisible("back", rows && !task);
  setVisible("loading", task);
  setText(element("loading-text"), task ? describeLoading(task) : "");
  renderSignInError(task ? undefined : notice);
}

/**
 * @param {string} serverSignIn
 * @param {Row[] | undefined} rows
 */
function describeSignIn(serverSignIn, rows) {
  if (serverSignIn) return "Your tokens";
  return rows ? "Sign in again" : "Sign in to see your tokens";
}

/**
 * The notice on screen. It isn't created again, so its details stay open.
 * @type {Notice | undefined}
 */
let renderedNotice;

/** @param {Notice | undefined} notice */
function renderSignInError(notice) {
  if (renderedNotice === notice) return;
  renderedNotice = notice;
  element("sign-in-error").replaceChildren(
    ...(notice
      ? [
          create("p", {}, create("b", {}, notice.title)),
          create("p", {}, notice.text),
          ...createDetails(notice),
        ]
      : []),
  );
}

// ----------------------------------------------------------------------------- tokens

/**
 * @param {State} state
 * @param {Row[]} visible
 * @param {number} now
 */
function renderTokens(state, visible, now) {
  const { rows = [] } = state;
  const counts = countByKind(rows, now);
  renderHeading(state, counts.all);
  renderFilters(state, counts);
  renderSelectAll(visible.filter(isSelectable), state.selected);
  renderOrder(state.order);
  renderEmpty(rows, visible);
  renderBar(state, visible);
}

/**
 * @param {State} state
 * @param {number} count
 */
function renderHeading({ rows = [], loadedAt, task, filter }, count) {
  setText(element("tokens-title"), formatCount(count, "token"));
  setText(element("loaded-at"), loadedAt ? `as of ${formatTime(loadedAt)}` : "");
  setEnabled(button("reload"), !task);
  setEnabled(button("sign-out"), !task);
  element("table").ariaBusy = String(task?.kind === "list");
  element("table").classList.toggle("busy", task !== undefined);
  element("table").classList.toggle(
    "has-results",
    rows.some(({ outcome }) => outcome),
  );
  element("table").classList.toggle("long", rows.length > LONG);
  setVisible("exact-times", rows.length > 0);
  renderHideRemoved(rows.filter(isRemoved), filter.hidden);
}

/** @param {Date} date */
const formatTime = (date) =>
  date.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });

/**
 * Hides what results bring along, but keeps its place: no row may move because of a result.
 * @param {string} id
 * @param {boolean} isAbsent
 */
const setAbsent = (id, isAbsent) => element(id).classList.toggle("absent", isAbsent);

/**
 * @param {Row[]} removed
 * @param {Set<string>} hidden
 */
function renderHideRemoved(removed, hidden) {
  const visible = removed.filter(({ id }) => !hidden.has(id)).length;
  const isHiding = removed.length > 0 && visible === 0;
  const text = isHiding ? `Show ${removed.length} deleted` : `Hide ${visible} deleted`;
  setText(element("hide-removed"), text);
  setAbsent("hide-removed", removed.length === 0);
}

/**
 * "Unfinished" is offered only while there are such rows, or it is what is shown.
 * @param {State} state
 * @param {Record<string, number>} counts
 */
function renderFilters({ rows = [], filter }, counts) {
  for (const target of document.querySelectorAll("[data-count]")) {
    if (target instanceof HTMLElement) setText(target, String(counts[target.dataset.count ?? ""]));
  }
  setVisible("list-actions", rows.length > 0);
  setVisible("filters", rows.length > 0);
  setAbsent("kind-unfinished", counts.unfinished === 0 && filter.kind !== "unfinished");
  setVisible("select-expired", counts.expired > 0);
}

/**
 * @param {Row[]} selectable
 * @param {Set<string>} selected
 */
function renderSelectAll(selectable, selected) {
  const box = input("select-all");
  const ticked = selectable.filter(({ id }) => selected.has(id)).length;
  box.checked = ticked > 0 && ticked === selectable.length;
  box.indeterminate = ticked > 0 && ticked < selectable.length;
}

/** @param {Order} order */
function renderOrder({ by, descending }) {
  for (const heading of document.querySelectorAll("th[data-column]")) {
    if (heading.getAttribute("data-column") !== by) heading.removeAttribute("aria-sort");
    else heading.setAttribute("aria-sort", descending ? "descending" : "ascending");
  }
}

/**
 * @param {Row[]} rows
 * @param {Row[]} visible
 */
function renderEmpty(rows, visible) {
  setVisible("empty", visible.length === 0);
  setVisible("table", visible.length > 0);
  setVisible("clear-filter", rows.length > 0);
  const { title, text } = rows.length === 0 ? NO_TOKENS : NO_MATCH;
  setText(element("empty-title"), title);
  setText(element("empty-text"), text);
}
