// The page in a real browser, with the packed package, against the local service.

import assert from "node:assert/strict";
import { once } from "node:events";
import { request } from "node:http";
import { after, before, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { chromium } from "playwright-core";
import { packedPackage } from "../../scripts/pack.mjs";
import { startServer } from "../../www/server.mjs";
import { sample, startService } from "../../www/service.mjs";

const ID = sample.tokens[0].id;

// Tests visit nothing but loopback; the browser shall not do so by itself either.
const FLAGS = [
  "--no-sandbox",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-quic",
  "--no-first-run",
];

let browser;
let packageDir;

before(async () => {
  packageDir = await packedPackage();
  const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
  browser = await chromium.launch({ executablePath, args: FLAGS });
});

after(() => browser?.close());

/** A test with a page of its own, which must also end without a complaint of the browser. */
function pageTest(title, body, settings) {
  test(title, async (t) => {
    const { service, server } = await served(t);
    const { page, complaints } = await opened(t, server.url, settings);
    await body({ page, service });
    assert.deepEqual(complaints, []);
  });
}

async function served(t) {
  const service = await startService();
  t.after(() => service.close());
  const server = await startServer({ service: service.url, packageDir });
  t.after(() => server.close());
  return { service, server };
}

async function opened(t, url, settings) {
  const context = await browser.newContext(settings);
  t.after(() => context.close());
  const page = await context.newPage();
  const complaints = [];
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("console", (message) => {
    if (!isAboutFetch(message)) complaints.push(message.text());
  });
  await page.goto(url);
  return { page, complaints };
}

// Chromium notes each request that was refused, cut or forbidden; they are what is tested here.
function isAboutFetch(message) {
  return /^(Failed to load resource: |Access to fetch at )/.test(message.text());
}

async function enter(page, { token = sample.bearer, id = ID } = {}) {
  await page.getByLabel("Bearer token").fill(token);
  await page.getByLabel("Id of the token to delete").fill(id);
}

async function tryToDelete(page, entered) {
  await enter(page, entered);
  await page.getByRole("button", { name: "Delete token" }).click();
}

/** What the page says once its outcome has this title. */
async function outcome(page, title) {
  await page.getByRole("status").getByRole("heading", { name: title, exact: true }).waitFor();
  return page.getByRole("status").innerText();
}

const owns = (service) => service.state().users.ana.some((token) => token.id === ID);

async function seenBy(service, method) {
  while (!service.requests.some((seen) => seen.method === method)) await pause(5);
}

// --------------------------------------------------------------------- outcomes

pageTest("a deletion says so, and the service has lost the token", async ({ page, service }) => {
  await tryToDelete(page);
  const said = await outcome(page, "Deleted");
  assert.match(said, /can no longer be used/);
  assert.match(said, /Attempts\s+1/);
  assert.match(said, /Request id\s+[0-9a-f-]{36}/);
  assert.equal(owns(service), false);
});

pageTest("a second deletion says that there is no such token", async ({ page }) => {
  await tryToDelete(page);
  await outcome(page, "Deleted");
  await tryToDelete(page);
  const said = await outcome(page, "Not found");
  assert.match(said, /deleted before, or the id is not right/);
  assert.match(said, /ResourceNotFoundException/);
});

pageTest("a wrong bearer token says what to check, and nothing is deleted", async ({ page, service }) => {
  await tryToDelete(page, { token: "not-a-token-of-anyone" });
  const said = await outcome(page, "Not allowed");
  assert.match(said, /has not expired/);
  assert.match(said, /AccessDeniedException/);
  assert.equal(owns(service), true);
});

pageTest("a bearer token that cannot be one is not sent", async ({ page, service }) => {
  await tryToDelete(page, { token: "tök en" });
  assert.match(await outcome(page, "Not sent"), /InvalidArgumentError/);
  assert.deepEqual(service.requests, []);
});

pageTest("a deletion whose answer was lost is found done", async ({ page, service }) => {
  service.faults.push({ cut: "after" });
  await tryToDelete(page);
  const said = await outcome(page, "Already gone");
  assert.match(said, /nothing left to do/);
  assert.match(said, /Attempts\s+2/);
});

pageTest("without any answer the outcome is unknown, and again is safe", async ({ page, service }) => {
  // More than the attempts of one call, in case the browser resends by itself.
  service.faults.push(...Array.from({ length: 12 }, () => ({ cut: "before" })));
  await tryToDelete(page);
  const said = await outcome(page, "Outcome unknown");
  assert.match(said, /cannot know/);
  assert.match(said, /Trying again is safe/);
  service.faults.clear();
  await tryToDelete(page);
  await outcome(page, "Deleted");
});

pageTest("throttling says how long to wait", async ({ page, service }) => {
  const headers = { "retry-after": "90" };
  service.faults.push({ status: 429, name: "ThrottlingException", message: "Slow down.", headers });
  await tryToDelete(page);
  const said = await outcome(page, "Too many requests");
  assert.match(said, /Retry after\s+90 seconds/);
  assert.match(said, /Slow down\./);
  assert.equal(owns(service), true);
});

pageTest("a service that lets no page in leaves it open, with a hint", async ({ page, service }) => {
  service.cors = false;
  await tryToDelete(page);
  assert.match(await outcome(page, "Outcome unknown"), /may not allow requests from this page/);
  assert.equal(owns(service), true);
});

pageTest("a message from the network never becomes markup", async ({ page, service }) => {
  service.faults.push({ status: 400, name: "ValidationException", message: "<img src=x onerror=alert(1)>" });
  await tryToDelete(page);
  assert.match(await outcome(page, "Refused"), /<img src=x onerror=alert\(1\)>/);
  assert.equal(await page.locator("img").count(), 0);
});

// ------------------------------------------------------------------ cancellation

pageTest("cancelling a deletion on its way leaves the outcome unknown", async ({ page, service }) => {
  service.faults.push({ delayMs: 600_000 });
  await tryToDelete(page);
  await seenBy(service, "DELETE");
  await page.getByRole("button", { name: "Cancel" }).click();
  assert.match(await outcome(page, "Cancelled, outcome unknown"), /AbortError/);
  assert.equal(await page.getByRole("button", { name: "Cancel" }).isVisible(), false);
  await tryToDelete(page);
  await outcome(page, "Not found");
});

pageTest("asking again while a deletion is under way sends nothing more", async ({ page, service }) => {
  service.faults.push({ delayMs: 600_000 });
  await tryToDelete(page);
  await seenBy(service, "DELETE");
  await page.getByLabel("Id of the token to delete").press("Enter");
  await page.getByRole("button", { name: "Cancel" }).click();
  await outcome(page, "Cancelled, outcome unknown");
  assert.equal(service.requests.filter((seen) => seen.method === "DELETE").length, 1);
});

pageTest("all is done by keyboard too, and the focus is never lost", async ({ page, service }) => {
  const focused = () => page.evaluate(() => document.activeElement.id);
  service.faults.push({ delayMs: 600_000 });
  await page.keyboard.press("Tab");
  await page.keyboard.insertText(sample.bearer);
  await page.keyboard.press("Tab");
  await page.keyboard.insertText(ID);
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  assert.equal(await focused(), "delete");
  await seenBy(service, "DELETE");
  await page.keyboard.press("Tab");
  assert.equal(await focused(), "cancel");
  await page.keyboard.press("Enter");
  await outcome(page, "Cancelled, outcome unknown");
  assert.equal(await focused(), "delete");
});

// ------------------------------------------------------------------- the secret

pageTest("the bearer token is nowhere but in its header", async ({ page, service }) => {
  await tryToDelete(page);
  await outcome(page, "Deleted");
  const kept = await page.evaluate(async () => JSON.stringify([
    document.documentElement.outerHTML,
    location.href,
    { ...localStorage },
    { ...sessionStorage },
    document.cookie,
    history.state,
    await indexedDB.databases(),
    await caches.keys(),
    performance.getEntries().map((entry) => entry.name),
  ]));
  const state = JSON.stringify([await page.context().storageState(), service.requests]);
  assert.equal((kept + state).includes(sample.bearer.slice(0, 20)), false);
  assert.equal(service.requests.at(-1).user, "ana");
});

pageTest("after a reload both fields are empty", async ({ page }) => {
  await enter(page);
  await page.reload();
  assert.equal(await page.getByLabel("Bearer token").inputValue(), "");
  assert.equal(await page.getByLabel("Id of the token to delete").inputValue(), "");
});

pageTest("spaces around what was pasted do not count", async ({ page }) => {
  await tryToDelete(page, { token: ` ${sample.bearer} `, id: `\t${ID} ` });
  await outcome(page, "Deleted");
});

// --------------------------------------------------------------------- the look

for (const width of [360, 1280]) {
  pageTest(`nothing needs scrolling sideways at ${width} pixels`, async ({ page, service }) => {
    service.faults.push({ status: 400, name: "ValidationException", message: "x".repeat(900) });
    await tryToDelete(page);
    await outcome(page, "Refused");
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), width);
  }, { viewport: { width, height: 740 } });
}

for (const colorScheme of ["light", "dark"]) {
  pageTest(`all text is readable in the ${colorScheme} scheme`, async ({ page }) => {
    await tryToDelete(page, { token: "wrong" });
    await outcome(page, "Not allowed");
    assert.deepEqual(await page.evaluate(faintTexts), []);
  }, { colorScheme });
}

// Runs in the page: texts whose contrast with what is behind them is under the
// 4.5 : 1 of WCAG 2.2 (success criterion 1.4.3).
function faintTexts() {
  const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  const luminance = (color) => {
    canvas.fillStyle = color;
    canvas.fillRect(0, 0, 1, 1);
    const parts = [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3).map((part) => part / 255);
    const linear = (part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
    const [r, g, b] = parts.map(linear);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (element) => {
    const { backgroundColor } = getComputedStyle(element);
    return backgroundColor === "rgba(0, 0, 0, 0)" ? behind(element.parentElement) : backgroundColor;
  };
  const contrast = (element) => {
    const pair = [getComputedStyle(element).color, behind(element)];
    const [dark, light] = pair.map(luminance).sort((a, b) => a - b);
    return (light + 0.05) / (dark + 0.05);
  };
  const texts = [...document.querySelectorAll("h1, h2, p, label, input, button, dt, dd, code, footer")];
  return texts.filter((element) => contrast(element) < 4.5).map((element) => element.outerHTML);
}

// ------------------------------------------------------------------- the server

async function ask(server, path, { method = "GET", headers } = {}) {
  const sent = request(server.url, { path, method, headers }).end();
  const [response] = await once(sent, "response");
  const text = (await response.toArray()).join("");
  return { status: response.statusCode, headers: response.headers, text };
}

test("the page's policy allows this service, WebAssembly and nothing else", async (t) => {
  const { server, service } = await served(t);
  const { headers } = await ask(server, "/");
  assert.equal(
    headers["content-security-policy"],
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; " +
      `connect-src 'self' ${service.url}; img-src 'self' data:; base-uri 'none'; form-action 'none'; ` +
      "frame-ancestors 'none'",
  );
  assert.equal(headers["x-content-type-options"], "nosniff");
  assert.equal(headers["referrer-policy"], "no-referrer");
  assert.equal(headers["cache-control"], "no-store");
});

test("each file comes with its type", async (t) => {
  const { server } = await served(t);
  const typeOf = async (path) => (await ask(server, path)).headers["content-type"];
  assert.equal(await typeOf("/"), "text/html; charset=utf-8");
  assert.equal(await typeOf("/style.css"), "text/css; charset=utf-8");
  assert.equal(await typeOf("/page.mjs"), "text/javascript; charset=utf-8");
  assert.equal(await typeOf("/codecatalyst-pat/index.js"), "text/javascript; charset=utf-8");
  assert.equal(await typeOf("/codecatalyst-pat/package.json"), "application/json");
});

test("no path leads out of the page's and the package's files", async (t) => {
  const { server } = await served(t);
  const paths = [
    "/server.mjs",
    "/service.mjs",
    "/index.html",
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

test("a name that was made to lead here is turned away", async (t) => {
  const { server } = await served(t);
  const { status, text } = await ask(server, "/", { headers: { host: "rebound.example" } });
  assert.deepEqual([status, text], [421, ""]);
});

test("the server answers nothing but GET and HEAD", async (t) => {
  const { server } = await served(t);
  assert.equal((await ask(server, "/", { method: "POST" })).status, 405);
  const head = await ask(server, "/", { method: "HEAD" });
  assert.deepEqual([head.status, head.text], [200, ""]);
});
