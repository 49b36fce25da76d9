// Creates and changes elements.

/**
 * Creates an element. Children become text: most come from the network and must not become markup.
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} name
 * @param {Partial<HTMLElementTagNameMap[K]>} [properties]
 * @param {(Node | string)[]} children
 * @returns {HTMLElementTagNameMap[K]}
 */
export function create(name, properties = {}, ...children) {
  const created = Object.assign(document.createElement(name), properties);
  created.append(...children);
  return created;
}

/**
 * Sets a text unless it's there already: a live region would read it out again.
 * @param {HTMLElement} target
 * @param {string} text
 */
export function setText(target, text) {
  if (target.textContent !== text) target.textContent = text;
}

/**
 * Enables or disables a button. Not by `disabled`, which takes the focus away from keyboard users.
 * @param {HTMLElement} target
 * @param {boolean} isEnabled
 */
export function setEnabled(target, isEnabled) {
  if (isEnabled) target.removeAttribute("aria-disabled");
  else target.setAttribute("aria-disabled", "true");
}

export const isEnabled = (/** @type {Element} */ target) =>
  target.getAttribute("aria-disabled") !== "true";

/**
 * Names and values as a list, without those that have no value; undefined if none has one.
 * @param {Record<string, string | number | undefined>} [facts]
 */
export function createFactList(facts = {}) {
  const known = Object.entries(facts).filter(([, value]) => value !== undefined && value !== "");
  if (known.length === 0) return undefined;
  const entries = known.flatMap(([name, value]) => [
    create("dt", {}, name),
    create("dd", {}, String(value)),
  ]);
  return create("dl", {}, ...entries);
}
