// The service worker: runs the popup's commands, and no one else's.

import { cancel, remove } from "./deletions.js";
import { forget, list, signIn } from "./session.js";
import { loaded } from "./store.js";

// `wake` only starts the worker if it doesn't run, and with it the recovery of the state.
/** @type {Record<string, (message: any) => unknown>} */
const COMMANDS = { wake() {}, signIn, list, remove, cancel, forget };

// Registered synchronously: the browser starts the worker for a message, and must find a listener.
chrome.runtime.onMessage.addListener((message, sender, sendResponse) => {
  if (!isPopup(sender) || !message || !Object.hasOwn(COMMANDS, message.command)) return false;
  COMMANDS[message.command](message);
  // The response only confirms the message. Its results are in the state.
  loaded.then(() => sendResponse({ received: true }));
  return true;
});

/**
 * The id alone isn't enough: a content script, should there ever be one, has it too, and runs in
 * pages that aren't ours.
 * @param {chrome.runtime.MessageSender} sender
 */
function isPopup({ id, url = "" }) {
  return (
    id === chrome.runtime.id && url.split(/[?#]/, 1)[0] === chrome.runtime.getURL("popup.html")
  );
}
