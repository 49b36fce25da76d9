// The rows of the popup, and its notices.

import { create, createFactList, setEnabled } from "./components/dom.mjs";
import { createExpiry } from "./components/expiry.mjs";
import { createTokenId } from "./components/token-id.mjs";
import { createName } from "./components/token-name.mjs";
import { announce } from "./dom.js";
import { canDelete, isDeleted, toAccessToken } from "./state.js";
import { deletionNotice } from "./words.js";

/** @import { State, Token } from "./state.js" */
/** @import { Notice } from "./words.js" */

/**
 * A token, the result of its deletion, and its controls.
 * @param {Token} token
 * @param {string} name  what it's called where its controls are read out
 * @param {State} state
 */
export function createRow(token, name, state) {
  const box = createBox(token, name, state);
  const expiry = createExpiry(toAccessToken(token));
  const notice = deletionNotice(token.deletion);
  const description = create(
    "div",
    { className: "token" },
    createName(token.name),
    create("div", { className: "facts" }, expiry.element, createTokenId(token.id, name, announce)),
  );
  const children = [box, description, createControl(token, name, state)];
  const row = create("li", {}, ...children, ...(notice ? [createNotice(notice)] : []));
  row.dataset.status = token.deletion?.status ?? "";
  return { element: row, box, update: expiry.update };
}

/**
 * @param {Token} token
 * @param {string} name
 * @param {State} state
 */
function createBox({ id }, name, state) {
  const box = create("input", { type: "checkbox", ariaLabel: name });
  box.dataset.select = id;
  box.disabled = !canDelete(state, id);
  return box;
}

/**
 * What has the token's id takes the focus when rows are created again. A deleted token has no
 * button any more, so its label takes it.
 * @param {Token} token
 * @param {string} name
 * @param {State} state
 */
function createControl(token, name, state) {
  const control = isDeleted(token)
    ? create("span", { className: "deleted", tabIndex: -1 }, "Deleted")
    : createDeleteButton(token, name, state);
  control.dataset.id = token.id;
  return control;
}

/** @type {Record<string, string>} */
const LABELS = { waiting: "Waiting", running: "Deleting…" };

/**
 * @param {Token} token
 * @param {string} name
 * @param {State} state
 */
function createDeleteButton(token, name, state) {
  const label = LABELS[token.deletion?.status ?? ""] ?? "Delete";
  const button = create("button", { type: "button", className: "quiet danger" }, label);
  button.ariaLabel = `${label} ${name}`;
  setEnabled(button, canDelete(state, token.id));
  return button;
}

/**
 * Title, text, and the facts behind them on request.
 * @param {Notice} notice
 */
export function createNotice({ tone, title, text, facts }) {
  const list = createFactList(facts);
  const details = list ? [create("details", {}, create("summary", {}, "Details"), list)] : [];
  const line = create("p", {}, create("b", {}, title), ` ${text}`);
  const created = create("div", { className: "notice" }, line, ...details);
  created.dataset.tone = tone;
  return created;
}
