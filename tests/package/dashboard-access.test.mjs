// Who the dashboard's server lets in, and what it tells the others to do.

import assert from "node:assert/strict";
import { test } from "node:test";
import { startService } from "../../pkg-template/testing/index.js";
import { ask, openSession, startServer } from "./dashboard-server.mjs";

async function start(t) {
  const service = await startService();
  t.after(() => service.close());
  const server = await startServer(t, { service: service.url });
  return { server, service, port: new URL(server.url).port };
}

const pathOf = (address) => address.slice(new URL(address).origin.length);
const HTML = { accept: "text/html,application/xhtml+xml,*/*;q=0.8" };

// ------------------------------------------------------------------------ the session

test("without a session there are no files and no API, and a 403 says what to do", async (t) => {
  const { server, service } = await start(t);
  for (const [method, path] of [
    ["GET", "/"],
    ["HEAD", "/"],
    ["GET", "/page.mjs"],
    ["GET", "/nothing"],
    ["GET", "/codecatalyst-pat/index.js"],
    ["POST", "/v1/accessTokens"],
    ["DELETE", "/v1/accessTokens/1"],
  ]) {
    const { status, text } = await ask(server, path, { method });
    assert.equal(status, 403, path);
    assert.match(text, method === "HEAD" ? /^$/ : /Open the address that the terminal shows/);
  }
  assert.deepEqual(service.requests, []);
});

test("the address opens a session, and the page's own address has no secret in it", async (t) => {
  const { server, port } = await start(t);
  const address = server.createAddress();
  assert.match(address, new RegExp(`^http://127\\.0\\.0\\.1:${port}/\\?token=[\\w-]{43}$`));
  const { status, headers, text } = await ask(server, pathOf(address));
  assert.deepEqual([status, headers.location, text], [303, "/", ""]);
  assert.equal(headers["cache-control"], "no-store");
  assert.equal(headers["referrer-policy"], "no-referrer");
  const [cookie, ...attributes] = String(headers["set-cookie"]).split("; ");
  // Cookies go to all ports of a host: the name keeps two dashboards apart.
  assert.match(cookie, new RegExp(`^codecatalyst-pat-${port}=[\\w-]{43}$`));
  assert.deepEqual(attributes, ["Path=/", "HttpOnly", "SameSite=Strict"]);
  assert.equal(cookie.includes(address.split("=")[1]), false);
  assert.equal((await ask(server, "/", { headers: { cookie } })).status, 200);
  const among = `other=1; ${cookie};codecatalyst-pat-1=x`;
  assert.equal((await ask(server, "/", { headers: { cookie: among } })).status, 200);
});

test("another value or name of the cookie is no session", async (t) => {
  const { server, port } = await start(t);
  const { cookie } = await openSession(server);
  for (const other of [
    "",
    cookie.slice(0, -1),
    `${cookie}x`,
    `codecatalyst-pat-${port}=`,
    `codecatalyst-pat-${port}`,
    cookie.replace(port, "1"),
    cookie.replace("=", "x="),
    `x${cookie}`,
  ])
    assert.equal((await ask(server, "/", { headers: { cookie: other } })).status, 403, other);
});

test("the session of an earlier start is none", async (t) => {
  const { cookie } = await openSession((await start(t)).server);
  const { server, port } = await start(t);
  const old = cookie.replace(/-\d+=/, `-${port}=`);
  assert.equal((await ask(server, "/", { headers: { cookie: old } })).status, 403);
});

// ------------------------------------------------------------------------ the address

test("the address works once, and a second use is refused with the reason", async (t) => {
  const { server, port } = await start(t);
  const path = pathOf(server.createAddress());
  const [first, second] = [await ask(server, path), await ask(server, path)];
  assert.deepEqual([first.status, second.status], [303, 403]);
  assert.equal(second.headers["set-cookie"], undefined);
  assert.match(second.text, /has been used already/);
  assert.match(second.text, new RegExp(`the dashboard is at http://127.0.0.1:${port}/`));
});

test("in the session the address leads to the page as often as one likes", async (t) => {
  const { server } = await start(t);
  const path = pathOf(server.createAddress());
  const { headers } = await ask(server, path);
  const cookie = String(headers["set-cookie"]).split(";", 1)[0];
  for (const _ of [1, 2]) {
    const again = await ask(server, path, { headers: { cookie } });
    assert.deepEqual([again.status, again.headers.location], [303, "/"]);
    assert.equal(again.headers["set-cookie"], undefined);
  }
});

test("a wrong address, or one that a newer one has replaced, opens nothing", async (t) => {
  const { server } = await start(t);
  const replaced = pathOf(server.createAddress());
  const right = pathOf(server.createAddress());
  for (const path of [replaced, right.slice(0, -1), "/?token=", "/?token=undefined"]) {
    const { status, text, headers } = await ask(server, path);
    assert.deepEqual([status, headers["set-cookie"]], [403, undefined]);
    assert.match(text, /doesn’t open the dashboard[\s\S]*Copy the whole address/);
  }
  assert.equal((await ask(server, right)).status, 303);
});

test("what only looks at the address doesn't use it up", async (t) => {
  const { server } = await start(t);
  const path = pathOf(server.createAddress());
  for (const [method, headers] of /** @type {[string, Record<string, string>][]} */ ([
    ["HEAD", {}],
    ["POST", {}],
    ["GET", { "sec-purpose": "prefetch;prerender" }],
    ["GET", { purpose: "prefetch" }],
    ["GET", { "x-moz": "prefetch" }],
    ["GET", { "sec-fetch-site": "cross-site" }],
    ["GET", { host: "elsewhere.example" }],
  ])) {
    const { status, headers: received } = await ask(server, path, { method, headers });
    assert.ok(status === 403 || status === 421, String(status));
    assert.equal(received["set-cookie"], undefined);
  }
  assert.equal((await ask(server, path)).status, 303);
});

// ------------------------------------------------------------- other names, other sites

test("a Host of another name or port is refused, and told how to forward a port", async (t) => {
  const { server, port } = await start(t);
  const session = await openSession(server);
  for (const host of [
    "rebound.example",
    `rebound.example:${port}`,
    "127.0.0.1",
    "127.0.0.1:1",
    `127.0.0.1.example:${port}`,
  ]) {
    const { status, text } = await ask(server, "/", { headers: { ...session, host } });
    assert.equal(status, 421, host);
    assert.match(text, new RegExp(`ssh -L ${port}:127.0.0.1:${port} HOST`));
  }
  for (const host of [`localhost:${port}`, `LOCALHOST:${port}`, `[::1]:${port}`]) {
    const { status } = await ask(server, "/", { headers: { ...session, host } });
    assert.equal(status, 200, host);
  }
});

test("a page of another origin is refused, and told how to open the dashboard", async (t) => {
  const { server } = await start(t);
  const session = await openSession(server);
  const askFrom = (headers) => ask(server, "/", { headers: { ...session, ...headers } });
  for (const headers of [
    { "sec-fetch-site": "cross-site" },
    { "sec-fetch-site": "same-site" },
    { origin: "https://elsewhere.example" },
    { origin: "null" },
    { origin: "http://127.0.0.1:1" },
  ]) {
    const { status, text } = await askFrom(headers);
    assert.equal(status, 403, JSON.stringify(headers));
    assert.match(text, /paste it into the browser’s address bar/);
  }
  for (const site of ["same-origin", "none"])
    assert.equal((await askFrom({ "sec-fetch-site": site })).status, 200);
  assert.equal((await askFrom({ origin: server.url })).status, 200);
});

test("a refusal is a page without script for a browser, plain text for others, and never JSON", async (t) => {
  const { server } = await start(t);
  const host = "elsewhere.example";
  for (const headers of /** @type {Record<string, string>[]} */ ([
    {},
    { host },
    { origin: "null" },
  ])) {
    for (const accept of ["application/json", "*/*"]) {
      const plain = await ask(server, "/v1/accessTokens", { headers: { ...headers, accept } });
      assert.equal(plain.headers["content-type"], "text/plain; charset=utf-8");
      assert.throws(() => JSON.parse(plain.text));
    }
    const page = await ask(server, "/", { headers: { ...headers, ...HTML } });
    assert.equal(page.headers["content-type"], "text/html; charset=utf-8");
    assert.match(page.text, /^<!doctype html>[\s\S]*<h1>[\s\S]*<p>/);
    assert.doesNotMatch(page.text, /<script|`/);
    const policy = String(page.headers["content-security-policy"]);
    assert.match(policy, /^default-src 'none'; style-src 'sha256-/);
  }
});
