// The control routes of the stand-in for the service.

import assert from "node:assert/strict";
import { test } from "node:test";
import { sample } from "../../pkg-template/testing/index.js";
import { AUTHORIZATION, PATH, send, sendDelete, start } from "./service.mjs";

test("the control routes order faults, show the state and clear the record", async (t) => {
  const service = await start(t);
  const control = async (method, path, body) => {
    const answer = await send(service, path, { method, body: JSON.stringify(body) });
    return answer.text === "" ? answer.status : JSON.parse(answer.text);
  };
  assert.equal(await control("POST", "/_service/faults", [{ status: 503 }, { cut: "after" }]), 204);
  assert.equal((await sendDelete(service)).status, 503);
  const state = await control("GET", "/_service/state");
  assert.equal(state.users.ana.length, sample.tokens.length);
  assert.deepEqual([state.faults, state.cors, state.requests.length], [1, true, 1]);
  assert.equal(await control("DELETE", "/_service/faults"), 204);
  assert.equal(await control("DELETE", "/_service/requests"), 204);
  assert.equal(await control("PUT", "/_service/cors", false), 204);
  const after = await control("GET", "/_service/state");
  assert.deepEqual([after.faults, after.cors, after.requests], [0, false, []]);
});

test("the control routes add tokens and bring everything back", async (t) => {
  const service = await start(t);
  const post = async (path, body) =>
    JSON.parse(
      (await send(service, path, { method: "POST", body: JSON.stringify(body) })).text || "null",
    );
  const added = await post("/_service/tokens", { user: "ben", id: "new", name: "Laptop" });
  assert.deepEqual(added, { id: "new", name: "Laptop" });
  assert.equal(service.tokensOf("ben").at(-1)?.id, "new");
  const { message } = await post("/_service/tokens", { user: "eve", name: "Laptop" });
  assert.equal(message, 'There is no user "eve"; there are: "ana", "ben"');
  assert.equal(await post("/_service/reset"), null);
  assert.equal(service.tokensOf("ben").length, sample.otherTokens.length);
});

test("requests are recorded with their user, and never with the authorization", async (t) => {
  const service = await start(t);
  await send(service, PATH, {
    method: "DELETE",
    headers: { ...AUTHORIZATION, accept: "application/json" },
  });
  await send(service, PATH, {
    method: "DELETE",
    headers: { authorization: "Bearer marked-secret" },
  });
  const [first, second] = service.requests;
  assert.deepEqual(
    [first.method, first.path, first.headers.accept],
    ["DELETE", PATH, "application/json"],
  );
  assert.deepEqual([first.hasAuthorization, first.user], [true, "ana"]);
  assert.deepEqual([second.hasAuthorization, second.user], [true, undefined]);
  const shown = (await send(service, "/_service/state")).text;
  assert.doesNotMatch(shown, /marked-secret|Bearer/);
  assert.equal(shown.includes(sample.bearer), false);
});

const STRANGERS = {
  "a Host that resolves to this machine": { host: "rebound.example" },
  "a Host that only begins like this machine's": { host: "localhost.example" },
  "an Origin of another site": { origin: "https://page.example" },
  "an Origin of another local port": { origin: "http://127.0.0.1:1" },
  "an Origin that is hidden": { origin: "null" },
};

for (const [what, headers] of Object.entries(STRANGERS)) {
  test(`the control routes refuse ${what}`, async (t) => {
    const service = await start(t);
    const options = { method: "POST", headers, body: '[{"status":503}]' };
    assert.equal((await send(service, "/_service/faults", options)).status, 403);
    assert.equal(service.faults.length, 0);
  });
}

test("the control routes accept the names and the origin of this machine", async (t) => {
  const service = await start(t);
  const own = `localhost:${service.port}`;
  const all = [{ host: "localhost" }, { host: "[::1]:80" }, { host: own, origin: `http://${own}` }];
  for (const headers of all) {
    assert.equal((await send(service, "/_service/state", { headers })).status, 200);
  }
});

test("an invalid order says why, and orders nothing", async (t) => {
  const service = await start(t);
  const why = { "{}": "array", '[{"status":503},{"cut":"head"}]': "faults[1].cut", "[": "JSON" };
  for (const [body, expected] of Object.entries(why)) {
    const answer = await send(service, "/_service/faults", { method: "POST", body });
    assert.equal(answer.status, 400);
    assert.ok(JSON.parse(answer.text).message.includes(expected), answer.text);
  }
  const cors = await send(service, "/_service/cors", { method: "PUT", body: '"no"' });
  assert.deepEqual([cors.status, service.cors], [400, true]);
  assert.equal(service.faults.length, 0);
});

test("an unknown control route is answered with the known ones", async (t) => {
  const { status, text } = await send(await start(t), "/_service/nothing");
  assert.equal(status, 404);
  assert.match(text, /POST \/_service\/faults/);
});
