// The rows of the table on screen. A row's element is created once and then updated in place, so
// that it keeps the focus.

import { create, createFactList, setText } from "./dom.mjs";
import { formatDateTime, formatRelativeTime } from "./format.mjs";
import { describeOutcome } from "./outcomes.mjs";
import { expiryKind, isRemoved, isSelectable } from "./rows.mjs";

/** @import { Outcome, Row } from "./rows.mjs" */

/**
 * @typedef {(ids: string[], isSelected: boolean) => void} OnSelect
 *
 * The elements of a row.
 * @typedef {object} RowView
 * @property {HTMLTableRowElement} element
 * @property {HTMLInputElement} box
 * @property {HTMLElement} expires
 * @property {HTMLElement} result
 * @property {Outcome | undefined} outcome  the one on screen
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
   * @param {Row[]} rows
   * @param {Set<string>} selected
   * @param {number} now
   */
  const show = (rows, selected, now) => {
    const previous = views;
    views = new Map();
    for (const row of rows) {
      const view = previous.get(row.id) ?? createRow(row);
      views.set(row.id, view);
      updateRow(view, row, selected.has(row.id), now);
    }
    arrange(
      body,
      Array.from(views.values(), ({ element }) => element),
    );
  };
  return { show };
}

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

// ---------------------------------------------------------------------------- one row

let boxCount = 0;

/**
 * @param {string} className
 * @param {(Node | string)[]} content
 */
const createCell = (className, ...content) => create("td", { className, role: "cell" }, ...content);

/**
 * @param {Row} row
 * @returns {RowView}
 */
function createRow({ id, name, expiresTime }) {
  const box = createCheckbox(id);
  const label = create("label", { htmlFor: box.id }, name);
  const heading = create("th", { className: "name", scope: "row", role: "rowheader" }, label);
  const expires = createCell("expires", ...createExpiry(expiresTime));
  const result = createCell("result");
  const cells = [
    createCell("box", box),
    heading,
    createCell("id", create("code", {}, id)),
    expires,
    result,
  ];
  const element = create("tr", { role: "row" }, ...cells);
  return { element, box, expires, result, outcome: undefined };
}

/** @param {string} tokenId */
function createCheckbox(tokenId) {
  boxCount += 1;
  const box = create("input", { type: "checkbox", id: `box-${boxCount}` });
  box.dataset.id = tokenId;
  return box;
}

/** @param {Date | undefined} expiresTime */
function createExpiry(expiresTime) {
  if (expiresTime === undefined) return [create("span", {}, "No expiry known")];
  const iso = expiresTime.toISOString();
  const exact = formatDateTime(expiresTime);
  const mark = create("b", { className: "mark" });
  const relative = create("span", { className: "relative" });
  return [
    create("span", {}, mark, " ", relative),
    create("time", { className: "muted", dateTime: iso, title: iso }, exact),
  ];
}

/**
 * @param {RowView} view
 * @param {Row} row
 * @param {boolean} isSelected
 * @param {number} now
 */
function updateRow(view, row, isSelected, now) {
  view.box.checked = isSelected;
  view.box.disabled = !isSelectable(row);
  view.element.classList.toggle("selected", isSelected);
  view.element.classList.toggle("removed", isRemoved(row));
  if (row.expiresTime) updateExpiry(view.expires, row.expiresTime, expiryKind(row, now), now);
  if (view.outcome !== row.outcome) view.result.replaceChildren(...createResult(row.outcome));
  view.outcome = row.outcome;
}

const MARKS = { expired: "Expired", soon: "Soon", later: "" };

/**
 * @param {HTMLElement} cell
 * @param {Date} expiresTime
 * @param {keyof typeof MARKS} kind
 * @param {number} now
 */
function updateExpiry(cell, expiresTime, kind, now) {
  cell.dataset.kind = kind;
  const [mark, relative] = /** @type {NodeListOf<HTMLElement>} */ (
    cell.querySelectorAll(".mark, .relative")
  );
  setText(mark, MARKS[kind]);
  setText(relative, formatRelativeTime(expiresTime, now));
}

/**
 * Two lines, and the facts behind them on request.
 * @param {Outcome | undefined} outcome
 */
function createResult(outcome) {
  if (outcome === undefined) return [];
  const { tone, label, advice, facts } = describeOutcome(outcome);
  const lines = [
    create("span", { className: "label" }, label),
    create("span", { className: "advice" }, advice),
  ];
  const list = createFactList(facts);
  const created = list
    ? create("details", {}, create("summary", {}, ...lines), list)
    : create("div", {}, ...lines);
  created.className = "outcome";
  created.dataset.tone = tone;
  return [created];
}
