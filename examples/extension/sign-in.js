// The sign-in: which bearer token the user pastes.

import { BearerField } from "./components/bearer-field.mjs";
import { describeMisfit } from "./components/sign-in-words.mjs";
import { announce, element } from "./dom.js";
import { screen, show } from "./screen.js";

/** @import { Misfit, Pasted } from "./components/pasted-token.mjs" */

const field = element("bearer", HTMLInputElement);
const bearerField = new BearerField(field, element("pasted"), showPasted);

/**
 * The bearer token in the field. If there is none, the popup says what there is.
 * @returns {Pasted | undefined}
 */
export function readSignIn() {
  const read = bearerField.read();
  if ("seen" in read) {
    showPasted(read);
    return undefined;
  }
  return read;
}

/** @param {Pasted | Misfit} read */
function showPasted(read) {
  screen.misfit = "seen" in read ? { ...describeMisfit(read), tone: "error" } : undefined;
  if (screen.misfit) announce(`${screen.misfit.title}. ${screen.misfit.text}`);
  if (screen.state) show(screen.state);
  field.focus();
}

/** Asks for a fresh bearer token. The tokens that are listed stay. */
export function openSignIn() {
  change(true);
  field.focus();
}

/** Goes back to the tokens. */
export function closeSignIn() {
  bearerField.clear();
  change(false);
  element("summary").focus();
}

/** @param {boolean} isSigningIn */
function change(isSigningIn) {
  screen.isSigningIn = isSigningIn;
  screen.misfit = undefined;
  if (screen.state) show(screen.state);
}
