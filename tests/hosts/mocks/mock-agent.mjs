// undici's MockAgent, as the agent of Node's own `fetch`: it answers in the service's place, and lets
// through what goes elsewhere.

import assert from "node:assert/strict";
import { createRequire } from "node:module";
import * as pkg from "codecatalyst-pat";
import { MockAgent, setGlobalDispatcher } from "undici";
import { report } from "./report.mjs";

const { version } = createRequire(import.meta.url)("undici/package.json");
const agent = new MockAgent();
agent.disableNetConnect();
agent.enableNetConnect(/^127\.0\.0\.1:/);
setGlobalDispatcher(agent);
const service = agent.get("https://codecatalyst.global.api.aws");
const request = (id) => ({
  method: "DELETE",
  path: `/v1/accessTokens/${id}`,
  headers: { authorization: "Bearer a:token" },
});

service.intercept(request("one")).reply(503);
service.intercept(request("one")).reply(200, {});
const output = await pkg.deleteAccessToken("a:token", "one");
assert.deepEqual([output.attempts, output.alreadyDeleted], [2, false]);

const message = "There is no such token.";
const headers = { "x-amzn-errortype": "ResourceNotFoundException" };
service.intercept(request("two")).reply(404, { message }, { headers });
const error = await pkg.deleteAccessToken("a:token", "two").catch((thrown) => thrown);
assert.deepEqual([error.name, error.message], ["ResourceNotFoundException", message]);
agent.assertNoPendingInterceptors();
console.log(await report(pkg, `undici ${version}`, process.argv));
