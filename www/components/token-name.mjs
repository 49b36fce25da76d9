// Names of tokens. Whoever made a token chose its name, and may have meant to deceive.

import { escapeName, escapeUnsafe, isBlank, splitName } from "../codecatalyst-pat/safe-text.js";
import { create } from "./dom.mjs";
import { shortId } from "./token-id.mjs";

/** @typedef {{ id: string, name: string }} Named */

/**
 * A name, with what can't be seen in it as codes. Its direction doesn't affect the text around it.
 * @param {string} name
 */
export function createName(name) {
  const element = create("bdi", { className: "token-name" });
  element.classList.toggle("blank", isBlank(name));
  element.append(...(isBlank(name) ? [escapeName(name)] : splitName(name).map(createPart)));
  return element;
}

/** @param {ReturnType<typeof splitName>[number]} part */
const createPart = ({ text, isEscape }) =>
  isEscape ? create("code", { className: "escape" }, text) : text;

/**
 * What to call each token where its controls are read out, by id: its name, and where that isn't the
 * only one of its kind, the short id too, or else the whole one.
 * @param {Named[]} tokens
 */
export function distinctNames(tokens) {
  const shortNames = tokens.map(({ id, name }) => `${escapeName(name)}, ${shortId(id)}`);
  const isRepeated = repeatedIn(tokens.map(({ name }) => escapeName(name)));
  const isShortRepeated = repeatedIn(shortNames);
  return new Map(
    tokens.map(({ id, name }, index) => {
      const shown = escapeName(name);
      const long = isShortRepeated(shortNames[index])
        ? `${shown}, ${escapeUnsafe(id)}`
        : shortNames[index];
      return [id, isRepeated(shown) ? long : shown];
    }),
  );
}

/**
 * Tells whether a text comes more than once.
 * @param {string[]} texts
 * @returns {(text: string) => boolean}
 */
function repeatedIn(texts) {
  const seen = new Set();
  const repeated = new Set();
  for (const text of texts) (seen.has(text) ? repeated : seen).add(text);
  return (text) => repeated.has(text);
}
