// Ids of tokens: short to look at, whole for screen readers, for search, and to copy.

import { escapeUnsafe } from "../codecatalyst-pat/safe-text.js";
import { create } from "./dom.mjs";
import { createIcon } from "./icon.mjs";

const SHORT_LENGTH = 8;
const COPIED_MS = 2_000;

/**
 * The first characters of an id.
 * @param {string} id
 */
export const shortId = (id) => Array.from(escapeUnsafe(id)).slice(0, SHORT_LENGTH).join("");

/**
 * An id of which the style shows the beginning, and a button that copies it.
 * @param {string} id
 * @param {string} name  what the token is called where it's read out
 * @param {(text: string) => void} announce  reads a text out
 */
export function createTokenId(id, name, announce) {
  const text = create("code", { title: escapeUnsafe(id) }, escapeUnsafe(id));
  const said = create("span", { className: "said", ariaHidden: "true" });
  const button = create("button", { type: "button", className: "icon" }, createIcon("copy"), said);
  button.ariaLabel = `Copy ID of ${name}`;
  const say = (/** @type {string} */ result) => {
    announce(result);
    showBriefly(said, result);
  };
  button.addEventListener("click", async () => say(await copy(id, text)));
  return create("span", { className: "token-id" }, text, button);
}

/**
 * Copies a text. Where the clipboard is forbidden, its element is selected, so that the keyboard or
 * the browser's menu can copy it.
 * @param {string} text
 * @param {HTMLElement} element
 */
async function copy(text, element) {
  try {
    await navigator.clipboard.writeText(text);
    return "Copied";
  } catch {
    getSelection()?.selectAllChildren(element);
    return "Selected, not copied";
  }
}

/**
 * @param {HTMLElement} target
 * @param {string} text
 */
function showBriefly(target, text) {
  target.textContent = text;
  setTimeout(() => {
    target.textContent = "";
  }, COPIED_MS);
}
