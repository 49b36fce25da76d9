// The question before tokens are deleted. It names each of them.

import { element, tag } from "./dom.mjs";
import { expiryKind } from "./tokens.mjs";
import { count, fromNow } from "./words.mjs";

const dialog = element("confirmation");

element("confirmation-no").addEventListener("click", () => dialog.close("no"));
element("confirmation-yes").addEventListener("click", () => dialog.close("yes"));

/** Whether the user wants these rows' tokens to be deleted. */
export async function confirmed(rows, now) {
  ask(rows, now);
  // The Escape key closes a dialog without a new value.
  dialog.returnValue = "no";
  const closed = new Promise((resolve) =>
    dialog.addEventListener("close", resolve, { once: true }),
  );
  dialog.showModal();
  await closed;
  return dialog.returnValue === "yes";
}

function ask(rows, now) {
  element("confirmation-title").textContent = `Delete ${count(rows.length, "access token")}?`;
  element("confirmation-text").textContent = consequence(rows, now);
  element("confirmation-names").replaceChildren(...rows.map((row) => item(row, now)));
  element("confirmation-yes").textContent = `Delete ${count(rows.length, "token")}`;
}

function consequence(rows, now) {
  const valid = rows.filter((row) => expiryKind(row, now) !== "expired").length;
  if (valid === 0) return "For good. What has expired lets nobody in any more.";
  return `For good. Still valid: ${valid} of ${rows.length}. What signs in with one of these will be locked out.`;
}

function item(row, now) {
  const { id, name, expiresTime } = row;
  const kind = expiryKind(row, now);
  const when = expiresTime
    ? `${kind === "expired" ? "expired" : "expires"} ${fromNow(expiresTime, now)}`
    : "no expiry known";
  const created = tag(
    "li",
    {},
    tag("b", {}, name),
    tag("span", { className: "when" }, when),
    tag("code", {}, id),
  );
  created.dataset.kind = kind;
  return created;
}
