// The field that a bearer token is pasted into.

import { setText } from "./dom.mjs";
import { readPasted } from "./pasted-token.mjs";
import { describePasted } from "./sign-in-words.mjs";

/** @import { Misfit, Pasted } from "./pasted-token.mjs" */

/** Takes nothing but the token of what is pasted, and says what else it found. */
export class BearerField {
  #field;
  #hint;
  #onPaste;
  /**
   * What was pasted last. The field shows only the token of it.
   * @type {Pasted | undefined}
   */
  #pasted;

  /**
   * @param {HTMLInputElement} field
   * @param {HTMLElement} hint  where it says what it found
   * @param {(read: Pasted | Misfit) => void} onPaste
   */
  constructor(field, hint, onPaste) {
    this.#field = field;
    this.#hint = hint;
    this.#onPaste = onPaste;
    field.addEventListener("paste", (event) => this.#paste(event));
    field.addEventListener("input", () => setText(hint, ""));
  }

  /** What is in the field now. */
  read() {
    const { value } = this.#field;
    return value === this.#pasted?.token ? this.#pasted : readPasted(value);
  }

  clear() {
    this.#pasted = undefined;
    this.#field.value = "";
    setText(this.#hint, "");
  }

  /**
   * What is inserted into other text is left to the browser.
   * @param {ClipboardEvent} event
   */
  #paste(event) {
    const { value, selectionStart, selectionEnd } = this.#field;
    if (selectionStart !== 0 || selectionEnd !== value.length) return;
    event.preventDefault();
    this.clear();
    const text = event.clipboardData?.getData("text") ?? "";
    const read = readPasted(text);
    if ("token" in read) this.#take(read, text);
    this.#onPaste(read);
  }

  /**
   * @param {Pasted} pasted
   * @param {string} text
   */
  #take(pasted, text) {
    this.#pasted = pasted;
    this.#field.value = pasted.token;
    setText(this.#hint, text === pasted.token ? "" : describePasted(pasted, Date.now()));
  }
}
