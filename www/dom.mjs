// What every part of the page needs from the document.

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

export const button = (/** @type {string} */ id) => element(id, HTMLButtonElement);
export const input = (/** @type {string} */ id) => element(id, HTMLInputElement);

/**
 * Shows or hides an element.
 * @param {string} id
 * @param {unknown} isVisible
 */
export function setVisible(id, isVisible) {
  element(id).hidden = !isVisible;
}
