// One row of the table on screen.

import { create, createFactList } from "./components/dom.mjs";
import { createExpiry } from "./components/expiry.mjs";
import { createTokenId } from "./components/token-id.mjs";
import { createName } from "./components/token-name.mjs";
import { describeOutcome } from "./outcomes.mjs";
import { announce } from "./render.mjs";
import { isRemoved, isSelectable } from "./rows.mjs";

/** @import { Outcome, Row } from "./rows.mjs" */
/** @typedef {ReturnType<typeof createRow>} RowView */

let rowCount = 0;

/**
 * @param {string} className
 * @param {(Node | string)[]} content
 */
const createCell = (className, ...content) => create("td", { className, role: "cell" }, ...content);

/**
 * A row, and how to update it. An update touches only what has changed.
 * @param {Row} row
 * @param {string} name  what the token is called where it's read out
 */
export function createRow(row, name) {
  rowCount += 1;
  const box = createCheckbox(row.id, name);
  const label = create("label", { htmlFor: box.id }, createName(row.name));
  const expiry = createExpiry(row);
  const result = createCell("result");
  const element = create(
    "tr",
    { role: "row" },
    createCell("box", box),
    create("th", { className: "name", scope: "row", role: "rowheader" }, label),
    createCell("id", createTokenId(row.id, name, announce)),
    createCell("expires", expiry.element),
    result,
    createCell("action", createDeleteButton(row.id, name)),
  );
  const update = updater(element, box, result);
  return { id: row.id, name, element, update, updateExpiry: expiry.update };
}

/**
 * @param {HTMLElement} element
 * @param {HTMLInputElement} box
 * @param {HTMLElement} result
 * @returns {(row: Row, isSelected: boolean) => void}
 */
function updater(element, box, result) {
  /** @type {Outcome | undefined} */
  let shown;
  return (row, isSelected) => {
    box.checked = isSelected;
    element.classList.toggle("selected", isSelected);
    if (shown === row.outcome) return;
    shown = row.outcome;
    box.disabled = !isSelectable(row);
    element.classList.toggle("removed", isRemoved(row));
    result.replaceChildren(...createResult(shown));
  };
}

/**
 * @param {string} tokenId
 * @param {string} name
 */
function createCheckbox(tokenId, name) {
  const box = create("input", { type: "checkbox", id: `box-${rowCount}`, ariaLabel: name });
  box.dataset.id = tokenId;
  return box;
}

/**
 * @param {string} tokenId
 * @param {string} name
 */
function createDeleteButton(tokenId, name) {
  const properties = { type: /** @type {const} */ ("button"), className: "quiet danger" };
  const button = create("button", properties, "Delete");
  button.ariaLabel = `Delete ${name}`;
  button.dataset.delete = tokenId;
  return button;
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
