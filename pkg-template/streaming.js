// The entry `codecatalyst-pat/streaming`. The module is a file of its own, compiled while it arrives:
// a smaller download, for hosts and bundlers that find files by `new URL(…, import.meta.url)`.

import { createClient } from "./client.js";
import {
  createDeleteAccessToken,
  createDeleteAccessTokens,
  createListAccessTokens,
} from "./functions.js";

export { CodeCatalystError } from "./error.js";

const client = /* @__PURE__ */ createClient(() =>
  fetch(new URL("./wasm/codecatalyst_pat.wasm", import.meta.url)),
);
export const deleteAccessToken = /* @__PURE__ */ createDeleteAccessToken(client);
export const deleteAccessTokens = /* @__PURE__ */ createDeleteAccessTokens(client);
export const listAccessTokens = /* @__PURE__ */ createListAccessTokens(client);
