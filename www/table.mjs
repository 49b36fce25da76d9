// The table's body on screen. A row's element is created once and then updated in place, so that it
// keeps the focus.

import { createRow } from "./row.mjs";

/** @import { Row } from "./rows.mjs" */
/** @import { RowView } from "./row.mjs" */

/**
 * @typedef {(ids: string[], isSelected: boolean) => void} OnSelect
 *
 * @typedef {object} TableState
 * @property {Set<string>} selected
 * @property {Map<string, string>} names  what each token is called where it's read out, by id
 * @property {number} now
 */

/**
 * @param {HTMLElement} body
 * @param {OnSelect} onSelect
 */
export function createTable(body, onSelect) {
  /** @type {Map<string, RowView>} */
  let views = new Map();
  body.addEventListener(
    "click",
    selectionListener(() => [...views.keys()], onSelect),
  );
  /**
   * Shows these rows and no others, in this order.
   * @param {Row[]} rows
   * @param {TableState} state
   */
  const show = (rows, { selected, names, now }) => {
    const previous = views;
    views = new Map();
    for (const row of rows) {
      const view = reusable(previous.get(row.id), names) ?? createRow(row, names.get(row.id) ?? "");
      views.set(row.id, view);
      view.update(row, selected.has(row.id));
      view.updateExpiry(now);
    }
    arrange(
      body,
      Array.from(views.values(), ({ element }) => element),
    );
  };
  /**
   * Updates these rows only.
   * @param {Iterable<Row>} rows
   * @param {Set<string>} selected
   */
  const update = (rows, selected) => {
    for (const row of rows) views.get(row.id)?.update(row, selected.has(row.id));
  };
  return { show, update };
}

/**
 * A new list may give a token another name to be read out: one that it shares is no longer enough.
 * @param {RowView | undefined} view
 * @param {Map<string, string>} names
 */
const reusable = (view, names) => (view && view.name === names.get(view.id) ? view : undefined);

/**
 * Puts rows in order, only if the order has changed: moving an element takes its focus away.
 * @param {HTMLElement} body
 * @param {HTMLElement[]} elements
 */
function arrange(body, elements) {
  const isSame =
    elements.length === body.children.length &&
    elements.every((each, index) => each === body.children[index]);
  if (!isSame) body.replaceChildren(...elements);
}

/**
 * With the shift key, all rows from the last one clicked take the state of this one.
 * @param {() => string[]} idsOnScreen
 * @param {OnSelect} onSelect
 * @returns {(event: MouseEvent) => void}
 */
function selectionListener(idsOnScreen, onSelect) {
  /** @type {string | undefined} */
  let last;
  return ({ target, shiftKey }) => {
    if (!(target instanceof HTMLInputElement) || target.dataset.id === undefined) return;
    const { id } = target.dataset;
    onSelect(shiftKey ? range(idsOnScreen(), last, id) : [id], target.checked);
    last = id;
  };
}

/**
 * @param {string[]} ids
 * @param {string | undefined} from
 * @param {string} to
 */
function range(ids, from, to) {
  const [start, end] = [from === undefined ? -1 : ids.indexOf(from), ids.indexOf(to)].sort(
    (a, b) => a - b,
  );
  return start === -1 ? [to] : ids.slice(start, end + 1);
}
