// The package's functions, each made of the client that an entry has created. One by one, so that a
// bundler can leave out what is not used.

import { deleteAccessTokens } from "./bulk.js";
import { snapshot } from "./options.js";
import { listAccessTokens } from "./pages.js";

export const createDeleteAccessToken = (client) => (token, id, options) =>
  client.deleteAccessToken(token, id, snapshot(options));

export const createListAccessTokens = (client) => (token, options) =>
  listAccessTokens(client, token, options);

export const createDeleteAccessTokens = (client) => (token, ids, options) =>
  deleteAccessTokens(client, token, ids, options);
