// The stand-in for the service, driven by the official client, which recognises its replies by its
// own error classes; and what that client can't send or show.

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  AccessDeniedException,
  CreateAccessTokenCommand,
  ListAccessTokensCommand,
  paginateListAccessTokens,
  ResourceNotFoundException,
  ServiceQuotaExceededException,
  ValidationException,
} from "@aws-sdk/client-codecatalyst";
import { sample } from "../../pkg-template/testing/index.js";
import {
  AUTHORIZATION,
  deleteCommand,
  hasToken,
  idsIn,
  officialClient,
  PATH,
  send,
  sendDelete,
  sendList,
  start,
} from "./service.mjs";

async function listIds(client, config = {}) {
  const found = [];
  for await (const page of paginateListAccessTokens({ client, ...config }, {})) {
    found.push(...idsIn(page));
  }
  return found;
}

// ------------------------------------------------------------ the official client

test("the official client deletes a token", async (t) => {
  const service = await start(t);
  const output = await officialClient(t, service).send(deleteCommand());
  assert.equal(output.$metadata.httpStatusCode, 200);
  assert.match(output.$metadata.requestId ?? "", /^[0-9a-f-]{36}$/);
  assert.equal(hasToken(service), false);
});

test("a second deletion is the official client's ResourceNotFoundException", async (t) => {
  const client = officialClient(t, await start(t));
  await client.send(deleteCommand());
  await assert.rejects(client.send(deleteCommand()), ResourceNotFoundException);
});

test("another user's token is not found, and not deleted", async (t) => {
  const service = await start(t);
  const [{ id }] = sample.otherTokens;
  await assert.rejects(
    officialClient(t, service).send(deleteCommand(id)),
    ResourceNotFoundException,
  );
  assert.equal(service.state().users.ben[0].id, id);
  await officialClient(t, service, sample.otherBearer).send(deleteCommand(id));
});

test("an unknown bearer token is the official client's AccessDeniedException", async (t) => {
  const client = officialClient(t, await start(t), "nobody-has-this");
  await assert.rejects(client.send(deleteCommand()), AccessDeniedException);
});

test("the official client reads every page, with the dates and names as seeded", async (t) => {
  const client = officialClient(t, await start(t));
  assert.deepEqual(
    await listIds(client, { pageSize: 5 }),
    sample.tokens.map((token) => token.id),
  );
  const { items, nextToken } = await client.send(new ListAccessTokensCommand({ maxResults: 6 }));
  assert.deepEqual(items, sample.tokens.slice(0, 6).map(withoutUndefined));
  assert.equal(typeof nextToken, "string");
});

// The official client drops members that are absent.
function withoutUndefined({ expiresTime, ...rest }) {
  return expiresTime ? { ...rest, expiresTime } : rest;
}

test("a page holds ten tokens unless fewer are asked for", async (t) => {
  const { items } = await officialClient(t, await start(t)).send(new ListAccessTokensCommand({}));
  assert.equal(items?.length, 10);
});

test("deletions while the list is being read hide no other tokens", async (t) => {
  const client = officialClient(t, await start(t));
  const seen = [];
  for await (const page of paginateListAccessTokens({ client, pageSize: 3 }, {})) {
    const listed = idsIn(page);
    seen.push(...listed);
    await Promise.all(listed.map((id) => client.send(deleteCommand(id))));
  }
  assert.deepEqual(
    seen,
    sample.tokens.map((token) => token.id),
  );
});

test("a created token has a secret, lasts a year and is listed", async (t) => {
  const client = officialClient(t, await start(t));
  const output = await client.send(new CreateAccessTokenCommand({ name: "Fresh" }));
  assert.equal(output.$metadata.httpStatusCode, 201);
  assert.equal(output.name, "Fresh");
  assert.match(output.secret ?? "", /^.{41,}$/);
  assert.equal(Math.round((Number(output.expiresTime) - Date.now()) / 86_400_000), 365);
  assert.equal((await listIds(client)).at(-1), output.accessTokenId);
});

test("a token created with a date keeps it", async (t) => {
  const expiresTime = new Date("2031-05-06T07:08:09Z");
  const command = new CreateAccessTokenCommand({ name: "Dated", expiresTime });
  assert.deepEqual(
    (await officialClient(t, await start(t)).send(command)).expiresTime,
    expiresTime,
  );
});

test("a 101st token is the official client's ServiceQuotaExceededException", async (t) => {
  const tokens = Array.from({ length: 99 }, (_, index) => ({ id: `id-${index}`, name: "Many" }));
  const service = await start(t, { users: [{ name: "ana", bearer: sample.bearer, tokens }] });
  const client = officialClient(t, service);
  const create = () => client.send(new CreateAccessTokenCommand({ name: "One more" }));
  await create();
  await assert.rejects(create(), ServiceQuotaExceededException);
});

test("an id of reserved and foreign characters finds its token", async (t) => {
  const id = "a/b %2F?#ü:\u{1f511}";
  const users = [{ name: "ana", bearer: sample.bearer, tokens: [{ id, name: "Odd" }] }];
  const service = await start(t, { users });
  await officialClient(t, service).send(deleteCommand(id));
  assert.deepEqual(service.state().users.ana, []);
});

/** @type {Record<string, any>} */
const TOO_MUCH = {
  "an id of 37 characters": deleteCommand("x".repeat(37)),
  "an empty name": new CreateAccessTokenCommand({ name: "" }),
  "a name of 101 characters": new CreateAccessTokenCommand({ name: "x".repeat(101) }),
  "no name": new CreateAccessTokenCommand(/** @type {any} */ ({})),
  "a page of no tokens": new ListAccessTokensCommand({ maxResults: 0 }),
  "a page of 11 tokens": new ListAccessTokensCommand({ maxResults: 11 }),
  "half a token per page": new ListAccessTokensCommand({ maxResults: 2.5 }),
  "an empty next token": new ListAccessTokensCommand({ nextToken: "" }),
  "a next token of 10,001 characters": new ListAccessTokensCommand({
    nextToken: "x".repeat(10_001),
  }),
  "a next token that was never issued": new ListAccessTokensCommand({ nextToken: "WzEsMl0" }),
};

for (const [what, command] of Object.entries(TOO_MUCH)) {
  test(`${what} is the official client's ValidationException`, async (t) => {
    await assert.rejects(officialClient(t, await start(t)).send(command), ValidationException);
  });
}

test("characters are counted as Unicode scalar values", async (t) => {
  const client = officialClient(t, await start(t));
  await assert.rejects(
    client.send(deleteCommand("\u{1f511}".repeat(36))),
    ResourceNotFoundException,
  );
  await assert.rejects(client.send(deleteCommand("\u{1f511}".repeat(37))), ValidationException);
  await client.send(new CreateAccessTokenCommand({ name: "\u{1f511}".repeat(100) }));
});

test("a next token works only for the user it was issued to", async (t) => {
  const service = await start(t);
  const { nextToken } = await officialClient(t, service).send(
    new ListAccessTokensCommand({ maxResults: 1 }),
  );
  const other = officialClient(t, service, sample.otherBearer);
  await assert.rejects(other.send(new ListAccessTokensCommand({ nextToken })), ValidationException);
});

// ------------------------------------------------------------------- the wire

test("a reply is JSON, with a request id of its own", async (t) => {
  const service = await start(t);
  const [first, second] = [await sendDelete(service), await sendDelete(service)];
  assert.deepEqual([first.status, first.text], [200, "{}"]);
  assert.equal(first.headers["content-type"], "application/json");
  assert.notEqual(first.headers["x-amzn-requestid"], second.headers["x-amzn-requestid"]);
  assert.equal(first.headers["x-amzn-errortype"], undefined);
});

test("an error has its name in a header and its message in the body", async (t) => {
  const { status, headers, text } = await sendDelete(await start(t), "/v1/accessTokens/unknown");
  assert.equal(status, 404);
  assert.equal(headers["x-amzn-errortype"], "ResourceNotFoundException");
  assert.deepEqual(JSON.parse(text), { message: "The access token was not found." });
});

test("dates are ISO 8601 on the wire", async (t) => {
  const { items } = JSON.parse((await sendList(await start(t), "{}")).text);
  assert.equal(items[0].expiresTime, sample.tokens[0].expiresTime?.toISOString());
  assert.equal("expiresTime" in items[5], false);
});

const BAD_AUTHORIZATIONS = {
  "no authorization": undefined,
  "another scheme": `Basic ${sample.bearer}`,
  "no token after the scheme": "Bearer ",
  "two tokens": `Bearer ${sample.bearer} ${sample.bearer}`,
  "half a token": `Bearer ${sample.bearer.slice(0, 500)}`,
};

for (const [what, authorization] of Object.entries(BAD_AUTHORIZATIONS)) {
  test(`${what} is denied`, async (t) => {
    const headers = authorization === undefined ? {} : { authorization };
    const { status } = await send(await start(t), PATH, { method: "DELETE", headers });
    assert.equal(status, 403);
  });
}

const WRONG_PLACES = {
  "/": 404,
  "/v1/": 404,
  "/v1/accessTokens/": 404,
  "/v2/accessTokens/x": 404,
  [`${PATH}/`]: 404,
  [`${PATH}/more`]: 404,
  "/v1/accessTokens/.": 404,
  "/v1/accessTokens/..": 404,
  "/v1/accessTokens/%2e%2E": 404,
  "/v1/accessTokens": 405,
  "/v1/accessTokens/%": 400,
  "/v1/accessTokens/%zz": 400,
  "/v1/accessTokens/%ff": 400,
};

for (const [path, expected] of Object.entries(WRONG_PLACES)) {
  test(`DELETE ${path} answers ${expected} and deletes nothing`, async (t) => {
    const service = await start(t);
    const { status, text } = await sendDelete(service, path);
    assert.equal(status, expected);
    assert.equal(typeof JSON.parse(text).message, "string");
    assert.equal(service.state().users.ana.length, sample.tokens.length);
  });
}

test("a wrong method is answered with the allowed ones", async (t) => {
  const { status, headers } = await send(await start(t), "/v1/accessTokens", {
    headers: AUTHORIZATION,
  });
  assert.deepEqual([status, headers.allow], [405, "POST, PUT"]);
});

const BAD_BODIES = { "text that is not JSON": "{", "an array": "[]", null: "null" };

for (const [what, body] of Object.entries(BAD_BODIES)) {
  test(`${what} as a body answers 400`, async (t) => {
    assert.equal((await sendList(await start(t), body)).status, 400);
  });
}

test("null members and an empty body are treated as absent", async (t) => {
  const service = await start(t);
  const nulls = await sendList(service, '{"maxResults":null,"nextToken":null}');
  const empty = await sendList(service, "");
  assert.deepEqual([nulls.status, nulls.text], [200, empty.text]);
});

test("a body that is not declared as JSON answers 415", async (t) => {
  const options = { method: "POST", headers: AUTHORIZATION, body: "{}" };
  assert.equal((await send(await start(t), "/v1/accessTokens", options)).status, 415);
});

test("a body over the limit answers 413", async (t) => {
  assert.equal((await sendList(await start(t), "x".repeat(256 * 1024 + 1))).status, 413);
});
