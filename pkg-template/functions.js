// The package's functions, each made of the client that an entry has created. One by one, so that a
// bundler can leave out what is not used.

import { Cancellation } from "./abort.js";
import { deleteAccessTokens } from "./bulk.js";
import { acceptOptions, followSignal, OPTION_NAMES, readOptions } from "./options.js";
import { listAccessTokens } from "./pages.js";

/**
 * @typedef {import("./client.js").Client} Client
 * @typedef {typeof import("./index.js")} Types
 */

/** @type {(client: Client) => Types["deleteAccessToken"]} */
export const createDeleteAccessToken = (client) => async (token, id, options) => {
  const reading = readOptions(options, OPTION_NAMES.deleteAccessToken, token);
  const ownOptions = await acceptOptions(reading, token, client);
  if (!ownOptions.signal) return client.deleteAccessToken(token, id, ownOptions);
  const cancellation = new Cancellation();
  try {
    await followSignal(ownOptions, cancellation, token, client);
    return await client.deleteAccessToken(token, id, ownOptions);
  } finally {
    cancellation.release();
  }
};

/** @type {(client: Client) => Types["listAccessTokens"]} */
export const createListAccessTokens = (client) => (token, options) =>
  listAccessTokens(client, token, options);

/** @type {(client: Client) => Types["deleteAccessTokens"]} */
export const createDeleteAccessTokens = (client) => (token, ids, options) =>
  deleteAccessTokens(client, token, ids, options);
