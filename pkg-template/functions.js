// The package's functions, each made of the client that an entry has created. One by one, so that a
// bundler can leave out what is not used.

import { deleteAccessTokens } from "./bulk.js";
import { OPTION_NAMES, optionsError, snapshot } from "./options.js";
import { listAccessTokens } from "./pages.js";

/**
 * @typedef {import("./client.js").Client} Client
 * @typedef {typeof import("./index.js")} Types
 */

/** @type {(client: Client) => Types["deleteAccessToken"]} */
export const createDeleteAccessToken = (client) => (token, id, options) => {
  const ownOptions = snapshot(options);
  const error = optionsError(ownOptions, OPTION_NAMES.deleteAccessToken, token, client);
  return error ? error.then(rethrow) : client.deleteAccessToken(token, id, ownOptions);
};

/** @param {Error} error @returns {never} */
const rethrow = (error) => {
  throw error;
};

/** @type {(client: Client) => Types["listAccessTokens"]} */
export const createListAccessTokens = (client) => (token, options) =>
  listAccessTokens(client, token, options);

/** @type {(client: Client) => Types["deleteAccessTokens"]} */
export const createDeleteAccessTokens = (client) => (token, ids, options) =>
  deleteAccessTokens(client, token, ids, options);
