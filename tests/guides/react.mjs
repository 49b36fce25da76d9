// The component of docs/guides/react.md in Chromium: as Vite serves it for development, where
// StrictMode runs effects twice, and as it is built.

import assert from "node:assert/strict";
import { chromium } from "playwright-core";
import { expiredBearer, lostReply, sample, slowReply } from "../../pkg-template/testing/index.js";
import { chromiumOptions } from "../../scripts/hosts.mjs";
import { until } from "../package/installed.mjs";

/** @import { Page } from "playwright-core" */
/** @typedef {import("./reader.mjs").Reader["service"]} Service */

/** @type {Record<string, (page: Page, service: Service) => Promise<void>>} */
const CHECKS = {
  "lists and deletes, and sends nothing twice": async (page, service) => {
    await signIn(page);
    await says(page, "Access tokens: 12");
    await deleteToken(page, "Old laptop");
    await says(page, "Access tokens: 11");
    const sent = service.requests.map(({ method }) => method);
    assert.deepEqual(sent, ["POST", "POST", "DELETE"]); // a list has two pages
  },
  "aborts the list when it is unmounted, and lists again when it is mounted": async (
    page,
    service,
  ) => {
    await signIn(page);
    await says(page, "Access tokens: 12");
    await page.getByRole("button", { name: "Sign out" }).click();
    service.clearRequests();
    service.faults.push(slowReply(60_000));
    const aborted = page.waitForEvent("requestfailed");
    await signIn(page);
    await says(page, "Loading…");
    await until(() => service.requests.length > 0);
    await page.getByRole("button", { name: "Sign out" }).click();
    assert.equal((await aborted).failure()?.errorText, "net::ERR_ABORTED");
    assert.equal(service.requests.length, 1);
    await signIn(page);
    await says(page, "Access tokens: 12");
    assert.equal(service.requests.length, 3);
  },
  "shows why a list failed": async (page, service) => {
    service.faults.push(expiredBearer());
    await signIn(page);
    await says(page, "AccessDeniedException: ");
  },
  "says that an outcome is unknown, and takes a token that isn't found for gone": async (
    page,
    service,
  ) => {
    await signIn(page);
    await says(page, "Access tokens: 12");
    service.faults.push(lostReply({ method: "DELETE", times: 3 }));
    await deleteToken(page, "tmp");
    const alert = page.getByRole("alert");
    await alert
      .filter({ hasText: "Outcome unknown. No answer tells whether the token was deleted." })
      .waitFor();
    await says(page, "Access tokens: 12");
    await deleteToken(page, "tmp");
    await says(page, "Access tokens: 11");
  },
  "says that a deletion was refused": async (page, service) => {
    service.faults.push({ status: 409, name: "ConflictException", method: "DELETE" });
    await signIn(page);
    await deleteToken(page, "tmp");
    const alert = page.getByRole("alert");
    await alert.filter({ hasText: /^ *ConflictException: [^.]*\.?$/ }).waitFor();
  },
};

/** @param {Page} page */
async function signIn(page) {
  await page.getByLabel("Bearer token").fill(sample.bearer);
  await page.getByRole("button", { name: "Sign in" }).click();
}

/** @param {Page} page @param {string} text */
const says = (page, text) => page.getByRole("status").filter({ hasText: text }).waitFor();

/** @param {Page} page @param {string} name */
const deleteToken = (page, name) => page.getByRole("button", { name: `Delete ${name}` }).click();

/** @param {import("./reader.mjs").Reader} reader */
export async function check(reader) {
  const service = `CODECATALYST_URL=${reader.service.url}`;
  const urls = [];
  for (const [command, port] of [
    ["vite --bypass-lock", 5174], // beside the one of the guide
    ["vite preview", 4174],
  ]) {
    const server = reader.open(`${service} npx ${command} --port ${port} --strictPort`);
    await server.waitFor("…\n  ➜  Local:   …");
    urls.push(`http://localhost:${port}`);
  }
  const browser = await chromium.launch(chromiumOptions());
  try {
    for (const url of urls) await checkPage(await browser.newPage(), url, reader.service);
    return urls.length * Object.keys(CHECKS).length;
  } finally {
    await browser.close();
  }
}

/**
 * @param {Page} page
 * @param {string} url
 * @param {Service} service
 */
async function checkPage(page, url, service) {
  /** @type {string[]} */
  const complaints = [];
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") complaints.push(message.text());
  });
  page.on("dialog", (dialog) => dialog.accept());
  for (const [title, act] of Object.entries(CHECKS)) {
    service.reset();
    await page.goto(url);
    await act(page, service).catch((error) => {
      throw new Error(`${url}: it ${title}: ${error.message}`, { cause: error });
    });
  }
  // The browser itself notes each reply of an error.
  const ours = complaints.filter((text) => !text.startsWith("Failed to load resource: "));
  assert.deepEqual(ours, []);
}
