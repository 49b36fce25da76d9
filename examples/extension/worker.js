// The service worker: takes what the popup asks for, and from the popup alone.

import { forget, list, remove, signIn } from "./session.js";
import { loaded } from "./store.js";

// `look` asks for nothing but a worker that is up, and with it a state that has been put right.
const commands = { look() {}, signIn, list, remove, forget };

// Registered at once and not after a wait: the browser starts the worker for a message and must find somebody to give it to.
chrome.runtime.onMessage.addListener((message, sender, reply) => {
  if (!isPopup(sender) || !Object.hasOwn(commands, message?.command)) return false;
  commands[message.command](message);
  // The reply says that the message was taken. What comes of it is in the state.
  loaded.then(() => reply({ taken: true }));
  return true;
});

// The id alone is not enough: a content script, should there be one some day, has it too and runs in pages that are not ours.
function isPopup({ id, url = "" }) {
  return (
    id === chrome.runtime.id && url.split(/[?#]/, 1)[0] === chrome.runtime.getURL("popup.html")
  );
}
