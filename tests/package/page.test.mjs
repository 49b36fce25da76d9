// The dashboard's server: its files, its policy, and what it refuses. The dashboard's tests cover
// the page.

import assert from "node:assert/strict";
import { once } from "node:events";
import { readdir } from "node:fs/promises";
import { request } from "node:http";
import { join } from "node:path";
import { test } from "node:test";
import { root } from "../../scripts/tools.mjs";
import { startServer } from "../../www/server.mjs";

// No test here sends it anything.
const SERVICE = "http://127.0.0.1:9/prefix";

async function start(t) {
  const server = await startServer({ service: SERVICE, packageDir: join(root, "pkg") });
  t.after(() => server.close());
  return server;
}

/**
 * @param {{ url: string }} server
 * @param {string} path
 * @param {{ method?: string, headers?: Record<string, string> }} [options]
 */
async function ask(server, path, { method = "GET", headers } = {}) {
  const sent = request(server.url, { path, method, headers }).end();
  const [response] = await once(sent, "response");
  const text = (await response.toArray()).join("");
  return { status: response.statusCode, headers: response.headers, text };
}

test("the page's policy allows its own origin, WebAssembly and nothing else", async (t) => {
  const { headers } = await ask(await start(t), "/");
  assert.equal(
    headers["content-security-policy"],
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; " +
      "img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  );
  assert.equal(headers["x-content-type-options"], "nosniff");
  assert.equal(headers["referrer-policy"], "no-referrer");
  assert.equal(headers["cache-control"], "no-store");
});

test("the page is told the service's URL", async (t) => {
  const { text } = await ask(await start(t), "/");
  assert.ok(text.includes(`<meta name="codecatalyst-service" content="${SERVICE}">`));
});

test("every file that the page refers to is served", async (t) => {
  const server = await start(t);
  const named = new Set(["/"]);
  for (const path of named) {
    const { status, text } = await ask(server, path);
    assert.equal(status, 200, path);
    const links = [...text.matchAll(/(?:\bfrom |href=|src=)"\.?(\/[\w./-]+)"/g)].map(
      ([, link]) => link,
    );
    if (path.startsWith("/codecatalyst-pat/")) continue;
    for (const link of links) named.add(link);
  }
  // All modules but those of the servers.
  const modules = (await readdir(join(root, "www"))).filter((name) => name.endsWith(".mjs"));
  const missing = modules.filter((name) => !named.has(`/${name}`)).sort();
  assert.deepEqual(missing, ["proxy.mjs", "server.mjs"]);
});

test("each file has its content type", async (t) => {
  const server = await start(t);
  const typeOf = async (path) => (await ask(server, path)).headers["content-type"];
  assert.equal(await typeOf("/"), "text/html; charset=utf-8");
  assert.equal(await typeOf("/style.css"), "text/css; charset=utf-8");
  assert.equal(await typeOf("/page.mjs"), "text/javascript; charset=utf-8");
  assert.equal(await typeOf("/codecatalyst-pat/index.js"), "text/javascript; charset=utf-8");
  assert.equal(await typeOf("/codecatalyst-pat/package.json"), "application/json");
});

test("no path leads out of the page's and the package's files", async (t) => {
  const server = await start(t);
  const paths = [
    "/server.mjs",
    "/proxy.mjs",
    "/index.html",
    "/dashboard.png",
    "/../package.json",
    "/codecatalyst-pat/",
    "/codecatalyst-pat/../page.mjs",
    "/codecatalyst-pat/../../package.json",
    "/codecatalyst-pat/%2e%2e/%2e%2e/package.json",
    "/codecatalyst-pat/..%2f..%2fpackage.json",
    "/codecatalyst-pat/..\\..\\package.json",
    "/codecatalyst-pat//etc/passwd",
    "/codecatalyst-pat/index.js%00",
    "//page.mjs",
  ];
  for (const path of paths) assert.equal((await ask(server, path)).status, 404, path);
});

test("a Host of another name or port is refused", async (t) => {
  const server = await start(t);
  const { port } = new URL(server.url);
  for (const host of [
    "rebound.example",
    `rebound.example:${port}`,
    "127.0.0.1",
    "127.0.0.1:1",
    `127.0.0.1.example:${port}`,
  ]) {
    const { status, text } = await ask(server, "/", { headers: { host } });
    assert.deepEqual([status, text], [421, ""], host);
  }
  for (const host of [`localhost:${port}`, `LOCALHOST:${port}`, `[::1]:${port}`]) {
    assert.equal((await ask(server, "/", { headers: { host } })).status, 200, host);
  }
});

test("a page of another origin is refused", async (t) => {
  const server = await start(t);
  const statusFor = async (headers) => (await ask(server, "/", { headers })).status;
  for (const site of ["cross-site", "same-site"])
    assert.equal(await statusFor({ "sec-fetch-site": site }), 403);
  for (const site of ["same-origin", "none"])
    assert.equal(await statusFor({ "sec-fetch-site": site }), 200);
  for (const origin of ["https://elsewhere.example", "null", "http://127.0.0.1:1"])
    assert.equal(await statusFor({ origin }), 403);
  assert.equal(await statusFor({ origin: server.url }), 200);
});

test("files can only be requested with GET and HEAD", async (t) => {
  const server = await start(t);
  assert.equal((await ask(server, "/", { method: "POST" })).status, 405);
  const head = await ask(server, "/", { method: "HEAD" });
  assert.deepEqual([head.status, head.text], [200, ""]);
});
