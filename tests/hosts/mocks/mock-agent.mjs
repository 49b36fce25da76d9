// undici's MockAgent answers in the service's place, also to Node's own `fetch`.

import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { CodeCatalystError, deleteAccessToken } from "codecatalyst-pat";
import { fetch, MockAgent } from "undici";

const { version } = createRequire(import.meta.url)("undici/package.json");
const agent = new MockAgent();
agent.disableNetConnect();
const service = agent.get("https://codecatalyst.global.api.aws");
const request = (id) => ({
  method: "DELETE",
  path: `/v1/accessTokens/${id}`,
  headers: { authorization: "Bearer a:token" },
});
const options = { fetch: (url, init) => fetch(url, { ...init, dispatcher: agent }) };

service.intercept(request("one")).reply(503);
service.intercept(request("one")).reply(200, {});
const output = await deleteAccessToken("a:token", "one", options);
assert.deepEqual([output.attempts, output.alreadyDeleted], [2, false]);

const message = "There is no such token.";
const headers = { "x-amzn-errortype": "ResourceNotFoundException" };
service.intercept(request("two")).reply(404, { message }, { headers });
await assert.rejects(deleteAccessToken("a:token", "two", options), (error) => {
  assert.ok(error instanceof CodeCatalystError);
  assert.deepEqual([error.name, error.message], ["ResourceNotFoundException", message]);
  return true;
});
agent.assertNoPendingInterceptors();
console.log(`undici ${version}: 2 checks`);
