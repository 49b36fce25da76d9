// The state of the page, and how it gets on screen.

import { distinctNames } from "./components/token-name.mjs";
import { element } from "./dom.mjs";
import { coalesce } from "./frames.mjs";
import { render } from "./render.mjs";
import { filterAndSort, idsOf, isRemoved, isSelectable } from "./rows.mjs";
import { createTable } from "./table.mjs";

/** @import { Facts } from "./outcomes.mjs" */
/** @import { Filter, Order, Row } from "./rows.mjs" */
/** @import { Wait } from "/codecatalyst-pat/describe-wait.js" */
/** @import { StoppableRun } from "/codecatalyst-pat/stoppable.js" */

/**
 * What is under way.
 * @typedef {object} Task
 * @property {"list" | "delete"} kind
 * @property {Set<string>} ids  the tokens that are being deleted
 * @property {number} found  how many tokens a list has found so far
 * @property {() => void} cancel
 * @property {() => Wait | undefined} wait  what it waits for now
 * @property {StoppableRun} [run]  of deletions
 *
 * How the last task ended.
 * @typedef {object} Notice
 * @property {"error" | "neutral"} tone
 * @property {string} title
 * @property {string} text
 * @property {Facts} [facts]
 * @property {() => unknown} [retry]
 * @property {boolean} needsSignIn  whether a fresh bearer token may help
 *
 * @typedef {object} State
 * @property {"sign-in" | "tokens"} view
 * @property {string} serverSignIn  what the page's server is signed in with; empty if it isn't
 * @property {string} bearerToken  empty while signed out
 * @property {Date | undefined} expiresAt  when it expires, if what was pasted told
 * @property {Row[] | undefined} rows  undefined until the first list has arrived
 * @property {Date | undefined} loadedAt
 * @property {Set<string>} selected
 * @property {Order} order
 * @property {Filter} filter
 * @property {Task | undefined} task
 * @property {Notice | undefined} notice
 */

/**
 * The bearer token is here and in the field that it's pasted into: never in storage, in a URL, or
 * in the document's text.
 * @type {State}
 */
export const state = {
  view: "sign-in",
  serverSignIn: "",
  bearerToken: "",
  expiresAt: undefined,
  rows: undefined,
  loadedAt: undefined,
  selected: new Set(),
  order: { by: "expires", descending: false },
  filter: { text: "", kind: "all", unfinished: new Set(), hidden: new Set() },
  task: undefined,
  notice: undefined,
};

const table = createTable(element("rows"), select);

/**
 * The rows on screen.
 * @type {Row[]}
 */
let shown = [];

/**
 * The rows that the next frame has to draw.
 * @type {Set<Row>}
 */
const changed = new Set();

/** Puts the state on screen. */
export function show() {
  const focused = document.activeElement;
  const now = Date.now();
  shown = visibleRows();
  render(state, shown, now);
  table.show(shown, { selected: state.selected, names: distinctNames(allRows()), now });
  // A frame that is still to come would draw these as they were before a new list.
  changed.clear();
  if (focused && focused !== document.body && !isVisible(focused)) moveFocus();
}

const isVisible = (/** @type {Element} */ target) =>
  target.checkVisibility({ visibilityProperty: true });

const drawChanges = coalesce(() => {
  render(state, shown, Date.now());
  table.update(changed, state.selected);
  changed.clear();
});

/**
 * Puts the progress of a task on screen with the next frame, and the row that it has changed, if any.
 * However many steps a task takes between two frames, they are drawn once.
 * @param {Row} [row]
 */
export function showProgress(row) {
  if (row) changed.add(row);
  drawChanges();
}

// Keyboard users whose button has disappeared must not end up at the start of the page. Where the bar
// sticks, the new focus is on screen; scrolling to the bar's place in the document would move the page
// away. In a low window it doesn't stick (see bar.css).
function moveFocus() {
  const id = state.view === "tokens" ? "status" : "sign-in-submit";
  const target = element(id).checkVisibility() ? element(id) : element("tokens-title");
  target.focus({ preventScroll: !matchMedia("(max-height: 26rem)").matches });
}

/** All rows; none before the first list has arrived. */
export const allRows = () => state.rows ?? [];

/** The rows that match the filter, in order. */
export const visibleRows = () => filterAndSort(allRows(), { ...state, now: Date.now() });

/** The selected rows in order, including those that the filter hides. */
export function selectedRows() {
  const rows = allRows().filter(({ id }) => state.selected.has(id));
  const filter = {
    ...state.filter,
    text: "",
    kind: /** @type {const} */ ("all"),
    hidden: new Set(),
  };
  return filterAndSort(rows, { ...state, filter, now: Date.now() });
}

// -------------------------------------------------------------------------- selection

/**
 * Selects or deselects rows. Removed rows, and those under way, can't be selected.
 * @param {string[]} ids
 * @param {boolean} isSelected
 */
export function select(ids, isSelected) {
  const selectable = new Set(idsOf(allRows().filter(isSelectable)));
  for (const id of ids) {
    if (isSelected && selectable.has(id)) state.selected.add(id);
    else state.selected.delete(id);
  }
  show();
}

/**
 * Deselects a row whose token no longer exists.
 * @param {Row} row
 */
export function deselectIfRemoved(row) {
  if (isRemoved(row)) state.selected.delete(row.id);
}

/** Deselects what no longer exists. Rows that wait or have failed stay selected. */
export function deselectRemoved() {
  const existing = new Set(idsOf(allRows().filter((row) => !isRemoved(row))));
  state.selected = new Set([...state.selected].filter((id) => existing.has(id)));
}
