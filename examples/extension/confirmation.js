// The question before tokens are deleted. It shows each of them.

import { create, element } from "./view.js";

/** @import { Token } from "./state.js" */

const dialog = element("confirmation", HTMLDialogElement);

/**
 * Asks whether to delete tokens.
 * @param {Token[]} tokens
 */
export async function confirmDeletion(tokens) {
  element("confirmation-title").textContent =
    tokens.length === 1 ? `Delete “${tokens[0].name}”?` : `Delete ${tokens.length} tokens?`;
  element("confirmation-tokens").replaceChildren(...tokens.map(createItem));
  // The Escape key closes a dialog without setting a new value.
  dialog.returnValue = "";
  const closed = new Promise((resolve) =>
    dialog.addEventListener("close", resolve, { once: true }),
  );
  dialog.showModal();
  await closed;
  return dialog.returnValue === "delete";
}

/** @param {Token} token */
const createItem = ({ id, name }) =>
  create("li", {}, create("strong", {}, name), create("code", {}, id));
