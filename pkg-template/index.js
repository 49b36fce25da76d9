// The package's front door.

import { deleteAccessTokens as deleteMany } from "./bulk.js";
import { client } from "./client-adapter.js";
import { DELETION, request } from "./module.js";
import { snapshot } from "./options.js";
import { listAccessTokens as list } from "./pages.js";

export { CodeCatalystError } from "./error.js";

export const deleteAccessToken = (token, id, options) =>
  request(DELETION, token, id, snapshot(options));
export const deleteAccessTokens = (token, ids, options) => deleteMany(client, token, ids, options);
export const listAccessTokens = (token, options) => list(client, token, options);
