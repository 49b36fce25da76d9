// Lists at the package's front door: page by page, no page earlier than it is asked for, each failure a rejected step.

import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { sample, startService } from "../../pkg-template/testing/index.js";
import { all, fresh, project, rejection } from "./installed.mjs";

let pat;
let service;

before(async () => {
  pat = await fresh(await project("lists"));
  service = await startService();
});

after(() => service.close());

beforeEach(() => {
  service.faults.clear();
  service.clearRequests();
});

const list = (options = {}, /** @type {any} */ token = sample.bearer) =>
  pat.listAccessTokens(token, { endpoint: service.url, ...options });

/** Lets the host answer pages that are given here. */
function answers(t, ...pages) {
  const fetch = async () => new Response(JSON.stringify(pages.shift()));
  return t.mock.method(globalThis, "fetch", fetch).mock;
}

test("it gives every token of the user, over all pages, with dates", async () => {
  const listed = await all(list());
  assert.deepEqual(
    listed,
    sample.tokens.map(({ id, name, expiresTime }) => ({
      id,
      name,
      ...(expiresTime && { expiresTime }),
    })),
  );
  assert.ok(listed[0].expiresTime instanceof Date);
  assert.equal(service.requests.length, 2);
});

for (const pageSize of [1, 3, 10]) {
  test(`with pages of ${pageSize} it asks for as many pages as that takes`, async () => {
    assert.equal((await all(list({ pageSize }))).length, 12);
    assert.equal(service.requests.length, Math.ceil(12 / pageSize));
  });
}

test("nothing is sent before the first step, and no page before it is asked for", async () => {
  const tokens = list({ pageSize: 2 });
  await new Promise(setImmediate);
  assert.equal(service.requests.length, 0);
  for (const asked of [1, 1, 2, 2, 3]) {
    await tokens.next();
    assert.equal(service.requests.length, asked);
  }
});

test("a loop that is left early asks for nothing more", async () => {
  for await (const token of list({ pageSize: 1 })) {
    assert.ok(token.id);
    break;
  }
  await new Promise(setImmediate);
  assert.equal(service.requests.length, 1);
});

test("it can be left while a page is under way, which is cancelled then", async (t) => {
  let signal;
  t.mock.method(globalThis, "fetch", (_, init) => {
    signal = init.signal;
    return new Promise(() => {});
  });
  const tokens = list();
  const step = tokens.next();
  while (signal === undefined) await new Promise(setImmediate);
  assert.deepEqual(await tokens.return("enough"), { done: true, value: "enough" });
  assert.deepEqual(await step, { done: true, value: undefined });
  assert.equal(signal.aborted, true);
  assert.deepEqual(await tokens.next(), { done: true, value: undefined });
});

test("what is deleted while it lists makes it skip nothing", async () => {
  const own = await startService();
  const seen = [];
  for await (const { id } of pat.listAccessTokens(sample.bearer, {
    endpoint: own.url,
    pageSize: 2,
  })) {
    await pat.deleteAccessToken(sample.bearer, id, { endpoint: own.url });
    seen.push(id);
  }
  assert.deepEqual(own.state().users.ana, []);
  assert.equal(seen.length, 12);
  await own.close();
});

test("steps that are asked for at once come one after the other", async () => {
  const tokens = list({ pageSize: 1 });
  const steps = await Promise.all(Array.from({ length: 13 }, () => tokens.next()));
  assert.deepEqual(
    steps.slice(0, 12).map(({ value }) => value.id),
    sample.tokens.map(({ id }) => id),
  );
  assert.deepEqual(steps[12], { done: true, value: undefined });
});

test("pages that lead in a circle end with an error, after what they held", async (t) => {
  const page = (id, nextToken) => ({ items: [{ id, name: "n" }], nextToken });
  answers(t, page("1", "a"), page("2", "b"), page("3", "a"));
  const seen = [];
  const error = await rejection(
    (async () => {
      for await (const { id } of list()) seen.push(id);
    })(),
  );
  const { name, status, attempts, retryable } = error;
  assert.equal("requestId" in error, false);
  assert.deepEqual([name, status, attempts, retryable], ["UnexpectedResponseError", 200, 1, false]);
  assert.match(error.message, /leads back to a page/);
  assert.deepEqual(seen, ["1", "2"]);
});

test("a list of more than 1,000 pages ends with an error that names the last reply", async (t) => {
  let pages = 0;
  const fetch = async () => {
    pages += 1;
    const body = { items: [{ id: `${pages}`, name: "n" }], nextToken: `after ${pages}` };
    return new Response(JSON.stringify(body), { headers: { "x-amzn-requestid": `r-${pages}` } });
  };
  t.mock.method(globalThis, "fetch", fetch);
  const ids = [];
  const error = await rejection(
    (async () => {
      for await (const { id } of list()) ids.push(id);
    })(),
  );
  assert.deepEqual([pages, ids.length], [1_000, 1_000]);
  assert.deepEqual(error.toJSON(), {
    name: "UnexpectedResponseError",
    message: "The service's list of tokens has more than 1,000 pages.",
    status: 200,
    requestId: "r-1000",
    attempts: 1,
    retryable: false,
    outcomeUnknown: false,
  });
});

test("a reply that is no list is an error and no shorter list", async (t) => {
  answers(t, { items: [{ id: "1", name: "n" }], nextToken: "a" }, { Items: [] });
  const tokens = list();
  assert.equal((await tokens.next()).value.id, "1");
  const error = await rejection(tokens.next());
  assert.ok(error instanceof pat.CodeCatalystError);
  assert.equal(error.name, "UnexpectedResponseError");
  assert.deepEqual(await tokens.next(), { done: true, value: undefined });
});

test("a page that fails in passing is asked for again", async () => {
  service.faults.push({ status: 503 }, { cut: "body" }, { cut: "before", method: "POST" });
  assert.equal((await all(list({ maxAttempts: 4 }))).length, 12);
});

test("the token function is asked for each page", async () => {
  let asked = 0;
  const token = async () => {
    asked += 1;
    return sample.bearer;
  };
  await all(list({ pageSize: 4 }, token));
  assert.equal(asked, 3);
});

test("who is not signed in is told so, in a step", async () => {
  const error = await rejection(list({}, "nobody").next());
  assert.deepEqual(
    [error.name, error.status, error.outcomeUnknown],
    ["AccessDeniedException", 403, false],
  );
});

test("every argument that is refused is a rejected step, and nothing is sent", async () => {
  /** @type {[any, any, RegExp][]} */
  const table = [
    [7, {}, /^token must be/],
    [sample.bearer, 7, /^options must be an object/],
    [
      sample.bearer,
      { pageSize: 0 },
      /^options\.pageSize must be an integer from 1 to 10, not 0\.$/,
    ],
    [sample.bearer, { concurrency: 2 }, /^options\.concurrency is not an option\./],
    [sample.bearer, { endpoint: "http://example.com" }, /^options\.endpoint/],
    [sample.bearer, { signal: {} }, /^options\.signal/],
  ];
  for (const [token, options, message] of table) {
    const error = await rejection(pat.listAccessTokens(token, options).next());
    assert.equal(error.name, "InvalidArgumentError");
    assert.match(error.message, message);
  }
  assert.equal(service.requests.length, 0);
});

test("options are read in the call, not in the first step", async () => {
  const options = { endpoint: service.url, pageSize: 6 };
  const tokens = pat.listAccessTokens(sample.bearer, options);
  Object.assign(options, { endpoint: "https://elsewhere.example", pageSize: 1 });
  assert.equal((await all(tokens)).length, 12);
  assert.equal(service.requests.length, 2);
});

test("a signal ends the step that is under way, and is let go in the end", async () => {
  const controller = new AbortController();
  service.faults.push({ delayMs: 600_000 });
  const step = rejection(list({ signal: controller.signal }).next());
  while (service.requests.length === 0) await new Promise(setImmediate);
  controller.abort("enough");
  const error = await step;
  assert.deepEqual(
    [error.name, error.cause, error.outcomeUnknown],
    ["AbortError", "enough", false],
  );
});

test("a signal that fired before is an error before anything is sent", async () => {
  const error = await rejection(list({ signal: AbortSignal.abort() }).next());
  assert.deepEqual([error.name, error.attempts, service.requests.length], ["AbortError", 0, 0]);
  const late = AbortSignal.timeout(1);
  while (!late.aborted) await new Promise(setImmediate);
  assert.equal((await rejection(list({ signal: late }).next())).name, "TimeoutError");
});
