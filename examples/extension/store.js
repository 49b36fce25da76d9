// Keeps the state in storage.session. There the popup sees each change, a worker that the browser
// stopped and restarted finds it again, and it never touches a disk.

import { recover, signedOut } from "./state.js";

/** @import { State } from "./state.js" */

let state = signedOut;

/** Resolves once the state is loaded. A service worker can't await anything at its top level. */
export const loaded = load();

async function load() {
  const stored = await chrome.storage.session.get("state");
  await save(recover(stored.state ?? signedOut));
}

/** The state, once it is loaded. */
export async function currentState() {
  await loaded;
  return state;
}

/**
 * Updates the state with no other update in between, and returns the state before.
 * @param {(state: State) => State} update
 */
export async function updateState(update) {
  await loaded;
  const before = state;
  await save(update(before));
  return before;
}

/**
 * Saves in memory first, so that two updates at the same time don't overwrite each other.
 * @param {State} changed
 */
async function save(changed) {
  state = changed;
  await chrome.storage.session.set({ state });
}
