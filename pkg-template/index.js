// The default entry. The module comes along as text: there is no file to find or to configure.

import { createClient } from "./client.js";
import { decodeBase64 } from "./decode.js";
import {
  createDeleteAccessToken,
  createDeleteAccessTokens,
  createListAccessTokens,
} from "./functions.js";
import { base64 } from "./wasm/base64.js";

export { CodeCatalystError } from "./error.js";

const client = /* @__PURE__ */ createClient(() => decodeBase64(base64));
export const deleteAccessToken = /* @__PURE__ */ createDeleteAccessToken(client);
export const deleteAccessTokens = /* @__PURE__ */ createDeleteAccessTokens(client);
export const listAccessTokens = /* @__PURE__ */ createListAccessTokens(client);
