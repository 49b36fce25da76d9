// Where the worker keeps the state: in storage.session. There the popup sees each change, a worker that the browser stopped and
// started again finds it, and it never touches a disk.

import { settled, signedOut } from "./state.js";

let state;

/** Resolves once the state is there. Nothing can be awaited at the top of a service worker. */
export const loaded = load();

async function load() {
  const kept = await chrome.storage.session.get("state");
  await put(settled(kept.state ?? signedOut));
}

/** Changes the state by a function from old to new, with no other change in between. Gives the state before it. */
export async function change(update) {
  await loaded;
  const before = state;
  await put(update(before));
  return before;
}

// In memory first, so that two changes made at the same time don't overwrite each other.
async function put(changed) {
  state = changed;
  await chrome.storage.session.set({ state });
}
