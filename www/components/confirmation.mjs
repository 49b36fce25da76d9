// The question before tokens are deleted. It lists each of them.

import { formatCount } from "../codecatalyst-pat/format-error.js";
import { escapeUnsafe } from "../codecatalyst-pat/safe-text.js";
import { create } from "./dom.mjs";
import { describeExpiry, expiryKind } from "./expiry.mjs";
import { createName } from "./token-name.mjs";

/** @typedef {{ id: string, name: string, expiresTime?: Date }} Token */

/**
 * Asks whether to delete tokens.
 * @param {Token[]} tokens  at least one
 * @param {number} now
 */
export async function confirmDeletion(tokens, now) {
  const dialog = createDialog(tokens, now);
  document.body.append(dialog);
  const closed = new Promise((resolve) => dialog.addEventListener("close", resolve));
  dialog.showModal();
  await closed;
  dialog.remove();
  // The Escape key closes a dialog without a value.
  return dialog.returnValue === "delete";
}

/**
 * @param {Token[]} tokens
 * @param {number} now
 */
function createDialog(tokens, now) {
  const list = create("ul", {}, ...tokens.map((token) => createItem(token, now)));
  // A long list scrolls, and the keyboard must be able to scroll it.
  if (tokens.length > 1) Object.assign(list, { tabIndex: 0, ariaLabel: "Tokens to delete" });
  const dialog = create(
    "dialog",
    { className: "confirmation" },
    create("h2", { id: "confirmation-title" }, ...createTitle(tokens)),
    create("p", { id: "confirmation-text" }, describeConsequence(tokens, now)),
    list,
    createActions(tokens.length),
  );
  dialog.setAttribute("aria-labelledby", "confirmation-title");
  dialog.setAttribute("aria-describedby", "confirmation-text");
  return dialog;
}

/** @param {Token[]} tokens */
function createTitle(tokens) {
  if (tokens.length > 1) return [`Delete ${formatCount(tokens.length, "access token")}?`];
  return ["Delete “", createName(tokens[0].name), "”?"];
}

/**
 * @param {Token[]} tokens
 * @param {number} now
 */
function describeConsequence(tokens, now) {
  const valid = tokens.filter((token) => expiryKind(token, now) !== "expired").length;
  return `This can’t be undone. ${tokens.length === 1 ? describeOne(valid) : describeMany(valid, tokens.length)}`;
}

/** @param {number} valid */
const describeOne = (valid) =>
  valid === 0
    ? "The token has already expired."
    : "The token is still valid: anything that signs in with it will be locked out.";

/**
 * @param {number} valid
 * @param {number} count
 */
function describeMany(valid, count) {
  if (valid === 0) return "All of them have already expired.";
  const [are, them] = valid === 1 ? ["is", "it"] : ["are", "them"];
  return `${valid} of ${count} ${are} still valid: anything that signs in with ${them} will be locked out.`;
}

/**
 * @param {Token} token
 * @param {number} now
 */
function createItem(token, now) {
  const item = create(
    "li",
    {},
    createName(token.name),
    create("span", { className: "when" }, describeExpiry(token, now)),
    create("code", {}, escapeUnsafe(token.id)),
  );
  item.dataset.kind = expiryKind(token, now);
  return item;
}

/** @param {number} count */
function createActions(count) {
  const keep = create(
    "button",
    { id: "confirmation-keep", value: "keep", autofocus: true },
    "Keep",
  );
  const label = count === 1 ? "Delete token" : `Delete ${formatCount(count, "token")}`;
  const remove = create("button", { id: "confirmation-delete", value: "delete" }, label);
  remove.className = "primary danger";
  return create("form", { method: "dialog", className: "actions" }, keep, remove);
}
