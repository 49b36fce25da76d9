// The dashboard's server: its files, its policy, and what the page is told. The dashboard's tests cover
// the page.

import assert from "node:assert/strict";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { root } from "../../scripts/tools.mjs";
import * as dashboard from "./dashboard-server.mjs";

// No test here sends it anything.
const SERVICE = "http://127.0.0.1:9/prefix";

/** Starts the server, and opens a session. */
async function start(t, options) {
  const server = await dashboard.startServer(t, { service: SERVICE, ...options });
  return { url: server.url, session: await dashboard.openSession(server) };
}

const ask = (server, path, { headers, ...options } = /** @type {any} */ ({})) =>
  dashboard.ask(server, path, { headers: { ...server.session, ...headers }, ...options });

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

/** What the page is told, by name. */
async function facts(server) {
  const { text } = await ask(server, "/");
  const metas = text.matchAll(/<meta name="codecatalyst-([\w-]+)" content="(.*)">/g);
  return Object.fromEntries([...metas].map(([, name, content]) => [name, content]));
}

test("the page is told the service's URL, and that it has to ask for a token", async (t) => {
  assert.deepEqual(await facts(await start(t)), { service: SERVICE, "signed-in": "", sample: "" });
});

test("the page is told what the server is signed in with, whatever its name is", async (t) => {
  const signIn = { name: 'profile "<b>&', getToken: async () => ({ token: "secret" }) };
  assert.deepEqual(await facts(await start(t, { signIn, isSample: true })), {
    service: SERVICE,
    "signed-in": "profile &quot;&lt;b>&amp;",
    sample: "sample tokens",
  });
});

test("every file that the page refers to is served", async (t) => {
  const server = await start(t);
  const named = new Set(["/"]);
  for (const path of named) {
    const { status, text } = await ask(server, path);
    assert.equal(status, 200, path);
    if (path.startsWith("/codecatalyst-pat/")) continue;
    for (const [, link] of text.matchAll(/(?:\bfrom |href=|src=)"(\.{0,2}\/[\w./-]+)"/g))
      named.add(new URL(link, `${server.url}${path}`).pathname);
  }
  const modules = (await readdir(join(root, "www"), { recursive: true }))
    .filter((name) => /\.(mjs|css)$/.test(name))
    .map((name) => `/${name.replaceAll("\\", "/")}`);
  assert.deepEqual(
    modules.filter((name) => !named.has(name)),
    [],
  );
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
    "/index.html",
    "/dashboard.png",
    "/dashboard/server.js",
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

test("files can only be requested with GET and HEAD", async (t) => {
  const server = await start(t);
  assert.equal((await ask(server, "/", { method: "POST" })).status, 405);
  const head = await ask(server, "/", { method: "HEAD" });
  assert.deepEqual([head.status, head.text], [200, ""]);
});
