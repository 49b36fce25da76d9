// The popup: sends the worker commands, and shows the state that it keeps. It does nothing else, so
// nothing is lost when it closes.

import { confirmDeletion } from "./components/confirmation.mjs";
import { isEnabled } from "./components/dom.mjs";
import { element } from "./dom.js";
import { deletableExpired, screen, show } from "./screen.js";
import { loadSelection, select, selectedTokens } from "./selection.js";
import { closeSignIn, openSignIn, readSignIn } from "./sign-in.js";
import { canList, isBusy, isFailed, recover, signedOut, toAccessToken } from "./state.js";

/** @import { Token } from "./state.js" */

// A worker that has died is noticed after twice this time at most.
const CHECK_MS = 2_000;
// Of the time that a wait has left.
const TICK_MS = 250;

const state = () => screen.state ?? signedOut;

/** @type {Record<string, () => unknown>} */
const CLICK_ACTIONS = {
  reload,
  forget: () => send("forget"),
  back: closeSignIn,
  check: reload,
  cancel: () => send("cancel"),
  "sign-in-again": openSignIn,
  retry: () => remove(state().tokens.filter(isFailed)),
  "delete-selected": () => confirmAndRemove(selectedTokens(state())),
  "delete-expired": () => confirmAndRemove(deletableExpired(state())),
};

for (const [id, act] of Object.entries(CLICK_ACTIONS)) element(id).addEventListener("click", act);

element("sign-in").addEventListener("submit", (event) => {
  event.preventDefault();
  signIn();
});
element("tokens").addEventListener("click", ({ target }) => clickRow(target));
chrome.storage.onChanged.addListener((changes, area) => {
  if (area === "session" && changes.state) refresh();
});

await loadSelection();
if (await send("wake")) await refresh();
setInterval(checkWorker, CHECK_MS);
setInterval(() => state().wait && show(state()), TICK_MS);

// --------------------------------------------------------------------------- commands

/**
 * Sends the worker a command. Its results appear in the state. Returns whether the worker has received
 * it; until it has, the popup soon says that it doesn't answer.
 * @param {string} command
 * @param {object} [input]
 */
async function send(command, input) {
  const timer = setTimeout(showNoWorker, CHECK_MS, true);
  // It fails where nobody listens. In Chromium a worker that could not be loaded never answers.
  const isReceived = await chrome.runtime
    .sendMessage({ command, ...input })
    .then(Boolean, () => false);
  clearTimeout(timer);
  showNoWorker(!isReceived);
  return isReceived;
}

/** @param {boolean} isMissing */
function showNoWorker(isMissing) {
  element("no-worker").hidden = !isMissing;
}

async function signIn() {
  const read = readSignIn();
  if (!read) return;
  const { token, expiresAt } = read;
  // Until then the token stays in the field, so that it needn't be pasted again.
  if (await send("signIn", { token, expiresAt: expiresAt?.toISOString() })) closeSignIn();
}

function reload() {
  if (canList(state())) send("list");
}

/** @param {EventTarget | null} target */
async function clickRow(target) {
  if (target instanceof HTMLInputElement) {
    await select(target.dataset.select ?? "", target.checked);
    show(state());
  }
  const button = target instanceof Element ? target.closest("button") : null;
  const token = state().tokens.find(({ id }) => id === button?.dataset.id);
  if (token && button && isEnabled(button)) await confirmAndRemove([token]);
}

/** @param {Token[]} tokens */
async function confirmAndRemove(tokens) {
  if (tokens.length === 0) return;
  if (await confirmDeletion(tokens.map(toAccessToken), Date.now())) remove(tokens);
}

/** @param {Token[]} tokens */
const remove = (tokens) => send("remove", { ids: tokens.map(({ id }) => id) });

// -------------------------------------------------------------------------- the worker

// Read again rather than taken from the event: reads arrive in the order in which they were made,
// so the last one is the newest.
async function refresh() {
  const stored = await chrome.storage.session.get("state");
  if (stored.state === undefined) return;
  showNoWorker(false);
  show(stored.state);
}

/**
 * Asks a worker that should be at work for a sign of life. If it has died, the browser starts another
 * one for this message, which then says what became unknown. If none answers, the popup does.
 */
async function checkWorker() {
  const { listing, tokens } = state();
  if (!listing && !tokens.some(isBusy)) return;
  const pause = new Promise((resolve) => setTimeout(resolve, CHECK_MS, false));
  if (!(await Promise.race([send("wake"), pause]))) show(recover(state()));
}
