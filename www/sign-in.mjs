// Signing in: by a bearer token that the user pastes, or by the sign-in of the page's server.

import { BearerField } from "./components/bearer-field.mjs";
import { describeMisfit } from "./components/sign-in-words.mjs";
import { element, input } from "./dom.mjs";
import { listWith } from "./lists.mjs";
import { show, state } from "./state.mjs";

/** @import { Misfit, Pasted } from "./components/pasted-token.mjs" */

const bearerField = new BearerField(input("bearer"), element("pasted"), showPasted);

export const forgetPasted = () => bearerField.clear();

export async function signIn() {
  const read = bearerField.read();
  if ("seen" in read) return showPasted(read);
  const isSignedIn = await listWith(read.token);
  // So that pasting another one replaces it.
  if (!isSignedIn) return input("bearer").select();
  state.expiresAt = read.expiresAt;
  forgetPasted();
  show();
  element("tokens-title").focus();
}

// The package wants a token. The server, which is signed in, sends its own in its place.
const PLACEHOLDER = "the-server-is-signed-in";

/** Lists the tokens by the sign-in of the page's server. */
export async function listByServerSignIn() {
  const isSignedIn = await listWith(PLACEHOLDER);
  element(isSignedIn ? "tokens-title" : "list-again").focus();
}

/** @param {Pasted | Misfit} read */
function showPasted(read) {
  const isMisfit = "seen" in read;
  state.notice = isMisfit
    ? { ...describeMisfit(read), tone: "error", needsSignIn: false }
    : undefined;
  show();
  input("bearer").focus();
}
