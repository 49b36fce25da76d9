// A stranger vouches for the local service: the official client drives it and
// recognises its answers by its own error classes. What that client cannot send
// or show (odd paths, cuts, preflights, control routes) is sent with `node:http`.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import {
  AccessDeniedException,
  CodeCatalystClient,
  CodeCatalystServiceException,
  ConflictException,
  CreateAccessTokenCommand,
  DeleteAccessTokenCommand,
  ListAccessTokensCommand,
  paginateListAccessTokens,
  ResourceNotFoundException,
  ServiceQuotaExceededException,
  ThrottlingException,
  ValidationException,
} from "@aws-sdk/client-codecatalyst";
import { sample, startService } from "../../www/service.mjs";

const ID = sample.tokens[0].id;
const PATH = `/v1/accessTokens/${ID}`;
const AUTHORIZATION = { authorization: `Bearer ${sample.bearer}` };
const JSON_HEADERS = { ...AUTHORIZATION, "content-type": "application/json" };

async function started(t, options) {
  const service = await startService(options);
  t.after(() => service.close());
  return service;
}

function officialClient(t, service, bearer = sample.bearer) {
  const client = new CodeCatalystClient({
    endpoint: service.url,
    region: "us-west-2",
    token: { token: bearer },
    maxAttempts: 1,
  });
  t.after(() => client.destroy());
  return client;
}

const deletion = (id = ID) => new DeleteAccessTokenCommand({ id });

/** @param {{ items?: { id?: string }[] }} page */
const idsIn = ({ items = [] }) => items.map(({ id }) => id);

async function ids(client, config = {}) {
  const found = [];
  for await (const page of paginateListAccessTokens({ client, ...config }, {})) {
    found.push(...idsIn(page));
  }
  return found;
}

/**
 * @param {any} service
 * @param {string} path
 * @param {{ method?: string, headers?: import("node:http").OutgoingHttpHeaders, body?: string | Buffer }} [options]
 * @returns {Promise<any>}
 */
function ask(service, path, { method = "GET", headers, body } = {}) {
  return new Promise((resolve, reject) => {
    const sent = request(`${service.url}/`, { path, method, headers }, async (response) => {
      try {
        const text = (await response.toArray()).join("");
        resolve({ status: response.statusCode, headers: response.headers, text });
      } catch (error) {
        reject(error);
      }
    });
    sent.on("error", reject).end(body);
  });
}

const askDelete = (service, path = PATH) =>
  ask(service, path, { method: "DELETE", headers: AUTHORIZATION });

const askList = (service, body) =>
  ask(service, "/v1/accessTokens", { method: "POST", headers: JSON_HEADERS, body });

const owns = (service, id = ID) => service.state().users.ana.some((token) => token.id === id);

async function temporaryFile(t) {
  const folder = await mkdtemp(join(tmpdir(), "service-"));
  t.after(() => rm(folder, { recursive: true, force: true }));
  return join(folder, "state.json");
}

// ------------------------------------------------------------ the official client

test("the official client deletes a token, and the service has lost it", async (t) => {
  const service = await started(t);
  const output = await officialClient(t, service).send(deletion());
  assert.equal(output.$metadata.httpStatusCode, 200);
  assert.match(output.$metadata.requestId ?? "", /^[0-9a-f-]{36}$/);
  assert.equal(owns(service), false);
});

test("a second deletion is the official client's ResourceNotFoundException", async (t) => {
  const client = officialClient(t, await started(t));
  await client.send(deletion());
  await assert.rejects(client.send(deletion()), ResourceNotFoundException);
});

test("somebody else's token is not found, and stays", async (t) => {
  const service = await started(t);
  const [{ id }] = sample.otherTokens;
  await assert.rejects(officialClient(t, service).send(deletion(id)), ResourceNotFoundException);
  assert.equal(service.state().users.ben[0].id, id);
  await officialClient(t, service, sample.otherBearer).send(deletion(id));
});

test("a bearer that nobody has is the official client's AccessDeniedException", async (t) => {
  const client = officialClient(t, await started(t), "nobody-has-this");
  await assert.rejects(client.send(deletion()), AccessDeniedException);
});

test("the official client reads every page, with the dates and names as seeded", async (t) => {
  const client = officialClient(t, await started(t));
  assert.deepEqual(
    await ids(client, { pageSize: 5 }),
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
  const { items } = await officialClient(t, await started(t)).send(new ListAccessTokensCommand({}));
  assert.equal(items?.length, 10);
});

test("tokens deleted while their list is being read hide no others", async (t) => {
  const client = officialClient(t, await started(t));
  const seen = [];
  for await (const page of paginateListAccessTokens({ client, pageSize: 3 }, {})) {
    const listed = idsIn(page);
    seen.push(...listed);
    await Promise.all(listed.map((id) => client.send(deletion(id))));
  }
  assert.deepEqual(
    seen,
    sample.tokens.map((token) => token.id),
  );
});

test("a token created over PUT has a secret, a year to live and a place in the list", async (t) => {
  const client = officialClient(t, await started(t));
  const output = await client.send(new CreateAccessTokenCommand({ name: "Fresh" }));
  assert.equal(output.$metadata.httpStatusCode, 201);
  assert.equal(output.name, "Fresh");
  assert.match(output.secret ?? "", /^.{41,}$/);
  assert.equal(Math.round((Number(output.expiresTime) - Date.now()) / 86_400_000), 365);
  assert.equal((await ids(client)).at(-1), output.accessTokenId);
});

test("a token created with a date keeps it", async (t) => {
  const expiresTime = new Date("2031-05-06T07:08:09Z");
  const command = new CreateAccessTokenCommand({ name: "Dated", expiresTime });
  assert.deepEqual(
    (await officialClient(t, await started(t)).send(command)).expiresTime,
    expiresTime,
  );
});

test("the hundred and first token is the official client's ServiceQuotaExceededException", async (t) => {
  const tokens = Array.from({ length: 99 }, (_, index) => ({ id: `id-${index}`, name: "Many" }));
  const service = await started(t, { users: [{ name: "ana", bearer: sample.bearer, tokens }] });
  const client = officialClient(t, service);
  const create = () => client.send(new CreateAccessTokenCommand({ name: "One more" }));
  await create();
  await assert.rejects(create(), ServiceQuotaExceededException);
});

test("an id of reserved and foreign characters finds its token", async (t) => {
  const id = "a/b %2F?#ü:\u{1f511}";
  const users = [{ name: "ana", bearer: sample.bearer, tokens: [{ id, name: "Odd" }] }];
  const service = await started(t, { users });
  await officialClient(t, service).send(deletion(id));
  assert.deepEqual(service.state().users.ana, []);
});

/** @type {Record<string, any>} */
const TOO_MUCH = {
  "an id of 37 characters": deletion("x".repeat(37)),
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
  "a next token it never gave": new ListAccessTokensCommand({ nextToken: "WzEsMl0" }),
};

for (const [what, command] of Object.entries(TOO_MUCH)) {
  test(`${what} is the official client's ValidationException`, async (t) => {
    await assert.rejects(officialClient(t, await started(t)).send(command), ValidationException);
  });
}

test("characters are counted as Unicode scalar values", async (t) => {
  const client = officialClient(t, await started(t));
  await assert.rejects(client.send(deletion("\u{1f511}".repeat(36))), ResourceNotFoundException);
  await assert.rejects(client.send(deletion("\u{1f511}".repeat(37))), ValidationException);
  await client.send(new CreateAccessTokenCommand({ name: "\u{1f511}".repeat(100) }));
});

test("a next token serves only the user it was given to", async (t) => {
  const service = await started(t);
  const { nextToken } = await officialClient(t, service).send(
    new ListAccessTokensCommand({ maxResults: 1 }),
  );
  const other = officialClient(t, service, sample.otherBearer);
  await assert.rejects(other.send(new ListAccessTokensCommand({ nextToken })), ValidationException);
});

// ------------------------------------------------------------------- the wire

test("an answer is JSON under a request id of its own", async (t) => {
  const service = await started(t);
  const [first, second] = [await askDelete(service), await askDelete(service)];
  assert.deepEqual([first.status, first.text], [200, "{}"]);
  assert.equal(first.headers["content-type"], "application/json");
  assert.notEqual(first.headers["x-amzn-requestid"], second.headers["x-amzn-requestid"]);
  assert.equal(first.headers["x-amzn-errortype"], undefined);
});

test("a refusal carries its name in the header and its message in the body", async (t) => {
  const { status, headers, text } = await askDelete(await started(t), "/v1/accessTokens/unknown");
  assert.equal(status, 404);
  assert.equal(headers["x-amzn-errortype"], "ResourceNotFoundException");
  assert.deepEqual(JSON.parse(text), { message: "The access token was not found." });
});

test("dates are ISO 8601 on the wire", async (t) => {
  const { items } = JSON.parse((await askList(await started(t), "{}")).text);
  assert.equal(items[0].expiresTime, sample.tokens[0].expiresTime.toISOString());
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
    const { status } = await ask(await started(t), PATH, { method: "DELETE", headers });
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
    const service = await started(t);
    const { status, text } = await askDelete(service, path);
    assert.equal(status, expected);
    assert.equal(typeof JSON.parse(text).message, "string");
    assert.equal(service.state().users.ana.length, sample.tokens.length);
  });
}

test("a wrong method names the right ones", async (t) => {
  const { status, headers } = await ask(await started(t), "/v1/accessTokens", {
    headers: AUTHORIZATION,
  });
  assert.deepEqual([status, headers.allow], [405, "POST, PUT"]);
});

const BAD_BODIES = { "text that is not JSON": "{", "an array": "[]", null: "null" };

for (const [what, body] of Object.entries(BAD_BODIES)) {
  test(`${what} as a body answers 400`, async (t) => {
    assert.equal((await askList(await started(t), body)).status, 400);
  });
}

test("members that are null and an empty body count as absent", async (t) => {
  const service = await started(t);
  const nulls = await askList(service, '{"maxResults":null,"nextToken":null}');
  const empty = await askList(service, "");
  assert.deepEqual([nulls.status, nulls.text], [200, empty.text]);
});

test("a body that is not declared as JSON answers 415", async (t) => {
  const options = { method: "POST", headers: AUTHORIZATION, body: "{}" };
  assert.equal((await ask(await started(t), "/v1/accessTokens", options)).status, 415);
});

test("a body over the limit answers 413", async (t) => {
  assert.equal((await askList(await started(t), "x".repeat(256 * 1024 + 1))).status, 413);
});

// --------------------------------------------------------------------- faults

/** @type {[status: number, type: any][]} */
const NAMED = [
  [409, ConflictException],
  [429, ThrottlingException],
  [402, ServiceQuotaExceededException],
];

for (const [status, type] of NAMED) {
  test(`an ordered ${status} is the official client's ${type.name}, and nothing is deleted`, async (t) => {
    const service = await started(t);
    service.faults.push({ status, name: type.name, message: "Ordered." });
    const error = await officialClient(t, service)
      .send(deletion())
      .catch((thrown) => thrown);
    assert.ok(error instanceof type);
    assert.deepEqual([error.message, error.$metadata.httpStatusCode], ["Ordered.", status]);
    assert.equal(owns(service), true);
  });
}

test("the official client sees when to come back after throttling", async (t) => {
  const service = await started(t);
  const headers = { "retry-after": "7", "x-amz-retry-after": "6500" };
  service.faults.push({ status: 429, name: "ThrottlingException", message: "Slow down.", headers });
  const error = await officialClient(t, service)
    .send(deletion())
    .catch((thrown) => thrown);
  assert.ok(error instanceof ThrottlingException);
  assert.deepEqual(error.$retryable, {});
  const { headers: received } = error.$response ?? assert.fail("no response");
  assert.deepEqual([received["retry-after"], received["x-amz-retry-after"]], ["7", "6500"]);
});

test("a name that the official client does not know is its base class", async (t) => {
  const service = await started(t);
  service.faults.push({ status: 500, name: "InternalServerException", message: "Ordered." });
  const error = await officialClient(t, service)
    .send(deletion())
    .catch((thrown) => thrown);
  assert.ok(error instanceof CodeCatalystServiceException);
  assert.equal(error.name, "InternalServerException");
});

test("the official client's own retries get past faults", async (t) => {
  const service = await started(t);
  const client = new CodeCatalystClient({
    endpoint: service.url,
    region: "us-west-2",
    token: { token: sample.bearer },
  });
  t.after(() => client.destroy());
  service.faults.push({ status: 503 }, { cut: "before" });
  assert.equal((await client.send(deletion())).$metadata.attempts, 3);
});

test("an error can hide that the deletion took effect", async (t) => {
  const service = await started(t);
  service.faults.push({ status: 500, effect: true });
  assert.equal((await askDelete(service)).status, 500);
  assert.equal(owns(service), false);
});

test("an answer can be anything: a body as it is, any header, or one left out", async (t) => {
  const service = await started(t);
  const headers = { "content-type": "text/html", "x-amzn-requestid": null };
  service.faults.push({ status: 502, body: "<h1>Bad gateway</h1>", headers });
  const answer = await askDelete(service);
  assert.deepEqual([answer.status, answer.text], [502, "<h1>Bad gateway</h1>"]);
  assert.equal(answer.headers["content-type"], "text/html");
  assert.equal(answer.headers["x-amzn-requestid"], undefined);
});

test("a redirect says where to, and nothing is deleted", async (t) => {
  const service = await started(t);
  service.faults.push({ status: 302, headers: { location: "http://127.0.0.1:9/elsewhere" } });
  const { status, headers } = await askDelete(service);
  assert.deepEqual([status, headers.location], [302, "http://127.0.0.1:9/elsewhere"]);
  assert.equal(owns(service), true);
});

for (const [cut, remains] of Object.entries({ before: true, after: false })) {
  test(`a connection cut ${cut} the deletion gives no answer`, async (t) => {
    const service = await started(t);
    service.faults.push({ cut });
    await assert.rejects(askDelete(service), { code: "ECONNRESET" });
    assert.equal(owns(service), remains);
  });
}

test("a body cut in the middle promises more than it gives", async (t) => {
  const service = await started(t);
  service.faults.push({ cut: "body" });
  await assert.rejects(askDelete(service), { code: "ECONNRESET" });
  assert.equal(owns(service), false);
});

test("an ordered answer can break off too", async (t) => {
  const service = await started(t);
  service.faults.push({ status: 400, message: "Cut.", cut: "body" });
  const response = await fetch(service.url + PATH, { method: "DELETE", headers: AUTHORIZATION });
  assert.equal(response.status, 400);
  await assert.rejects(response.text(), TypeError);
});

test("an answer held back comes in the end", async (t) => {
  const service = await started(t);
  service.faults.push({ delayMs: 20 });
  assert.equal((await askDelete(service)).status, 200);
});

test("closing the service ends an answer that is being held back", async (t) => {
  const service = await started(t);
  service.faults.push({ delayMs: 2 ** 30 });
  const answer = assert.rejects(askDelete(service), { code: "ECONNRESET" });
  while (owns(service)) await new Promise(setImmediate);
  await service.close();
  await answer;
});

test("faults are used up in their order, each by a request of its method", async (t) => {
  const service = await started(t);
  service.faults.push({ method: "POST", status: 418 }, { status: 501 }, { status: 502 });
  const seen = [await askDelete(service), await askList(service, ""), await askDelete(service)];
  assert.deepEqual(
    seen.map((answer) => answer.status),
    [501, 418, 502],
  );
  assert.equal(service.faults.length, 0);
  assert.equal((await askDelete(service)).status, 200);
});

test("a preflight leaves faults to the request it is for", async (t) => {
  const service = await started(t);
  service.faults.push({ status: 503 }, { method: "OPTIONS", status: 403 });
  assert.equal((await ask(service, PATH, { method: "OPTIONS" })).status, 403);
  assert.equal((await ask(service, PATH, { method: "OPTIONS" })).status, 204);
  assert.equal((await askDelete(service)).status, 503);
});

test("while a cut is ordered no connection is used twice", async (t) => {
  const service = await started(t);
  const connection = async () =>
    (await ask(service, PATH, { method: "OPTIONS" })).headers.connection;
  assert.equal(await connection(), "keep-alive");
  service.faults.push({ cut: "before" });
  assert.equal(await connection(), "close");
});

const BAD_FAULTS = {
  "that is not an object": 503,
  "with a member nobody knows": { status: 503, mesage: "Slip." },
  "that does nothing": { method: "DELETE" },
  "with a status that is none": { status: 1000 },
  "with an unknown cut": { cut: "head" },
  "with a negative delay": { delayMs: -1 },
  "that describes an answer without a status": { cut: "body", message: "Lost." },
  "that both answers and does not": { status: 503, cut: "after" },
};

for (const [what, fault] of Object.entries(BAD_FAULTS)) {
  test(`a fault ${what} is refused where it is ordered`, async (t) => {
    const service = await started(t);
    assert.throws(() => service.faults.push(fault), TypeError);
    assert.equal(service.faults.length, 0);
  });
}

// ------------------------------------------------------------------------ CORS

const FROM_A_PAGE = {
  origin: "https://page.example",
  "access-control-request-method": "DELETE",
  "access-control-request-headers": "authorization,content-type",
};

test("a preflight allows a page's deletion, and needs no authorization", async (t) => {
  const { status, headers } = await ask(await started(t), PATH, {
    method: "OPTIONS",
    headers: FROM_A_PAGE,
  });
  assert.equal(status, 204);
  assert.equal(headers["access-control-allow-origin"], "*");
  assert.equal(headers["access-control-allow-methods"], "DELETE, POST, PUT");
  assert.equal(headers["access-control-allow-headers"], "authorization, content-type");
});

test("a page may read refusals, request ids and when to come back", async (t) => {
  const { status, headers } = await ask(await started(t), PATH, { method: "DELETE" });
  assert.equal(status, 403);
  assert.equal(headers["access-control-allow-origin"], "*");
  assert.equal(
    headers["access-control-expose-headers"],
    "x-amzn-requestid, x-amzn-errortype, retry-after, x-amz-retry-after",
  );
});

test("a preflight for a place that does not exist answers 404", async (t) => {
  assert.equal((await ask(await started(t), "/v1/", { method: "OPTIONS" })).status, 404);
});

test("with CORS off no answer has a CORS header", async (t) => {
  const service = await started(t);
  service.cors = false;
  const preflight = await ask(service, PATH, { method: "OPTIONS", headers: FROM_A_PAGE });
  const answers = [preflight, await askDelete(service)];
  const names = answers.flatMap(({ headers }) => Object.keys(headers));
  assert.deepEqual(
    names.filter((name) => name.startsWith("access-control-")),
    [],
  );
});

// -------------------------------------------------------------- control routes

test("the control routes order faults, show what is there and forget what was seen", async (t) => {
  const service = await started(t);
  const control = async (method, path, body) => {
    const answer = await ask(service, path, { method, body: JSON.stringify(body) });
    return answer.text === "" ? answer.status : JSON.parse(answer.text);
  };
  assert.equal(await control("POST", "/_service/faults", [{ status: 503 }, { cut: "after" }]), 204);
  assert.equal((await askDelete(service)).status, 503);
  const state = await control("GET", "/_service/state");
  assert.equal(state.users.ana.length, sample.tokens.length);
  assert.deepEqual([state.faults, state.cors, state.requests.length], [1, true, 1]);
  assert.equal(await control("DELETE", "/_service/faults"), 204);
  assert.equal(await control("DELETE", "/_service/requests"), 204);
  assert.equal(await control("PUT", "/_service/cors", false), 204);
  const after = await control("GET", "/_service/state");
  assert.deepEqual([after.faults, after.cors, after.requests], [0, false, []]);
});

test("requests are noted with whose they were, and never with the authorization", async (t) => {
  const service = await started(t);
  await ask(service, PATH, {
    method: "DELETE",
    headers: { ...AUTHORIZATION, accept: "application/json" },
  });
  await ask(service, PATH, {
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
  const shown = (await ask(service, "/_service/state")).text;
  assert.doesNotMatch(shown, /marked-secret|Bearer/);
  assert.equal(shown.includes(sample.bearer), false);
});

const STRANGERS = {
  "a Host that was made to lead here": { host: "rebound.example" },
  "a Host that only begins like this machine": { host: "localhost.example" },
  "an Origin of elsewhere": { origin: "https://page.example" },
  "an Origin of another local port": { origin: "http://127.0.0.1:1" },
  "an Origin that is hidden": { origin: "null" },
};

for (const [what, headers] of Object.entries(STRANGERS)) {
  test(`the control routes refuse ${what}`, async (t) => {
    const service = await started(t);
    const options = { method: "POST", headers, body: '[{"status":503}]' };
    assert.equal((await ask(service, "/_service/faults", options)).status, 403);
    assert.equal(service.faults.length, 0);
  });
}

test("the control routes are open to names and the origin of this machine", async (t) => {
  const service = await started(t);
  const own = `localhost:${service.port}`;
  const all = [{ host: "localhost" }, { host: "[::1]:80" }, { host: own, origin: `http://${own}` }];
  for (const headers of all) {
    assert.equal((await ask(service, "/_service/state", { headers })).status, 200);
  }
});

test("an order that cannot be read says why and orders nothing", async (t) => {
  const service = await started(t);
  for (const body of ["[", '[{"status":503},{"cut":"head"}]', "{}"]) {
    const answer = await ask(service, "/_service/faults", { method: "POST", body });
    assert.equal(answer.status, 400);
    assert.equal(typeof JSON.parse(answer.text).message, "string");
  }
  assert.equal(service.faults.length, 0);
});

test("an unknown control route is told the known ones", async (t) => {
  const { status, text } = await ask(await started(t), "/_service/nothing");
  assert.equal(status, 404);
  assert.match(text, /POST \/_service\/faults/);
});

// ----------------------------------------------------------------- state in a file

test("what was deleted and created is still so after a restart", async (t) => {
  const file = await temporaryFile(t);
  const before = await started(t, { file });
  const client = officialClient(t, before);
  await client.send(deletion());
  const { accessTokenId } = await client.send(new CreateAccessTokenCommand({ name: "Kept" }));
  await before.close();
  const after = await started(t, { file });
  assert.deepEqual(after.state().users, before.state().users);
  assert.deepEqual([owns(after), owns(after, accessTokenId)], [false, true]);
});

test("the change is in the file before the answer is out", async (t) => {
  const file = await temporaryFile(t);
  const service = await started(t, { file });
  service.faults.push({ cut: "after" });
  await assert.rejects(askDelete(service));
  assert.equal((await readFile(file, "utf8")).includes(ID), false);
});

test("nothing but the state file is left behind, and no bearer is in it", async (t) => {
  const file = await temporaryFile(t);
  await askDelete(await started(t, { file }));
  assert.deepEqual(await readdir(join(file, "..")), ["state.json"]);
  assert.equal((await readFile(file, "utf8")).includes(sample.bearer), false);
});

test("a list begun before a restart goes on after it", async (t) => {
  const file = await temporaryFile(t);
  const before = await started(t, { file });
  const { nextToken } = await officialClient(t, before).send(
    new ListAccessTokensCommand({ maxResults: 8 }),
  );
  await before.close();
  const client = officialClient(t, await started(t, { file }));
  const page = await client.send(new ListAccessTokensCommand({ nextToken }));
  assert.deepEqual(
    idsIn(page),
    sample.tokens.slice(8).map((token) => token.id),
  );
});

test("a deletion that cannot be written to the file fails and changes nothing", async (t) => {
  const file = await temporaryFile(t);
  const service = await started(t, { file });
  await rm(join(file, ".."), { recursive: true });
  const { status, headers } = await askDelete(service);
  assert.deepEqual([status, headers["x-amzn-errortype"]], [500, "InternalServerException"]);
  assert.equal(owns(service), true);
});

const DAMAGED = {
  "cut off": '{"users":',
  "without a number": '{"users":{}}',
  "without users": '{"serial":1,"users":[]}',
  "with tokens that are none": '{"serial":1,"users":{"ana":[{"id":1}]}}',
};

for (const [what, text] of Object.entries(DAMAGED)) {
  test(`a state file ${what} is named, and left as it is`, async (t) => {
    const file = await temporaryFile(t);
    await writeFile(file, text);
    await assert.rejects(startService({ file }), (/** @type {Error} */ error) =>
      error.message.startsWith(file),
    );
    assert.equal(await readFile(file, "utf8"), text);
  });
}

// ------------------------------------------------------------------ start and stop

function program(t, ...given) {
  const path = fileURLToPath(new URL("../../www/service.mjs", import.meta.url));
  const child = spawn(process.execPath, [path, ...given], { stdio: ["ignore", "pipe", "pipe"] });
  t.after(() => child.kill());
  child.stdout.setEncoding("utf8");
  child.stderr.setEncoding("utf8");
  return child;
}

test("as a program it says in one line why it cannot start", async (t) => {
  const file = await temporaryFile(t);
  await writeFile(file, "{");
  const child = program(t, "--file", file);
  const [said, [code]] = await Promise.all([child.stderr.toArray(), once(child, "exit")]);
  assert.equal(code, 1);
  assert.match(said.join(""), /^.*state\.json does not hold this service's state: .*\n$/);
});

test("as a program it prints its URL and serves there", async (t) => {
  const [line] = await program(t, "--port", "0").stdout.take(1).toArray();
  assert.match(line, /^http:\/\/127\.0\.0\.1:\d+\n$/);
  assert.equal((await askDelete({ url: line.trim() })).status, 200);
});

test("closing it again and again is fine", async (t) => {
  const service = await started(t);
  await service.close();
  await service.close();
});
