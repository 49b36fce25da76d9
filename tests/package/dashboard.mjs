// The dashboard in a real browser, with the packed package, over its own server and the local service.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { chromium } from "playwright-core";
import { chromiumOptions } from "../../scripts/hosts.mjs";
import { startServer } from "../../www/server.mjs";
import { sample, startService } from "../../www/service.mjs";
import { packageIn, project, until } from "./installed.mjs";

/**
 * Gives `pageTest(title, body, settings)`: a test with a page of its own, which must also end without a complaint of the
 * browser. `settings` are those of Playwright's contexts, and `tokens`, what the service's user owns.
 */
export function dashboard(name) {
  let browser;
  let packageDir;
  before(async () => {
    packageDir = packageIn(await project(name));
    browser = await chromium.launch(chromiumOptions());
  });
  after(() => browser?.close());
  const pageTest = (title, body, { tokens, ...settings } = {}) =>
    test(title, async (t) => {
      const { service, server } = await served(t, packageDir, tokens);
      const { page, complaints } = await opened(t, browser, server.url, settings);
      await body({ t, page, service, server });
      assert.deepEqual(complaints, []);
    });
  return { pageTest };
}

async function served(t, packageDir, tokens = sample.tokens) {
  const service = await startService({ users: [{ name: "ana", bearer: sample.bearer, tokens }] });
  t.after(() => service.close());
  const server = await startServer({ service: service.url, packageDir });
  t.after(() => server.close());
  return { service, server };
}

async function opened(t, browser, url, settings) {
  const context = await browser.newContext(settings);
  t.after(() => context.close());
  const page = await context.newPage();
  // Long enough for a machine that is busy with other things.
  page.setDefaultTimeout(60_000);
  const complaints = [];
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("console", (message) => {
    if (!isAboutFetch(message)) complaints.push(message.text());
  });
  await page.goto(url);
  return { page, complaints };
}

// Chromium notes each request that was refused or cut; they are what is tested here.
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

/** Deletes what is selected, and says yes. */
export async function deleteSelected(page) {
  await button(page, /^Delete \d+ selected…$/).click();
  await button(page, /^Delete \d+ tokens?$/).click();
}

// ----------------------------------------------------------------- what a user sees

export const rows = (page) => page.locator("#rows tr");

export const row = (page, name) =>
  rows(page).filter({ has: page.getByText(name, { exact: true }) });

export const names = (page) => page.locator("#rows .name").allInnerTexts();

/** Waits until the row of this name says so. */
export const rowSays = (page, name, text) => row(page, name).getByText(text).waitFor();

/** What the bar, or else the message at the sign-in, says once it says this. */
export async function said(page, text) {
  const place = page.locator("#status:visible, #sign-in-error:visible").filter({ hasText: text });
  await place.waitFor();
  return place.innerText();
}

// ------------------------------------------------------------- what the service sees

export const owned = (service) => service.state().users.ana.map(({ name }) => name);

export const deletions = (service) => service.requests.filter(({ method }) => method === "DELETE");

/** Waits until so many requests of this kind have come. */
export function seenBy(service, method, count = 1) {
  return until(() => service.requests.filter((seen) => seen.method === method).length >= count);
}

/** Orders a fault for each of the next deletions. */
export function orderFaults(service, ...faults) {
  service.faults.push(...faults.map((fault) => ({ method: "DELETE", ...fault })));
}

export const repeated = (count, fault) => Array.from({ length: count }, () => fault);

/** An answer that does not come as long as a test lasts. */
export const NEVER = { delayMs: 600_000 };
