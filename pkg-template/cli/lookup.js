// Which ids are among the user's tokens.

import { escapeUnsafe } from "./format.js";

/** @typedef {import("../index.js").AccessToken} AccessToken */

/** @typedef {{ found: AccessToken[], notFound: string[] }} Lookup */

/**
 * @param {Iterable<string> | AsyncIterable<string>} ids
 * @param {Map<string, AccessToken>} known the user's tokens by id
 * @returns {Promise<Lookup>}
 */
export async function lookUp(ids, known) {
  /** @type {Lookup} */
  const { found, notFound } = { found: [], notFound: [] };
  for await (const id of ids) {
    const token = known.get(id);
    if (token) found.push(token);
    else notFound.push(id);
  }
  return { found, notFound };
}

/**
 * Names the ids that aren't among the user's tokens.
 *
 * @param {Lookup} lookup
 * @param {import("./token-provider.js").TokenProvider} provider
 * @param {import("./terminal.js").Terminal} terminal
 */
export async function logNotFound({ notFound }, provider, terminal) {
  const label = terminal.paintError("red", "Not among your tokens:");
  for (const id of notFound) await terminal.log(`${label} ${escapeUnsafe(provider.shownId(id))}`);
}
