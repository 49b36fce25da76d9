// The rows of the table on screen. A row is made once and then changed in place, so that whoever is on it stays on it.

import { factList, say, tag } from "./dom.mjs";
import { describe } from "./outcomes.mjs";
import { expiryKind, isRemoved, isSelectable } from "./tokens.mjs";
import { exactly, fromNow } from "./words.mjs";

/** `onSelect` is told the ids that were ticked or unticked, and which of the two. */
export function createTable(body, onSelect) {
  let views = new Map();
  const show = (rows, selected, now) => {
    views = new Map(rows.map((row) => [row.id, views.get(row.id) ?? newView(row)]));
    for (const row of rows) update(views.get(row.id), row, selected.has(row.id), now);
    arrange(
      body,
      [...views.values()].map(({ element }) => element),
    );
  };
  body.addEventListener(
    "click",
    selection(() => [...views.keys()], onSelect),
  );
  return { show };
}

// Only if the order has changed: putting a row where it is already takes the focus from what is in it.
function arrange(body, elements) {
  const isSame =
    elements.length === body.children.length &&
    elements.every((each, index) => each === body.children[index]);
  if (!isSame) body.replaceChildren(...elements);
}

// With the shift key, all rows from the last one on take the state of this one.
function selection(shownIds, onSelect) {
  let last;
  return ({ target, shiftKey }) => {
    const { id } = target.closest("input[type=checkbox]")?.dataset ?? {};
    if (id === undefined) return;
    onSelect(shiftKey ? range(shownIds(), last, id) : [id], target.checked);
    last = id;
  };
}

function range(ids, from, to) {
  const [start, end] = [ids.indexOf(from), ids.indexOf(to)].sort((a, b) => a - b);
  return start === -1 ? [to] : ids.slice(start, end + 1);
}

// --------------------------------------------------------------------- one row

let serial = 0;

const cell = (className, ...content) => tag("td", { className, role: "cell" }, ...content);

function newView({ id, name, expiresTime }) {
  const box = tag("input", { type: "checkbox", id: `box-${(serial += 1)}` });
  box.dataset.id = id;
  const label = tag("label", { htmlFor: box.id }, name);
  const expires = cell("expires", ...expiry(expiresTime));
  const result = cell("result");
  const heading = tag("th", { className: "name", scope: "row", role: "rowheader" }, label);
  const cells = [cell("box", box), heading, cell("id", tag("code", {}, id)), expires, result];
  return {
    element: tag("tr", { role: "row" }, ...cells),
    box,
    expires,
    result,
    outcome: undefined,
  };
}

function expiry(expiresTime) {
  if (expiresTime === undefined) return [tag("span", {}, "No expiry known")];
  const iso = expiresTime.toISOString();
  const time = tag("time", { className: "quiet", dateTime: iso, title: iso }, exactly(expiresTime));
  return [
    tag("span", {}, tag("b", { className: "mark" }), " ", tag("span", { className: "from-now" })),
    time,
  ];
}

function update(view, row, isSelected, now) {
  view.box.checked = isSelected;
  view.box.disabled = !isSelectable(row);
  view.element.classList.toggle("selected", isSelected);
  view.element.classList.toggle("removed", isRemoved(row));
  if (row.expiresTime) updateExpiry(view.expires, row, now);
  if (view.outcome !== row.outcome) view.result.replaceChildren(...result(row.outcome));
  view.outcome = row.outcome;
}

const MARKS = { expired: "Expired", soon: "Soon", later: "" };

function updateExpiry(expires, row, now) {
  const kind = expiryKind(row, now);
  expires.dataset.kind = kind;
  say(expires.querySelector(".mark"), MARKS[kind]);
  say(expires.querySelector(".from-now"), fromNow(row.expiresTime, now));
}

// Two lines, and what is behind them only for who asks.
function result(outcome) {
  if (outcome === undefined) return [];
  const { tone, label, advice, facts } = describe(outcome);
  const lines = [
    tag("span", { className: "label" }, label),
    tag("span", { className: "advice" }, advice),
  ];
  const list = factList(facts);
  const created = list
    ? tag("details", {}, tag("summary", {}, ...lines), list)
    : tag("div", {}, ...lines);
  created.className = "outcome";
  created.dataset.tone = tone;
  return [created];
}
