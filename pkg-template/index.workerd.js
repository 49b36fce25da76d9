// The entry for Cloudflare Workers, which forbid compiling a module from bytes.

import { createClient } from "./client.js";
import {
  createDeleteAccessToken,
  createDeleteAccessTokens,
  createListAccessTokens,
} from "./functions.js";
import module from "./wasm/codecatalyst_pat.wasm";

export { CodeCatalystError } from "./error.js";

const client = /* @__PURE__ */ createClient(() => module);
export const deleteAccessToken = /* @__PURE__ */ createDeleteAccessToken(client);
export const deleteAccessTokens = /* @__PURE__ */ createDeleteAccessTokens(client);
export const listAccessTokens = /* @__PURE__ */ createListAccessTokens(client);
