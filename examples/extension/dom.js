// The popup's own elements.

/**
 * The element with an id. It must be there, and of the type given.
 * @template {HTMLElement} [T=HTMLElement]
 * @param {string} id
 * @param {new () => T} [type]
 * @returns {T}
 */
export function element(id, type) {
  const found = document.getElementById(id);
  if (found instanceof (type ?? HTMLElement)) return /** @type {T} */ (found);
  throw new TypeError(`#${id} is missing, or not of the type expected`);
}

/**
 * Reads a text out to users who can't see the screen. The same text again counts as a change.
 * @param {string} text
 */
export function announce(text) {
  const line = document.createElement("span");
  line.textContent = text;
  element("announcer").replaceChildren(line);
}
