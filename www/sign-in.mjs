// Signing in: by a bearer token that the user pastes, or by the sign-in of the page's server.

import { setText } from "./components/dom.mjs";
import { readPasted } from "./components/pasted-token.mjs";
import { describeMisfit, describePasted } from "./components/sign-in-words.mjs";
import { element, input } from "./dom.mjs";
import { listWith } from "./lists.mjs";
import { show, state } from "./state.mjs";

/** @import { Misfit, Pasted } from "./components/pasted-token.mjs" */

/**
 * What was pasted last: the field has only the token of it.
 * @type {Pasted | undefined}
 */
let pasted;

export async function signIn() {
  const field = input("bearer");
  const read = field.value === pasted?.token ? pasted : readPasted(field.value);
  if ("seen" in read) return refuse(read);
  const isSignedIn = await listWith(read.token);
  if (isSignedIn) {
    state.expiresAt = read.expiresAt;
    forgetPasted();
    show();
  }
  if (isSignedIn) element("tokens-title").focus();
  // So that pasting another one replaces it.
  else field.select();
}

// The package wants a token. The server, which is signed in, sends its own in its place.
const PLACEHOLDER = "the-server-is-signed-in";

/** Lists the tokens by the sign-in of the page's server. */
export async function listByServerSignIn() {
  const isSignedIn = await listWith(PLACEHOLDER);
  element(isSignedIn ? "tokens-title" : "list-again").focus();
}

/**
 * Puts nothing but the token into the field, and says what else was found. What is inserted into
 * other text is left to the browser.
 * @param {ClipboardEvent} event
 */
function paste(event) {
  const { value, selectionStart, selectionEnd } = input("bearer");
  if (selectionStart !== 0 || selectionEnd !== value.length) return;
  event.preventDefault();
  forgetPasted();
  const text = event.clipboardData?.getData("text") ?? "";
  const read = readPasted(text);
  if ("seen" in read) return refuse(read);
  pasted = read;
  input("bearer").value = read.token;
  setText(element("pasted"), text === read.token ? "" : describePasted(read, Date.now()));
  state.notice = undefined;
  show();
}

/** @param {Misfit} misfit */
function refuse(misfit) {
  state.notice = { ...describeMisfit(misfit), tone: "error", needsSignIn: false };
  show();
  input("bearer").focus();
}

/** Empties the field. */
export function forgetPasted() {
  pasted = undefined;
  input("bearer").value = "";
  setText(element("pasted"), "");
}

input("bearer").addEventListener("paste", paste);
input("bearer").addEventListener("input", () => setText(element("pasted"), ""));
