// One page of a list: what is sent, what becomes of the response, and how it fails.

import { deepEqual, equal, includes, ok } from "./support/assert.js";
import { edge } from "./support/edge.js";
import { settle } from "./support/host.js";
import { after, encode, neverSettles, reply, streaming } from "./support/responders.js";
import { createSuite } from "./support/suite.js";

export const suite = createSuite();
const { test, testEach } = suite;

test("a list request has exactly these parts", async ({ token, origin, mockFetch, requests }) => {
  mockFetch(reply(200, '{"items":[]}'));
  await edge.listPage(token, undefined, { endpoint: `${origin}/api/`, pageSize: 7 });
  const [{ url, init, more }] = requests;
  equal(url, `${origin}/api/v1/accessTokens`);
  deepEqual([init.method, init.body, more], ["POST", '{"maxResults":7}', []]);
  const json = "application/json";
  deepEqual(
    { ...init.headers },
    { authorization: `Bearer ${token}`, accept: json, "content-type": json },
  );
  deepEqual([init.redirect, init.credentials, init.cache], ["manual", "omit", "no-store"]);
});

test("the next token selects the page", async ({ token, origin, mockFetch, requests }) => {
  mockFetch(reply(200, '{"items":[]}'));
  const nextToken = '\u0000"\\'.padEnd(9_993, "m");
  await edge.listPage(token, nextToken, { endpoint: origin });
  deepEqual(JSON.parse(requests[0].init.body), { maxResults: 10, nextToken });
});

test("a page has items with dates and a next token", async ({ token, origin, mockFetch }) => {
  const items = [
    { id: "1", name: "Laptop 😀", expiresTime: "2027-01-02T03:04:05.678Z" },
    { id: "2", name: "x\u0007", expiresTime: null },
  ];
  const body = JSON.stringify({ items, nextToken: "m" });
  mockFetch(reply(503), reply(200, body, { "x-amzn-requestid": "r-1" }));
  const page = await edge.listPage(token, undefined, { endpoint: origin });
  const { items: pageItems, ...others } = page;
  deepEqual(others, { nextToken: "m", attempts: 2, status: 200, requestId: "r-1" });
  const [first, second] = pageItems;
  ok(first.expiresTime instanceof Date, "expiresTime is a date");
  deepEqual(first, items[0]);
  deepEqual(second, { id: "2", name: "x\u0007" });
});

testEach(
  "an invalid page is an unexpected response",
  [
    "",
    "null",
    "[]",
    "<html>",
    '{"items":[{}]}',
    '{"items":[]',
    `{"items":[${'{"id":"1","name":"n"},'.repeat(9_999)}{}]}`,
  ],
  async ({ token, origin, mockFetch, requests }, body) => {
    mockFetch(reply(200, body));
    const { failure } = await settle(edge.listPage(token, undefined, { endpoint: origin }));
    deepEqual(
      [failure.name, failure.status, failure.attempts],
      ["UnexpectedResponseError", 200, 1],
    );
    deepEqual([failure.retryable, failure.outcomeUnknown, requests.length], [false, false, 1]);
  },
);

test("a page that breaks off is requested again", async ({
  token,
  origin,
  mockFetch,
  requests,
}) => {
  const start = (/** @type {any} */ body) => {
    body.enqueue(encode('{"items":'));
    body.error("gone");
  };
  mockFetch(streaming(200, { start }), reply(503), reply(200, '{"items":[]}'));
  const page = await edge.listPage(token, undefined, { endpoint: origin });
  deepEqual(page, { items: [], attempts: 3, status: 200 });
  equal(requests.length, 3);
});

test("an abort ends a list request with a known outcome", async ({ token, origin, mockFetch }) => {
  const controller = new AbortController();
  mockFetch(after(() => controller.abort("enough"), neverSettles));
  const { failure } = await settle(
    edge.listPage(token, undefined, { endpoint: origin, signal: controller.signal }),
  );
  deepEqual([failure.name, failure.cause, failure.outcomeUnknown], ["AbortError", "enough", false]);
});

testEach(
  "list options are validated",
  [
    [{ pageSize: 0 }, "options.pageSize must be an integer from 1 to 10, not 0."],
    [{ pageSize: 11 }, "not more."],
    [{ pageSize: "5" }, "options.pageSize must be a number, not string."],
    [{ concurrency: 1 }, "options.concurrency is not an option."],
    [{ pagesize: 1 }, "Did you mean pageSize?"],
  ],
  async ({ token, origin, requests }, [pageOptions, expected]) => {
    const options = { endpoint: origin, ...pageOptions };
    const { failure } = await settle(edge.listPage(token, undefined, options));
    equal(failure.name, "InvalidArgumentError");
    includes(failure.message, expected);
    equal(requests.length, 0);
  },
);

testEach(
  "an item with an unreadable expires time has none",
  [
    "",
    "soon",
    "2027-13-01T00:00:00Z",
    "2027-01-02T03:04:05-25:00",
    "2027-01-02T03:04:05+24:00",
    "2027-01-02T03:04:05+01:60",
    "January 2, 2027",
    1_800_000_000,
    {},
    [],
    true,
  ],
  async ({ token, origin, mockFetch }, expiresTime) => {
    const items = [{ id: "1", name: "n", expiresTime }];
    mockFetch(reply(200, JSON.stringify({ items })));
    const page = await edge.listPage(token, undefined, { endpoint: origin });
    deepEqual(page.items, [{ id: "1", name: "n" }]);
    equal(Object.hasOwn(page.items[0], "expiresTime"), false, "has expiresTime");
  },
);

testEach(
  "an expires time can have an offset or lack seconds or a zone",
  [
    ["2027-01-02T03:04:05Z", "2027-01-02T03:04:05.000Z"],
    ["2027-01-02T03:04:05+02:00", "2027-01-02T01:04:05.000Z"],
    ["2027-01-02T03:04Z", "2027-01-02T03:04:00.000Z"],
    ["2027-01-02T03:04:05", "2027-01-02T03:04:05.000Z"],
  ],
  async ({ token, origin, mockFetch }, [expiresTime, expected]) => {
    const items = [{ id: "1", name: "n", expiresTime }];
    mockFetch(reply(200, JSON.stringify({ items })));
    const page = await edge.listPage(token, undefined, { endpoint: origin });
    equal(page.items[0].expiresTime.toISOString(), expected);
  },
);
