// Faults that are ordered from the stand-in for the service, and its replies to pages of other
// origins.

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  CodeCatalystClient,
  CodeCatalystServiceException,
  ConflictException,
  ServiceQuotaExceededException,
  ThrottlingException,
} from "@aws-sdk/client-codecatalyst";
import { sample } from "../../pkg-template/testing/index.js";
import {
  AUTHORIZATION,
  deleteCommand,
  hasToken,
  officialClient,
  PATH,
  send,
  sendDelete,
  sendList,
  start,
} from "./service.mjs";

/** @type {[status: number, type: any][]} */
const NAMED = [
  [409, ConflictException],
  [429, ThrottlingException],
  [402, ServiceQuotaExceededException],
];

for (const [status, type] of NAMED) {
  test(`an ordered ${status} is the official client's ${type.name}, and nothing is deleted`, async (t) => {
    const service = await start(t);
    service.faults.push({ status, name: type.name, message: "Ordered." });
    const error = await officialClient(t, service)
      .send(deleteCommand())
      .catch((thrown) => thrown);
    assert.ok(error instanceof type);
    assert.deepEqual([error.message, error.$metadata.httpStatusCode], ["Ordered.", status]);
    assert.equal(hasToken(service), true);
  });
}

test("the official client sees the retry delay after throttling", async (t) => {
  const service = await start(t);
  const headers = { "retry-after": "7", "x-amz-retry-after": "6500" };
  service.faults.push({ status: 429, name: "ThrottlingException", message: "Slow down.", headers });
  const error = await officialClient(t, service)
    .send(deleteCommand())
    .catch((thrown) => thrown);
  assert.ok(error instanceof ThrottlingException);
  assert.deepEqual(error.$retryable, {});
  const { headers: received } = error.$response ?? assert.fail("no response");
  assert.deepEqual([received["retry-after"], received["x-amz-retry-after"]], ["7", "6500"]);
});

test("a name that the official client does not know is its base class", async (t) => {
  const service = await start(t);
  service.faults.push({ status: 500, name: "InternalServerException", message: "Ordered." });
  const error = await officialClient(t, service)
    .send(deleteCommand())
    .catch((thrown) => thrown);
  assert.ok(error instanceof CodeCatalystServiceException);
  assert.equal(error.name, "InternalServerException");
});

test("the official client's own retries get past faults", async (t) => {
  const service = await start(t);
  const client = new CodeCatalystClient({
    endpoint: service.url,
    region: "us-west-2",
    token: { token: sample.bearer },
  });
  t.after(() => client.destroy());
  service.faults.push({ status: 503 }, { cut: "before" });
  assert.equal((await client.send(deleteCommand())).$metadata.attempts, 3);
});

test("an error can hide that the deletion took effect", async (t) => {
  const service = await start(t);
  service.faults.push({ status: 500, effect: true });
  assert.equal((await sendDelete(service)).status, 500);
  assert.equal(hasToken(service), false);
});

test("an answer can be anything: a body as it is, any header, or one left out", async (t) => {
  const service = await start(t);
  const headers = { "content-type": "text/html", "x-amzn-requestid": null };
  service.faults.push({ status: 502, body: "<h1>Bad gateway</h1>", headers });
  const answer = await sendDelete(service);
  assert.deepEqual([answer.status, answer.text], [502, "<h1>Bad gateway</h1>"]);
  assert.equal(answer.headers["content-type"], "text/html");
  assert.equal(answer.headers["x-amzn-requestid"], undefined);
});

test("a redirect has a location, and nothing is deleted", async (t) => {
  const service = await start(t);
  service.faults.push({ status: 302, headers: { location: "http://127.0.0.1:9/elsewhere" } });
  const { status, headers } = await sendDelete(service);
  assert.deepEqual([status, headers.location], [302, "http://127.0.0.1:9/elsewhere"]);
  assert.equal(hasToken(service), true);
});

for (const [cut, remains] of /** @type {const} */ ([
  ["before", true],
  ["after", false],
])) {
  test(`a connection cut ${cut} the deletion gives no answer`, async (t) => {
    const service = await start(t);
    service.faults.push({ cut });
    await assert.rejects(sendDelete(service), { code: "ECONNRESET" });
    assert.equal(hasToken(service), remains);
  });
}

test("a cut body is shorter than announced", async (t) => {
  const service = await start(t);
  service.faults.push({ cut: "body" });
  await assert.rejects(sendDelete(service), { code: "ECONNRESET" });
  assert.equal(hasToken(service), false);
});

test("an ordered reply can be cut too", async (t) => {
  const service = await start(t);
  service.faults.push({ status: 400, message: "Cut.", cut: "body" });
  const response = await fetch(service.url + PATH, { method: "DELETE", headers: AUTHORIZATION });
  assert.equal(response.status, 400);
  await assert.rejects(response.text(), TypeError);
});

test("a delayed reply arrives in the end", async (t) => {
  const service = await start(t);
  service.faults.push({ delayMs: 20 });
  assert.equal((await sendDelete(service)).status, 200);
});

test("closing the service ends a delayed reply", async (t) => {
  const service = await start(t);
  service.faults.push({ delayMs: 2 ** 30 });
  const answer = assert.rejects(sendDelete(service), { code: "ECONNRESET" });
  while (hasToken(service)) await new Promise(setImmediate);
  await service.close();
  await answer;
});

test("faults apply in order, each to a request with its method", async (t) => {
  const service = await start(t);
  service.faults.push({ method: "POST", status: 418 }, { status: 501 }, { status: 502 });
  const seen = [await sendDelete(service), await sendList(service, ""), await sendDelete(service)];
  assert.deepEqual(
    seen.map((answer) => answer.status),
    [501, 418, 502],
  );
  assert.equal(service.faults.length, 0);
  assert.equal((await sendDelete(service)).status, 200);
});

test("a preflight leaves faults to the request that follows", async (t) => {
  const service = await start(t);
  service.faults.push({ status: 503 }, { method: "OPTIONS", status: 403 });
  assert.equal((await send(service, PATH, { method: "OPTIONS" })).status, 403);
  assert.equal((await send(service, PATH, { method: "OPTIONS" })).status, 204);
  assert.equal((await sendDelete(service)).status, 503);
});

test("while a cut is ordered no connection is used twice", async (t) => {
  const service = await start(t);
  const connection = async () =>
    (await send(service, PATH, { method: "OPTIONS" })).headers.connection;
  assert.equal(await connection(), "keep-alive");
  service.faults.push({ cut: "before" });
  assert.equal(await connection(), "close");
});

/** @type {Record<string, any>} */
const BAD_FAULTS = {
  "that is not an object": 503,
  "with an unknown member": { status: 503, mesage: "Slip." },
  "that does nothing": { method: "DELETE" },
  "with an invalid status": { status: 1000 },
  "with an unknown cut": { cut: "head" },
  "with a negative delay": { delayMs: -1 },
  "that describes an answer without a status": { cut: "body", message: "Lost." },
  "that both replies and cuts the connection": { status: 503, cut: "after" },
};

for (const [what, fault] of Object.entries(BAD_FAULTS)) {
  test(`a fault ${what} is rejected when it's ordered`, async (t) => {
    const service = await start(t);
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
  const { status, headers } = await send(await start(t), PATH, {
    method: "OPTIONS",
    headers: FROM_A_PAGE,
  });
  assert.equal(status, 204);
  assert.equal(headers["access-control-allow-origin"], "*");
  assert.equal(headers["access-control-allow-methods"], "DELETE, POST, PUT");
  assert.equal(headers["access-control-allow-headers"], "authorization, content-type");
});

test("a page may read errors, request ids and the retry delay", async (t) => {
  const { status, headers } = await send(await start(t), PATH, { method: "DELETE" });
  assert.equal(status, 403);
  assert.equal(headers["access-control-allow-origin"], "*");
  assert.equal(
    headers["access-control-expose-headers"],
    "x-amzn-requestid, x-amzn-errortype, retry-after, x-amz-retry-after",
  );
});

test("a preflight for a place that does not exist answers 404", async (t) => {
  assert.equal((await send(await start(t), "/v1/", { method: "OPTIONS" })).status, 404);
});

test("with CORS off no answer has a CORS header", async (t) => {
  const service = await start(t);
  service.cors = false;
  const preflight = await send(service, PATH, { method: "OPTIONS", headers: FROM_A_PAGE });
  const answers = [preflight, await sendDelete(service)];
  const names = answers.flatMap(({ headers }) => Object.keys(headers));
  assert.deepEqual(
    names.filter((name) => name.startsWith("access-control-")),
    [],
  );
});
