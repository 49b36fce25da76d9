// The dashboard in Chromium, with the packed package, its own server and the stand-in for the
// service.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { chromium } from "playwright-core";
import { sample, startService } from "../../pkg-template/testing/index.js";
import { chromiumOptions } from "../../scripts/hosts.mjs";
import { startServer } from "./dashboard-server.mjs";
import { packageIn, project, until } from "./installed.mjs";

/**
 * Returns `pageTest(title, body, settings)`: a test with a page of its own, which also fails on any
 * message in the browser's console. `settings` are those of Playwright's contexts; `tokens` are those
 * of the service's user, and `serve` has options of the dashboard's server.
 */
export function dashboard(name) {
  let browser;
  let packageDir;
  before(async () => {
    packageDir = packageIn(await project(name));
    browser = await chromium.launch(chromiumOptions());
  });
  after(() => browser?.close());
  const pageTest = (title, body, /** @type {any} */ settings = {}) =>
    test(title, async (t) => {
      const { messages, ...world } = await openDashboard(t, browser, packageDir, settings);
      await body({ t, ...world });
      assert.deepEqual(messages, []);
    });
  return { pageTest };
}

/**
 * A page of the dashboard, with a server and a service of its own.
 * @param {{ after: (close: () => unknown) => void }} t
 * @param {import("playwright-core").Browser} browser
 * @param {string} packageDir
 * @param {any} settings
 */
export async function openDashboard(t, browser, packageDir, { tokens, serve, ...settings } = {}) {
  const { service, server } = await served(t, { packageDir, ...serve }, tokens);
  const page = await opened(t, browser, server.createAddress(), settings);
  return { service, server, ...page };
}

async function served(t, options, tokens = sample.tokens) {
  const service = await startService({ users: [{ name: "ana", bearer: sample.bearer, tokens }] });
  t.after(() => service.close());
  const server = await startServer(t, { service: service.url, ...options });
  return { service, server };
}

async function opened(t, browser, url, settings) {
  const context = await browser.newContext(settings);
  t.after(() => context.close());
  const page = await context.newPage();
  // Long enough for a busy machine.
  page.setDefaultTimeout(60_000);
  const messages = [];
  page.on("pageerror", (error) => messages.push(String(error)));
  page.on("console", (message) => {
    if (!isAboutFetch(message)) messages.push(message.text());
  });
  await page.goto(url);
  return { page, messages };
}

// Chromium logs each request that failed, and failing requests are what is tested here.
const isAboutFetch = (message) => message.text().startsWith("Failed to load resource: ");

// ---------------------------------------------------------------- what a user does

export const button = (page, name) => page.getByRole("button", { name });

export async function enter(page, bearer = sample.bearer) {
  await page.getByLabel("Bearer token").fill(bearer);
  await button(page, "Show my tokens").click();
}

/** Signs in and waits for the table. */
export async function signIn(page, bearer) {
  await enter(page, bearer);
  await page.getByRole("heading", { name: /^\d+ tokens?$/ }).waitFor();
}

export async function tick(page, ...names) {
  for (const name of names) await page.getByRole("checkbox", { name, exact: true }).check();
}

/** Deletes the selected tokens, and confirms. */
export async function deleteSelected(page) {
  await button(page, /^Delete \d+ selected…$/).click();
  await confirm(page);
}

export const confirm = (page) => button(page, /^Delete (token|\d+ tokens)$/).click();

/** Cancels a run, and then what is under way too. */
export async function cancelAll(page) {
  await button(page, "Cancel").click();
  await button(page, "Cancel now").click();
}

// ----------------------------------------------------------------- what a user sees

export const rows = (page) => page.locator("#rows tr");

export const row = (page, name) =>
  rows(page).filter({ has: page.getByText(name, { exact: true }) });

// Rows that are off screen have no inner text.
export const names = (page) => page.locator("#rows .name").allTextContents();

/** Waits until the row of a token contains a text. */
export const rowSays = (page, name, text) => row(page, name).getByText(text).waitFor();

/** Waits until the bar, or the message at the sign-in, contains a text, and returns all of it. */
export async function said(page, text) {
  const place = page.locator("#status:visible, #sign-in-error:visible").filter({ hasText: text });
  await place.waitFor();
  return place.innerText();
}

/** The id of the element that has the focus. */
export const focused = (page) => page.evaluate(() => document.activeElement?.id);

// ------------------------------------------------------------- what the service sees

export const owned = (service) => service.state().users.ana.map(({ name }) => name);

export const deletions = (service) => service.requests.filter(({ method }) => method === "DELETE");

/** Waits until the service has received a number of requests with a method. */
export function seenBy(service, method, count = 1) {
  return until(() => service.requests.filter((each) => each.method === method).length >= count);
}

/** Orders a fault for each of the next deletions. */
export function orderFaults(service, ...faults) {
  service.faults.push(...faults.map((fault) => ({ method: "DELETE", ...fault })));
}

export const repeated = (count, fault) => Array.from({ length: count }, () => fault);

/** A reply that doesn't arrive while a test runs. */
export const NEVER = { delayMs: 600_000 };

/** No answer to any attempt of a call with the default options. */
export const NO_ANSWER = repeated(3, { cut: "before" });

export const OVER_QUOTA = {
  status: 402,
  name: "ServiceQuotaExceededException",
  message: "No more of these.",
};
