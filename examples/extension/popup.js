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
  const read = readSignIn();
  if (read) send("signIn", { token: read.token, expiresAt: read.expiresAt?.toISOString() });
});
element("tokens").addEventListener("click", ({ target }) => clickRow(target));
chrome.storage.onChanged.addListener((changes, area) => {
  if (area === "session" && changes.state) refresh();
});

await loadSelection();
await send("wake");
await refresh();
setInterval(checkWorker, CHECK_MS);
setInterval(() => state().wait && show(state()), TICK_MS);

// --------------------------------------------------------------------------- commands

/**
 * Sends the worker a command. Its results appear in the state.
 * @param {string} command
 * @param {object} [input]
 */
function send(command, input) {
  return chrome.runtime.sendMessage({ command, ...input });
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
  if (stored.state !== undefined) show(stored.state);
}

/**
 * Asks a worker that should be at work for a sign of life. If it has died, the browser starts another
 * one for this message, which then says what became unknown. If none answers, the popup does.
 */
async function checkWorker() {
  const { listing, tokens } = state();
  if (!listing && !tokens.some(isBusy)) return;
  const isAlive = await Promise.race([
    send("wake").then(
      () => true,
      () => false,
    ),
    new Promise((resolve) => setTimeout(resolve, CHECK_MS, false)),
  ]);
  if (isAlive) return;
  show(recover(state()));
  element("no-worker").hidden = false;
}
