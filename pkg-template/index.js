// The package's front door.

import { DELETION, request } from "./module.js";
import { snapshot } from "./options.js";

export { CodeCatalystError } from "./error.js";
export { deleteAccessTokens, listAccessTokens } from "./iterators.js";

export const deleteAccessToken = (token, id, options) =>
  request(DELETION, token, id, snapshot(options));
