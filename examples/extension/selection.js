// Which tokens are selected. It's kept beside the worker's state: a popup closes at each click
// elsewhere.

import { canDelete } from "./state.js";

/** @import { State, Token } from "./state.js" */

/** @type {Set<string>} */
let ids = new Set();

/** Reads what an earlier popup has kept. */
export async function loadSelection() {
  const { selected = [] } = await chrome.storage.session.get("selected");
  ids = new Set(selected);
}

/**
 * @param {string} id
 * @param {boolean} isChosen
 */
export async function select(id, isChosen) {
  if (isChosen) ids.add(id);
  else ids.delete(id);
  await chrome.storage.session.set({ selected: [...ids] });
}

/** @param {string} id */
export const isSelected = (id) => ids.has(id);

/**
 * The selected tokens that still exist, and that no deletion is under way for.
 * @param {State} state
 * @returns {Token[]}
 */
export const selectedTokens = (state) =>
  state.tokens.filter(({ id }) => ids.has(id) && canDelete(state, id));
