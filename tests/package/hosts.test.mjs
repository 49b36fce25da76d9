// The installed package in Chromium: without a bundler, through Vite, in workers, and under policies that allow it or not.

import assert from "node:assert/strict";
import { cp, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { chromium } from "playwright-core";
import { build, createServer } from "vite";
import { sample, startService } from "../../pkg-template/testing/index.js";
import { chromiumOptions } from "../../scripts/hosts.mjs";
import { packageIn, project } from "./installed.mjs";
import { serve } from "./serve.mjs";

const FIXTURES = join(import.meta.dirname, "fixtures/hosts");

const [FIRST, SECOND] = sample.tokens.map(({ id }) => id);
const CONTEXTS = { "a page": "inPage", "a module worker": "inWorker" };

let browser;
let plain; // what a server without a bundler would serve
let bundled; // a project for Vite
let streaming; // both once more, with the other entry

before(async () => {
  bundled = await project("hosts");
  // Beside it and not in it: Vite would look for the dependencies of all pages.
  plain = `${bundled}-plain`;
  await source(bundled, "codecatalyst-pat");
  await source(plain, "/index.js");
  streaming = { plain: `${bundled}-plain-streaming`, bundled: await project("hosts-streaming") };
  await source(streaming.plain, "/streaming.js");
  await source(streaming.bundled, "codecatalyst-pat/streaming");
  browser = await chromium.launch(chromiumOptions());
});

after(() => browser?.close());

/** The source of a page that imports the package by a name or a URL. */
async function source(folder, specifier) {
  await cp(FIXTURES, folder, { recursive: true });
  await writeFile(join(folder, "package.js"), `export * from ${JSON.stringify(specifier)};\n`);
}

/** Opens a page. Gives a function that makes a call there, and what the page complained of. */
async function opened(t, url) {
  const page = await browser.newPage();
  t.after(() => page.close());
  const complaints = [];
  page.on("pageerror", (error) => complaints.push(String(error)));
  await page.goto(url);
  await page.waitForFunction(() => "inWorker" in globalThis);
  const call = (context, ...given) =>
    page.evaluate(([name, args]) => globalThis[name](...args), [context, given]);
  return { call, complaints };
}

async function started(t) {
  const service = await startService();
  t.after(() => service.close());
  return service;
}

const owns = (service, id) => service.state().users.ana.some((token) => token.id === id);

/** One token is deleted in each context, and then a second time in vain. */
async function deletesInEach(t, url, service) {
  const { call, complaints } = await opened(t, url);
  for (const [context, id] of [
    ["inPage", FIRST],
    ["inWorker", SECOND],
  ]) {
    const first = await call(context, sample.bearer, id, { endpoint: service.url });
    assert.match(first.output?.requestId ?? JSON.stringify(first), /^[0-9a-f-]{36}$/);
    assert.deepEqual(first.output, {
      attempts: 1,
      alreadyDeleted: false,
      requestId: first.output.requestId,
    });
    assert.equal(owns(service, id), false);
    const { isKnown, error } = await call(context, sample.bearer, id, { endpoint: service.url });
    const { message, requestId, ...rest } = error;
    assert.deepEqual([isKnown, typeof message, typeof requestId], [true, "string", "string"]);
    const expected = {
      name: "ResourceNotFoundException",
      status: 404,
      attempts: 1,
      retryable: false,
      outcomeUnknown: false,
    };
    assert.deepEqual(rest, expected);
  }
  assert.deepEqual(complaints, []);
}

// ---------------------------------------------------------------- without a bundler

const plainPage = (t, headers) => serve(t, [packageIn(bundled), plain], headers);

test("without a bundler it works in a page and in a module worker", async (t) => {
  await deletesInEach(t, await plainPage(t), await started(t));
});

test("it works in a page of another encoding", async (t) => {
  const latin = (extension) =>
    extension === ".html" ? { "content-type": "text/html; charset=iso-8859-1" } : {};
  await deletesInEach(t, await plainPage(t, latin), await started(t));
});

test("by streaming it works there too, and the module is a request of its own", async (t) => {
  const seen = [];
  const noted = (extension) => {
    seen.push(extension);
    return {};
  };
  const url = await serve(t, [packageIn(bundled), streaming.plain], noted);
  await deletesInEach(t, url, await started(t));
  assert.ok(seen.includes(".wasm"));
});

test("in a module service worker, which may not import later, it deletes a token", async (t) => {
  const service = await started(t);
  const page = await browser.newPage();
  t.after(() => page.close());
  await page.goto(await plainPage(t));
  const outcome = await page.evaluate(inServiceWorker, [
    sample.bearer,
    FIRST,
    { endpoint: service.url },
  ]);
  assert.deepEqual([outcome.output?.attempts, owns(service, FIRST)], [1, false], outcome);
});

// Runs in the page.
async function inServiceWorker(given) {
  await navigator.serviceWorker.register("/service-worker.js", { type: "module" });
  const { active } = await navigator.serviceWorker.ready;
  const { port1, port2 } = new MessageChannel();
  const answer = new Promise((resolve) => (port1.onmessage = ({ data }) => resolve(data)));
  if (!active) throw new Error("no service worker is active");
  active.postMessage(given, [port2]);
  return answer;
}

// ------------------------------------------------------------------------------ Vite

// What Vite does by default is tested, so nothing is set but where it works.
const vite = () => /** @type {const} */ ({ root: bundled, configFile: false, logLevel: "warn" });

test("built by Vite with its defaults it works in a page and in a worker", async (t) => {
  await build(vite());
  await deletesInEach(t, await serve(t, [join(bundled, "dist")]), await started(t));
});

test("built by Vite with its defaults it works by streaming too, with the module as an asset", async (t) => {
  await build({ ...vite(), root: streaming.bundled });
  const dist = join(streaming.bundled, "dist");
  const assets = await readdir(join(dist, "assets"));
  assert.ok(assets.some((name) => name.endsWith(".wasm")));
  await deletesInEach(t, await serve(t, [dist]), await started(t));
});

test("in Vite's dev server, with its optimised dependencies, it works in a page and in a worker", async (t) => {
  const server = await createServer({ ...vite(), server: { host: "127.0.0.1", port: 0 } });
  t.after(() => server.close());
  await server.listen();
  await deletesInEach(t, server.resolvedUrls?.local[0], await started(t));
  assert.deepEqual(await readdir(join(bundled, "node_modules/.vite/deps")).then(optimised), [
    "codecatalyst-pat.js",
  ]);
});

const optimised = (files) => files.filter((file) => file.endsWith(".js"));

// --------------------------------------------------------------------------- policies

/** The strictest policy a page that calls the service can have, but for its scripts. */
const policy = (service, scripts) => () => ({
  "content-security-policy": `default-src 'none'; script-src ${scripts}; worker-src 'self'; connect-src ${service.url}`,
});

test("a policy that allows 'wasm-unsafe-eval' is enough", async (t) => {
  const service = await started(t);
  await deletesInEach(t, await plainPage(t, policy(service, "'self' 'wasm-unsafe-eval'")), service);
});

for (const [what, context] of Object.entries(CONTEXTS)) {
  test(`in ${what} whose policy forbids WebAssembly the error names what to allow, and nothing is sent`, async (t) => {
    const service = await started(t);
    const { call } = await opened(t, await plainPage(t, policy(service, "'self'")));
    const { isKnown, error } = await call(context, sample.bearer, FIRST, { endpoint: service.url });
    const { message, cause, ...rest } = error;
    assert.deepEqual([isKnown, service.requests], [true, []]);
    assert.deepEqual(rest, {
      name: "InitializationError",
      attempts: 0,
      retryable: false,
      outcomeUnknown: false,
    });
    assert.match(message, /the script-src of .* must allow 'wasm-unsafe-eval'/);
    assert.equal(cause.name, "CompileError");
    assert.match(cause.message, /Content Security Policy/);
  });
}

// -------------------------------------------------------------------------------- CORS

for (const [what, context] of Object.entries(CONTEXTS)) {
  test(`in ${what} that the service does not let in, the call says that it can't know`, async (t) => {
    const service = await started(t);
    service.cors = false;
    const { call } = await opened(t, await plainPage(t));
    const { isKnown, error } = await call(context, sample.bearer, FIRST, { endpoint: service.url });
    const { message, cause, ...rest } = error;
    // A browser tells a page neither that it was turned away nor whether the request had been sent.
    assert.deepEqual(rest, {
      name: "NetworkError",
      attempts: 3,
      retryable: true,
      outcomeUnknown: true,
    });
    assert.equal(isKnown, true);
    assert.match(message, /CORS/);
    assert.equal(cause.name, "TypeError");
    assert.deepEqual(
      service.requests.map(({ method }) => method),
      ["OPTIONS", "OPTIONS", "OPTIONS"],
    );
  });
}

test("what a preflight asks to be allowed is authorization alone", async (t) => {
  const service = await started(t);
  const { call } = await opened(t, await plainPage(t));
  await call("inPage", sample.bearer, FIRST, { endpoint: service.url });
  const [preflight, deletion] = service.requests;
  assert.equal(preflight.headers["access-control-request-headers"], "authorization");
  assert.deepEqual(
    [deletion.method, deletion.hasAuthorization, deletion.headers.accept],
    ["DELETE", true, "application/json"],
  );
  assert.deepEqual([deletion.headers.referer, deletion.headers.cookie], [undefined, undefined]);
});

test("without exposed headers the name comes from the body or the status", async (t) => {
  const service = await started(t);
  const hidden = { "access-control-expose-headers": null };
  service.faults.push(
    { status: 409, message: "Deleted just now.", headers: hidden },
    { status: 400, headers: hidden, body: '{"__type":"a#OddException"}' },
  );
  const { call } = await opened(t, await plainPage(t));
  const names = [];
  for (let count = 0; count < 2; count += 1) {
    const { error } = await call("inPage", sample.bearer, FIRST, { endpoint: service.url });
    names.push(error.name);
    assert.equal("requestId" in error, false);
  }
  assert.deepEqual(names, ["ConflictException", "OddException"]);
});
