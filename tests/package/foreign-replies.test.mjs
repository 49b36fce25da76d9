// Replies of something other than the service: what stands between answers in its place.

import assert from "node:assert/strict";
import { before, beforeEach, test } from "node:test";
import { close, listen } from "../../pkg-template/loopback-server.js";
import { run } from "./cli-program.mjs";
import { env, setUpSuite } from "./cli-suite.mjs";
import { all, fresh, project, rejection } from "./installed.mjs";

/** @import { ServerResponse } from "node:http" */

const SIGN_IN = "<!doctype html><title>Sign in</title>";
const NGINX = "<html><head><title>404 Not Found</title></head></html>";

setUpSuite("foreign-replies-cli");

let folder;
let pat;
before(async () => {
  folder = await project("foreign-replies");
});
beforeEach(async () => {
  pat = await fresh(folder);
});

/** What a server does with one request. @typedef {(response: ServerResponse) => void} Answer */

/** @returns {Answer} */
const answer =
  (status, body = "", headers = {}) =>
  (response) =>
    response.writeHead(status, headers).end(body);

/** @type {Answer} */
const cut = (response) => response.destroy();

/**
 * Starts a proxy that gives these answers, the last one again and again.
 * @param {any} t
 * @param {Answer[]} answers
 */
async function proxy(t, ...answers) {
  let requests = 0;
  const { server, url } = await listen(0, (_, response) => {
    answers[Math.min(requests, answers.length - 1)](response);
    requests += 1;
  });
  t.after(() => close(server));
  return { endpoint: url, requests: () => requests };
}

const failure = (endpoint) => rejection(pat.deleteAccessToken("token", "id", { endpoint }));

for (const [title, status, body, outcomeUnknown] of /** @type {const} */ ([
  ["a sign-in page", 200, SIGN_IN, true],
  ["a page in JSON that is no object", 200, "[]", true],
  ["a page of a gateway that refuses DELETE", 404, NGINX, false],
  ["a blank 404", 404, "", false],
  ["a page of a firewall", 403, "Blocked.", false],
  ["a refusal of a proxy in JSON", 403, '{"error":{"code":403,"message":"Blocked."}}', false],
]))
  test(`${title} is an error and not retried`, async (t) => {
    const { endpoint, requests } = await proxy(t, answer(status, body));
    const error = await failure(endpoint);
    assert.deepEqual(
      [error.name, error.status, error.outcomeUnknown, requests()],
      ["UnexpectedResponseError", status, outcomeUnknown, 1],
    );
    assert.match(error.message, /other than the service answered \(status \d+\)/);
  });

for (const [title, first] of Object.entries({ "a cut": cut, "a 502": answer(502, SIGN_IN) }))
  test(`after ${title} a 404 of something else doesn't count as deleted`, async (t) => {
    for (const body of [NGINX, "", "{}", "404 page not found\n"]) {
      const { endpoint } = await proxy(t, first, answer(404, body));
      const { name, attempts, outcomeUnknown } = await failure(endpoint);
      assert.deepEqual(
        [name, attempts, outcomeUnknown],
        ["UnexpectedResponseError", 2, true],
        body,
      );
    }
  });

test("after a 502 of a gateway a 404 of the service does", async (t) => {
  const { endpoint } = await proxy(t, answer(502, NGINX), answer(404, '{"message":"none"}'));
  const result = await pat.deleteAccessToken("token", "id", { endpoint });
  assert.deepEqual(result, { attempts: 2, alreadyDeleted: true });
});

test("a page where a list was asked for is an error with a known outcome", async (t) => {
  const { endpoint } = await proxy(t, answer(200, SIGN_IN));
  const { name, status, outcomeUnknown } = await rejection(
    all(pat.listAccessTokens("token", { endpoint })),
  );
  assert.deepEqual([name, status, outcomeUnknown], ["UnexpectedResponseError", 200, false]);
});

test("the command line reports nothing as deleted behind a gateway that refuses", async (t) => {
  const { endpoint } = await proxy(t, answer(404, NGINX));
  const args = ["delete", "id-1", "id-2", "--yes", "--endpoint", endpoint];
  const { code, stdout, stderr } = await run(folder, args, { env: env() });
  assert.deepEqual([code, stdout], [1, ""]);
  assert.match(stderr, /other than the service answered/);
  assert.match(stderr, /\n0 deleted, 2 failed\.\n$/);
});

test("many deletions stop when more than 20 seconds are asked for", async (t) => {
  const busy = answer(429, '{"message":"Later."}', { "retry-after": "3600" });
  const { endpoint, requests } = await proxy(t, busy);
  const ids = Array.from({ length: 200 }, (_, index) => `id-${index}`);
  const results = await all(pat.deleteAccessTokens("token", ids, { endpoint, concurrency: 4 }));
  assert.ok(requests() <= 4, `${requests()} requests`);
  assert.equal(results.length, 200);
  for (const { status, error } of results) {
    assert.deepEqual(
      [status, error.name, error.message],
      ["failed", "ThrottlingException", "Later."],
    );
    assert.ok(error.retryAfterMs > 3_590_000 && error.retryAfterMs <= 3_600_000);
    assert.equal(error.outcomeUnknown, false);
  }
  assert.equal(results.filter(({ error }) => error.attempts === 1).length, requests());
  assert.equal(results.filter(({ error }) => error.attempts === 0).length, 200 - requests());
});
