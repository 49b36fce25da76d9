// The elements that the popup consists of.

import { canDelete, isDeleted } from "./state.js";
import { deletionNotice, describeExpiry } from "./words.js";

/** @import { State, Token } from "./state.js" */
/** @import { Notice } from "./words.js" */

/**
 * The element with an id. It must be there, and of the type given.
 * @template {HTMLElement} [T=HTMLElement]
 * @param {string} id
 * @param {new () => T} [type]
 * @returns {T}
 */
export function element(id, type) {
  const found = document.getElementById(id);
  if (found instanceof (type ?? HTMLElement)) return /** @type {T} */ (found);
  throw new TypeError(`#${id} is missing, or not of the type expected`);
}

/**
 * Creates an element. Children become text: names and messages come from the network and must not
 * become markup.
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} name
 * @param {Partial<HTMLElementTagNameMap[K]>} [properties]
 * @param {(Node | string | undefined)[]} children
 * @returns {HTMLElementTagNameMap[K]}
 */
export function create(name, properties = {}, ...children) {
  const created = Object.assign(document.createElement(name), properties);
  created.append(...children.filter((child) => child !== undefined));
  return created;
}

/**
 * Reads a text out to users who can't see the screen. The same text again counts as a change.
 * @param {string} text
 */
export function announce(text) {
  element("announcer").replaceChildren(create("span", {}, text));
}

/**
 * Enables or disables a button. Not by `disabled`, which takes the focus away from keyboard users.
 * @param {HTMLElement} button
 * @param {boolean} isEnabled
 */
export function setEnabled(button, isEnabled) {
  if (isEnabled) button.removeAttribute("aria-disabled");
  else button.setAttribute("aria-disabled", "true");
}

/**
 * A token, the result of its deletion, and the button that deletes it.
 * @param {Token} token
 * @param {State} state
 */
export function createRow(token, state) {
  const { text, isPast } = describeExpiry(token);
  const description = create(
    "div",
    { className: "token" },
    create("strong", {}, token.name),
    create("span", { className: isPast ? "expired" : "muted" }, text),
    create("code", {}, token.id),
  );
  const notice = deletionNotice(token.deletion);
  const row = create(
    "li",
    {},
    description,
    createControl(token, state),
    notice && createNotice(notice),
  );
  row.dataset.status = token.deletion?.status ?? "";
  return row;
}

/**
 * What has the token's id takes the focus when rows are created again. A deleted token has no
 * button any more, so its label takes it.
 * @param {Token} token
 * @param {State} state
 */
function createControl(token, state) {
  const control = isDeleted(token)
    ? create("span", { className: "deleted", tabIndex: -1 }, "Deleted")
    : createDeleteButton(token, state);
  control.dataset.id = token.id;
  return control;
}

/** @type {Record<string, string>} */
const LABELS = { waiting: "Waiting", running: "Deleting…" };

/**
 * @param {Token} token
 * @param {State} state
 */
function createDeleteButton(token, state) {
  const label = LABELS[token.deletion?.status ?? ""] ?? "Delete";
  const button = create("button", { type: "button" }, label);
  button.setAttribute("aria-label", `${label} ${token.name}`);
  setEnabled(button, canDelete(state, token.id));
  return button;
}

/**
 * Title, text, and the facts behind them on request.
 * @param {Notice} notice
 */
export function createNotice({ tone, title, text, facts = {} }) {
  const created = create(
    "div",
    { className: "notice" },
    create("p", {}, create("b", {}, title), ` ${text}`),
    createDetails(facts),
  );
  created.dataset.tone = tone;
  return created;
}

/** @param {NonNullable<Notice["facts"]>} facts */
function createDetails(facts) {
  const known = Object.entries(facts).filter(([, value]) => value !== undefined && value !== "");
  if (known.length === 0) return undefined;
  const entries = known.flatMap(([name, value]) => [
    create("dt", {}, name),
    create("dd", {}, String(value)),
  ]);
  return create("details", {}, create("summary", {}, "Details"), create("dl", {}, ...entries));
}
