// Tells that the sign-in is about to expire, before a request fails because of it.

import { setText } from "./components/dom.mjs";
import { describeSignInExpiry } from "./components/sign-in-words.mjs";
import { element, setVisible } from "./dom.mjs";

/** @import { State } from "./state.mjs" */

/** @type {"" | "near" | "over"} */
let told = "";

/**
 * @param {State} state
 * @param {number} now
 * @param {(text: string) => void} announce  is given each of the two texts once, not at each minute
 */
export function renderSignInExpiry({ expiresAt, view }, now, announce) {
  const text = view === "tokens" ? describeSignInExpiry(expiresAt, now) : "";
  setText(element("sign-in-expiry-text"), text);
  setVisible("sign-in-expiry", text);
  const isOver = expiresAt !== undefined && expiresAt.getTime() <= now;
  const kind = text && (isOver ? "over" : "near");
  if (kind && kind !== told) announce(text);
  told = kind;
}
