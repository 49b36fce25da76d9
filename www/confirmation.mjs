// The question before tokens are deleted. It lists each of them.

import { formatCount } from "/codecatalyst-pat/format-error.js";
import { button, create, element } from "./dom.mjs";
import { formatRelativeTime } from "./format.mjs";
import { expiryKind } from "./rows.mjs";

/** @import { Row } from "./rows.mjs" */

const dialog = element("confirmation", HTMLDialogElement);

button("confirmation-keep").addEventListener("click", () => dialog.close("keep"));
button("confirmation-delete").addEventListener("click", () => dialog.close("delete"));

/**
 * Asks whether to delete the tokens of these rows.
 * @param {Row[]} rows
 * @param {number} now
 */
export async function confirmDeletion(rows, now) {
  fillIn(rows, now);
  // The Escape key closes a dialog without setting a new value.
  dialog.returnValue = "keep";
  const closed = new Promise((resolve) =>
    dialog.addEventListener("close", resolve, { once: true }),
  );
  dialog.showModal();
  await closed;
  return dialog.returnValue === "delete";
}

/**
 * @param {Row[]} rows
 * @param {number} now
 */
function fillIn(rows, now) {
  const count = rows.length;
  element("confirmation-title").textContent = `Delete ${formatCount(count, "access token")}?`;
  element("confirmation-text").textContent = describeConsequence(rows, now);
  element("confirmation-names").replaceChildren(...rows.map((row) => createItem(row, now)));
  element("confirmation-delete").textContent = `Delete ${formatCount(count, "token")}`;
}

/**
 * @param {Row[]} rows
 * @param {number} now
 */
function describeConsequence(rows, now) {
  const valid = rows.filter((row) => expiryKind(row, now) !== "expired").length;
  if (valid === 0) return "This can’t be undone. All of them have expired already.";
  const count = `Still valid: ${valid} of ${rows.length}.`;
  return `This can’t be undone. ${count} Anything that signs in with one of these will be locked out.`;
}

/**
 * @param {Row} row
 * @param {number} now
 */
function createItem(row, now) {
  const item = create(
    "li",
    {},
    create("b", {}, row.name),
    create("span", { className: "when" }, describeExpiry(row, now)),
    create("code", {}, row.id),
  );
  item.dataset.kind = expiryKind(row, now);
  return item;
}

/**
 * @param {Row} row
 * @param {number} now
 */
function describeExpiry(row, now) {
  if (!row.expiresTime) return "no expiry known";
  const verb = expiryKind(row, now) === "expired" ? "expired" : "expires";
  return `${verb} ${formatRelativeTime(row.expiresTime, now)}`;
}
