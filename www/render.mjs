// Puts the state on screen, except for the rows of the table.

import { formatCount } from "/codecatalyst-pat/format-error.js";
import { describeStop } from "/codecatalyst-pat/stoppable.js";
import { button, create, createFactList, element, input, setEnabled, setText } from "./dom.mjs";
import { formatTime } from "./format.mjs";
import { describeProgress } from "./outcomes.mjs";
import { countByKind, isSelectable, rowsIn } from "./rows.mjs";

/** @import { Order, Row } from "./rows.mjs" */
/** @import { Notice, State, Task } from "./state.mjs" */

const TITLE = document.title;
const ASK_FOR_TOKEN = "Sign in to see your tokens";
const OFFLINE = "This machine is offline. You can go on reading; requests fail until it is back.";

const NO_TOKENS = {
  title: "You have no access tokens",
  text: "Git and development environments sign in with them. There are none left to delete.",
};
const NO_MATCH = { title: "No token matches", text: "The filter above hides all of them." };

/**
 * @param {State} state
 * @param {Row[]} visible
 * @param {number} now
 */
export function render(state, visible, now) {
  const isSignedIn = state.view === "tokens";
  setText(element("offline"), navigator.onLine ? "" : OFFLINE);
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

/**
 * @param {string} id
 * @param {unknown} isVisible
 */
function setVisible(id, isVisible) {
  element(id).hidden = !isVisible;
}

// ---------------------------------------------------------------------------- sign-in

/** @param {State} state */
function renderSignIn({ task, notice, rows, serverSignIn }) {
  setText(element("sign-in-title"), serverSignIn ? "Your tokens" : ASK_FOR_TOKEN);
  setVisible("sign-in-form", !serverSignIn);
  setVisible("list-again", serverSignIn && !task);
  setEnabled(button("sign-in-submit"), !task);
  setVisible("sign-in-cancel", task);
  setVisible("back", rows && !task);
  setVisible("loading", task);
  setText(element("loading-text"), task ? describeLoading(task) : "");
  renderSignInError(task ? undefined : notice);
}

/** @param {Task} task */
const describeLoading = ({ found }) =>
  `Asking the service for your tokens…${found > 0 ? ` ${found} so far` : ""}`;

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

/** @param {Notice | undefined} notice */
function createDetails(notice) {
  const list = createFactList(notice?.facts);
  return list ? [create("details", {}, create("summary", {}, "Details"), list)] : [];
}

// ----------------------------------------------------------------------------- tokens

/**
 * @param {State} state
 * @param {Row[]} visible
 * @param {number} now
 */
function renderTokens(state, visible, now) {
  const { rows = [] } = state;
  renderHeading(state, now);
  renderFilters(rows, now);
  renderSelectAll(visible.filter(isSelectable), state.selected);
  renderOrder(state.order);
  renderEmpty(rows, visible);
  renderStatus(state, visible);
  renderActions(state);
}

/**
 * @param {State} state
 * @param {number} now
 */
function renderHeading({ rows = [], loadedAt, task }, now) {
  setText(element("tokens-title"), formatCount(countByKind(rows, now).all, "token"));
  setText(element("loaded-at"), loadedAt ? `as of ${formatTime(loadedAt)}` : "");
  setEnabled(button("reload"), !task);
  setEnabled(button("sign-out"), !task);
  element("table").ariaBusy = String(task?.kind === "list");
}

/**
 * @param {Row[]} rows
 * @param {number} now
 */
function renderFilters(rows, now) {
  const counts = /** @type {Record<string, number>} */ (countByKind(rows, now));
  for (const target of document.querySelectorAll("[data-count]")) {
    if (target instanceof HTMLElement) setText(target, String(counts[target.dataset.count ?? ""]));
  }
  setVisible("filters", rows.length > 0);
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

// ----------------------------------------------------------------- the bar at the end

/**
 * @param {State} state
 * @param {Row[]} visible
 */
function renderStatus(state, visible) {
  const { rows = [], task, notice } = state;
  document.title = TITLE;
  setVisible("progress", task?.kind === "delete");
  const text = task ? describeTask(task, rows) : describeNotice(notice);
  setText(element("status"), text);
  element("status").dataset.tone = task ? "" : (notice?.tone ?? "");
  if (renderedNotice !== notice)
    element("status-details").replaceChildren(...createDetails(notice));
  renderedNotice = notice;
  setText(element("selection"), describeSelection(state, visible));
  setVisible("bar", rows.length > 0 || text !== "");
}

/**
 * @param {Task} task
 * @param {Row[]} rows
 */
function describeTask(task, rows) {
  if (task.kind !== "delete") return describeLoading(task);
  const { done, text } = describeProgress(rows.filter(({ id }) => task.ids.has(id)));
  const total = task.ids.size;
  Object.assign(element("progress", HTMLProgressElement), { max: total, value: done });
  document.title = `${done}/${total} · ${TITLE}`;
  return task.run?.isStopping
    ? `${describeStop(task.run.underWayCount)} ${text}`
    : `Deleting: ${text}`;
}

/** @param {Notice | undefined} notice */
const describeNotice = (notice) => (notice ? `${notice.title}. ${notice.text}`.trim() : "");

/**
 * @param {State} state
 * @param {Row[]} visible
 */
function describeSelection({ rows = [], selected, task }, visible) {
  if (task || rows.length === 0) return "";
  if (selected.size === 0) return "Nothing selected";
  // Users must not delete what they don't see without being told.
  const hidden = selected.size - visible.filter(({ id }) => selected.has(id)).length;
  return `${selected.size} selected${hidden > 0 ? `, ${hidden} of them hidden by the filter` : ""}`;
}

/** @param {State} state */
function renderActions({ rows = [], task, notice, selected, serverSignIn }) {
  const failed = rowsIn(rows, "failed").length;
  const unknown = rowsIn(rows, "unknown").length;
  setVisible("cancel", task);
  setText(element("cancel"), task?.run?.isStopping ? "Cancel now" : "Cancel");
  setVisible("try-again", !task && notice?.retry);
  setVisible("sign-in-again", !task && notice?.needsSignIn && !serverSignIn);
  setVisible("check", !task && unknown > 0);
  setText(element("check"), `Check ${unknown} unknown`);
  setVisible("retry", !task && failed > 0);
  setText(element("retry"), `Retry ${failed} failed`);
  setVisible("delete", !task && rows.length > 0);
  const count = selected.size > 0 ? `${selected.size} ` : "";
  setText(element("delete"), `Delete ${count}selected…`);
  setEnabled(button("delete"), selected.size > 0);
}
