// The state of the page, and how it comes on screen.

import { element } from "./dom.mjs";
import { render } from "./screen.mjs";
import { createTable } from "./table.mjs";
import { arranged, isRemoved, isSelectable } from "./tokens.mjs";

export const state = {
  view: "sign-in",
  bearer: undefined, // here and in the field it is pasted into; never in storage, in a URL or in the document's text
  rows: undefined, // until the first list has come
  loadedAt: undefined,
  selected: new Set(),
  order: { by: "expires", descending: false },
  filter: { text: "", kind: "all", unfinished: new Set() },
  work: undefined, // what is under way: { kind, ids, found, abort }
  note: undefined, // what there is to say about the last work: { title, text, facts, tone, again, signIn }
};

const table = createTable(element("rows"), select);

/** Puts everything on screen as it is now. */
export function show() {
  const focused = document.activeElement;
  const shown = shownRows();
  const now = Date.now();
  render(state, shown, now);
  table.show(shown, state.selected, now);
  if (focused !== document.body && !focused.checkVisibility()) keepFocus();
}

// Who was on a button that has gone is not thrown back to the start of the page. What takes the focus is on screen, where
// the bar sticks; scrolling to its place at the end of the table would take the page away from under the eyes.
function keepFocus() {
  element(state.view === "tokens" ? "said" : "enter").focus({ preventScroll: true });
}

/** The rows that the filter lets through, in order. */
export const shownRows = () => arranged(state.rows ?? [], { ...state, now: Date.now() });

/** What is selected, also what the filter hides, in order. */
export function selectedRows() {
  const rows = state.rows.filter(({ id }) => state.selected.has(id));
  return arranged(rows, { ...state, filter: { text: "", kind: "all" }, now: Date.now() });
}

// ------------------------------------------------------------------- selection

/** Selects rows, or takes them out; what is gone or under way can't be selected. */
export function select(ids, isWanted) {
  const selectable = new Set(state.rows.filter(isSelectable).map(({ id }) => id));
  for (const id of ids) {
    if (isWanted && selectable.has(id)) state.selected.add(id);
    else state.selected.delete(id);
  }
  show();
}

/** Only what is there stays selected. What waits or has failed is: nobody has to look for it again. */
export function unselectLost() {
  const there = new Set(state.rows.filter((row) => !isRemoved(row)).map(({ id }) => id));
  for (const id of [...state.selected].filter((each) => !there.has(each)))
    state.selected.delete(id);
}
