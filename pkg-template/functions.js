// The package's functions, each made of the client that an entry has created. One by one, so that a
// bundler can leave out what is not used.

import { deleteAccessTokens } from "./bulk.js";
import { OPTION_NAMES, optionsRejection, snapshot } from "./options.js";
import { listAccessTokens } from "./pages.js";

/**
 * @typedef {import("./client.js").Client} Client
 * @typedef {typeof import("./index.js")} Types
 */

/** @type {(client: Client) => Types["deleteAccessToken"]} */
export const createDeleteAccessToken = (client) => (token, id, options) => {
  const ownOptions = snapshot(options);
  const rejection = optionsRejection(ownOptions, OPTION_NAMES.deleteAccessToken, token, client);
  return rejection ?? client.deleteAccessToken(token, id, ownOptions);
};

/** @type {(client: Client) => Types["listAccessTokens"]} */
export const createListAccessTokens = (client) => (token, options) =>
  listAccessTokens(client, token, options);

/** @type {(client: Client) => Types["deleteAccessTokens"]} */
export const createDeleteAccessTokens = (client) => (token, ids, options) =>
  deleteAccessTokens(client, token, ids, options);
