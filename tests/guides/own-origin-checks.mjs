// What a reverse proxy must do so that a page can call the service from its own origin: the same
// checks for each of the guides.

import assert from "node:assert/strict";
import { once } from "node:events";
import { request } from "node:http";
import { text } from "node:stream/consumers";
import { cutReply, lostReply, sample } from "../../pkg-template/testing/index.js";
import { checkPage } from "./own-origin-page.mjs";

/** @typedef {Awaited<ReturnType<typeof import("../../pkg-template/testing/index.js").startService>>} Service */

/**
 * @typedef {object} Proxy
 * @property {string} url where the page is
 * @property {Service} service that it forwards to
 * @property {() => string | Promise<string>} logs all that the proxy has written
 * @property {boolean} [resends] whether its host itself sends a deletion again if a connection breaks
 */

const LIST = "/codecatalyst/v1/accessTokens";

/** @type {Record<string, (proxy: Proxy) => Promise<void>>} */
const CHECKS = {
  "forwards an id as it is encoded": async ({ url, service }) => {
    for (const id of ["a%2Fb", "%2E%2F..", "a%25b%20%C3%BC%3Fc%23", "-._~", "a%2fb"]) {
      const reply = await send(url, "DELETE", `${LIST}/${id}`);
      assert.equal(reply.headers["x-amzn-errortype"], "ResourceNotFoundException", id);
      assert.equal(service.requests.at(-1)?.path, `/v1/accessTokens/${id}`);
    }
  },
  "forwards nothing but the two operations": async ({ url, service }) => {
    for (const [method, path] of OTHERS) {
      const reply = await send(url, method, path);
      assert.ok(reply.status >= 400 && reply.status < 500, `${method} ${path}: ${reply.status}`);
      assert.doesNotMatch(reply.body, /^\s*\{/, "it would pass for the service's");
    }
    assert.deepEqual(service.requests, []);
  },
  "allows no page of another origin": async ({ url, service }) => {
    const preflight = {
      origin: "https://other.example",
      "access-control-request-method": "DELETE",
      "access-control-request-headers": "authorization",
    };
    const asked = await send(url, "OPTIONS", `${LIST}/1`, preflight);
    const listed = await send(url, "POST", LIST, { origin: "https://other.example" }, "{}");
    for (const { headers } of [asked, listed])
      assert.deepEqual(namesLike(headers, /^access-control-/), []);
    assert.deepEqual(namesLike(service.requests.at(-1)?.headers, /^origin$/), []);
  },
  "forwards the bearer token and none of the page's other headers": async ({ url, service }) => {
    const others = {
      cookie: "session=1",
      referer: `${url}/`,
      "x-forwarded-for": "192.0.2.1",
      "x-other": "1",
      te: "trailers",
      connection: "x-other",
    };
    await send(url, "POST", LIST, others, "{}");
    const { user, headers } = service.requests.at(-1) ?? assert.fail("nothing was forwarded");
    assert.equal(user, "ana");
    assert.deepEqual(namesLike(headers, /^(cookie|referer|x-other|te)$/), []);
    assert.notEqual(headers["x-forwarded-for"], "192.0.2.1");
    assert.equal(headers["content-type"], "application/json");
    assert.equal(headers.accept, "application/json");
  },
  "returns what the package reads, and nothing that would act on the origin": async (proxy) => {
    const ours = { "retry-after": "7", "x-amz-retry-after": "7000", "x-amzn-requestid": "r-1" };
    proxy.service.faults.push({
      status: 429,
      name: "ThrottlingException",
      headers: { ...ours, ...ACTING },
    });
    const { status, headers } = await send(proxy.url, "DELETE", `${LIST}/1`);
    assert.equal(status, 429);
    const kept = {
      ...ours,
      "x-amzn-errortype": "ThrottlingException",
      "cache-control": "no-store",
    };
    for (const [name, value] of Object.entries(kept)) assert.equal(headers[name], value, name);
    assert.deepEqual(
      Object.keys(ACTING).filter((name) => String(headers[name]) === ACTING[name]),
      [],
    );
  },
  "follows no redirect": async ({ url, service }) => {
    service.faults.push({ status: 302, headers: { location: `${service.url}/v1/accessTokens/2` } });
    const { status, headers } = await send(url, "DELETE", `${LIST}/1`);
    assert.deepEqual([status, headers.location, service.requests.length], [302, undefined, 1]);
  },
  "sends each deletion once, and says that no answer came": async ({ url, service, resends }) => {
    // So that a connection may be kept, which then breaks.
    await send(url, "DELETE", `${LIST}/1`);
    service.clearRequests();
    service.faults.push(lostReply({ times: 2 }));
    const reply = await send(url, "DELETE", `${LIST}/1`);
    assert.equal(reply.status, 502);
    assert.doesNotMatch(reply.body, /^\s*\{/, "it would pass for the service's");
    assert.equal(service.requests.length, resends ? 2 : 1);
  },
  "doesn't turn a reply that broke off into a whole one": async ({ url, service }) => {
    service.faults.push(cutReply());
    const reply = await send(url, "POST", LIST, {}, "{}").catch(() => undefined);
    if (reply) assert.equal(reply.status, 502);
  },
  "refuses a body that no list needs": async ({ url, service }) => {
    const { status } = await send(url, "POST", LIST, {}, JSON.stringify("x".repeat(200_000)));
    assert.equal(status, 413);
    assert.deepEqual(service.requests, []);
  },
  "has a page that lists and deletes, under a policy": checkPage,
  "logs no bearer token": async ({ logs }) => {
    assert.ok(!(await logs()).includes(sample.bearer.slice(-50)));
  },
};

/** @type {[method: string, path: string][]} */
const OTHERS = [
  ["GET", LIST],
  ["PUT", LIST],
  ["POST", `${LIST}?x=1`],
  ["POST", `${LIST}/`],
  ["POST", `${LIST}/1`],
  ["DELETE", LIST],
  ["DELETE", `${LIST}/`],
  ["DELETE", `${LIST}/1/2`],
  ["DELETE", `${LIST}/1?x=1`],
  ["DELETE", `${LIST}/1;x=1`],
  ["DELETE", `${LIST}/.`],
  ["DELETE", `${LIST}/..`],
  ["DELETE", `${LIST}/%2e%2E`],
  ["DELETE", `${LIST}/%`],
  ["DELETE", `${LIST}/../accessTokens`],
  ["POST", "/codecatalyst/v1/spaces"],
  ["POST", "/codecatalyst/v1/accesstokens"],
  ["POST", "/codecatalyst//v1/accessTokens"],
];

/** What a reply of somebody else must not do to the page's origin. @type {Record<string, string>} */
const ACTING = {
  "access-control-allow-origin": "*",
  "cache-control": "public, max-age=600",
  "clear-site-data": '"*"',
  location: "https://other.example/",
  refresh: "0; url=https://other.example/",
  "set-cookie": "session=2",
  "strict-transport-security": "max-age=600",
  "x-accel-redirect": "/page.js",
};

/**
 * Runs all checks, and gives how many there were.
 * @param {Proxy} proxy
 */
export async function checkOwnOrigin(proxy) {
  for (const [title, check] of Object.entries(CHECKS)) {
    proxy.service.reset();
    try {
      await check(proxy);
    } catch (error) {
      throw new Error(`It ${title}: ${error.message}`, { cause: error });
    }
  }
  return Object.keys(CHECKS).length;
}

/**
 * Sends a request as the package does, but with any path: `fetch` would change some.
 * @param {string} url
 * @param {string} method
 * @param {string} path
 * @param {Record<string, string>} [headers]
 * @param {string} [body]
 */
async function send(url, method, path, headers, body) {
  const { hostname, port } = new URL(url);
  const own = { authorization: `Bearer ${sample.bearer}`, accept: "application/json" };
  const type = body === undefined ? {} : { "content-type": "application/json" };
  const sent = request({ hostname, port, method, path, headers: { ...own, ...type, ...headers } });
  sent.end(body);
  const [reply] = await once(sent, "response");
  return { status: reply.statusCode, headers: reply.headers, body: await text(reply) };
}

/** @param {object} [headers] @param {RegExp} [pattern] */
const namesLike = (headers = {}, pattern = /$/) =>
  Object.keys(headers).filter((name) => pattern.test(name));
