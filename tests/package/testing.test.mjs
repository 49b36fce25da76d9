// codecatalyst-pat/testing as its users see it: seeds, faults by name, records, and errors that say
// what is wrong. service*.test.mjs have the rules of the service itself.

import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import * as testing from "../../pkg-template/testing/index.js";
import { root } from "../../scripts/tools.mjs";
import { all, rejection } from "./installed.mjs";
import { read, tableRows } from "./markdown.mjs";
import { send } from "./service.mjs";

const { sample, startService, ...faults } = testing;
const { expiredBearer, lostReply, proxyPage, serverError, slowReply, throttled } = faults;

const TOKENS = [
  { id: "old", name: "Old", expiresTime: new Date("2024-02-29T12:00:00Z") },
  { id: "new", name: "New", expiresTime: "2999-12-31T00:00:00+02:00" },
];
const ANA = { name: "ana", bearer: "marked-bearer", tokens: TOKENS };

const pat = await import(join(root, "pkg/index.js"));

/** Starts the stand-in for one test, with one user. */
async function start(t, /** @type {any} */ options = { users: [ANA] }) {
  const service = await startService(options);
  t.after(() => service.close());
  return service;
}

const remove = (service, id = "old", options = {}) =>
  pat.deleteAccessToken(ANA.bearer, id, { endpoint: service.url, ...options });

// ------------------------------------------------------------------------- seeds

test("what is seeded is what the package lists", async (t) => {
  const service = await start(t);
  const listed = await all(pat.listAccessTokens(ANA.bearer, { endpoint: service.url }));
  const expected = [
    { id: "old", name: "Old", expiresTime: new Date("2024-02-29T12:00:00Z") },
    { id: "new", name: "New", expiresTime: new Date("2999-12-30T22:00:00Z") },
  ];
  assert.deepEqual(listed, expected);
  assert.deepEqual(service.tokensOf("ana"), expected);
});

test("without options it has the sample users", async (t) => {
  const service = await start(t, null);
  const ids = (user) => service.tokensOf(user).map(({ id }) => id);
  const sampleIds = [sample.tokens, sample.otherTokens].map((list) => list.map(({ id }) => id));
  assert.deepEqual([ids("ana"), ids("ben")], sampleIds);
});

test("users, tokens and bearers can be added and removed while it runs", async (t) => {
  const service = await start(t);
  service.addUser({ name: "ben", bearer: "ben-1" });
  const { id } = service.addToken("ben", { name: "Laptop" });
  assert.match(id, /^[0-9a-f-]{36}$/);
  const list = (bearer) => all(pat.listAccessTokens(bearer, { endpoint: service.url }));
  assert.deepEqual(await list("ben-1"), [{ id, name: "Laptop" }]);
  service.addBearer("ben", "ben-2");
  assert.equal(service.expireBearer("ben-1"), true);
  assert.equal((await rejection(list("ben-1"))).name, "AccessDeniedException");
  assert.equal(service.removeToken("ben", id), true);
  assert.equal(service.removeToken("ben", id), false);
  assert.deepEqual(await list("ben-2"), []);
});

test("a reset brings back everything as at the start", async (t) => {
  const service = await start(t);
  const before = service.state();
  service.addUser({ name: "ben", bearer: "ben-1" });
  service.addBearer("ana", "other");
  service.expireBearer(ANA.bearer);
  service.removeToken("ana", "old");
  await send(service, "/v1/accessTokens");
  service.faults.push(lostReply());
  service.cors = false;
  service.pagesByPosition = true;
  service.reset();
  assert.deepEqual(service.state(), { ...before, requests: [] });
  assert.equal(service.pagesByPosition, false);
  assert.equal(
    (await rejection(pat.deleteAccessToken("other", "old", { endpoint: service.url }))).status,
    403,
  );
  assert.equal((await remove(service)).attempts, 1);
});

test("it stops at the end of a block", async () => {
  const service = await startService();
  await service[Symbol.asyncDispose]();
  await assert.rejects(fetch(service.url));
});

// ------------------------------------------------------------------------ faults

/** What the guide's table says of a fault, tried out. */
async function tryFault(t, fault) {
  const service = await start(t);
  service.faults.push(fault);
  const deleted = () => ({ name: "deleted", outcomeUnknown: false });
  const call = remove(service, "old", { maxAttempts: 1, timeoutMs: 500 });
  const { name, outcomeUnknown } = await call.then(deleted, (error) => error);
  const isExecuted = service.tokensOf("ana").every(({ id }) => id !== "old");
  return [isExecuted ? "yes" : "no", name, `${outcomeUnknown}`];
}

test("each fault does what the guide says of it", async (t) => {
  const rows = tableRows(await read("docs/guides/testing.md"), "Function").map((cells) =>
    cells.map((cell) => cell.replaceAll("`", "")),
  );
  const nameOf = (cells) => cells[0].split("(")[0];
  assert.deepEqual(rows.map(nameOf).sort(), Object.keys(faults).sort());
  for (const row of rows) {
    const name = nameOf(row);
    const fault = name === "slowReply" ? slowReply(5_000) : faults[name]();
    assert.deepEqual([name, ...(await tryFault(t, fault))], [name, ...row.slice(2)]);
  }
});

test("a list whose reply is cut fails", async (t) => {
  const service = await start(t);
  service.faults.push(faults.cutReply());
  const list = all(pat.listAccessTokens(ANA.bearer, { endpoint: service.url, maxAttempts: 1 }));
  assert.equal((await rejection(list)).name, "NetworkError");
});

test("a fault by name can be told how to reply", () => {
  const { status, headers } = throttled({ retryAfterSeconds: 0 });
  assert.deepEqual([status, headers], [429, { "retry-after": "0" }]);
  assert.equal(throttled().headers?.["retry-after"], undefined);
  const failed = serverError({ status: 503, effect: true });
  assert.deepEqual([failed.status, failed.effect], [503, true]);
  assert.equal(proxyPage({ status: 407 }).status, 407);
});

test("a fault meets only the requests that it is for, as often as it is told to", async (t) => {
  const service = await start(t);
  service.faults.push(serverError({ id: "new", method: "DELETE", times: 2 }));
  assert.equal(service.faults.length, 2);
  assert.equal((await remove(service, "old")).attempts, 1);
  assert.equal((await remove(service, "new")).attempts, 3);
  assert.equal(service.faults.length, 0);
});

test("a fault finds an id however it is encoded", async (t) => {
  const id = "a/ü%'";
  const service = await start(t, { users: [{ ...ANA, tokens: [{ id, name: "Odd" }] }] });
  service.faults.push(expiredBearer({ id }));
  assert.equal((await rejection(remove(service, id))).status, 403);
  assert.equal((await send(service, "/v1/accessTokens/%", { method: "DELETE" })).status, 403);
});

// ------------------------------------------------------------------------ record

test("each request is recorded with the status of its reply, and without its bearer", async (t) => {
  const service = await start(t);
  service.faults.push(lostReply(), serverError());
  await remove(service);
  const seen = service.requests.map(({ method, path, user, status }) => [
    method,
    path,
    user,
    status,
  ]);
  assert.deepEqual(seen, [
    ["DELETE", "/v1/accessTokens/old", "ana", undefined],
    ["DELETE", "/v1/accessTokens/old", "ana", 500],
    ["DELETE", "/v1/accessTokens/old", "ana", 404],
  ]);
  assert.equal(JSON.stringify([service.requests, service.state()]).includes(ANA.bearer), false);
});
