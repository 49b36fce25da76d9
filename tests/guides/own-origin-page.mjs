// The page of the guides for an own origin, as its user sees it.

import assert from "node:assert/strict";
import { chromium } from "playwright-core";
import { sample, serverError, throttled } from "../../pkg-template/testing/index.js";
import { chromiumOptions } from "../../scripts/hosts.mjs";

/** @param {import("./own-origin-checks.mjs").Proxy} proxy */
export async function checkPage({ url, service }) {
  const browser = await chromium.launch(chromiumOptions());
  try {
    const page = await browser.newPage();
    /** @type {string[]} */
    const complaints = [];
    page.on("console", (message) => complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(String(error)));
    page.on("dialog", (dialog) => dialog.accept());
    const policy = (await page.goto(url))?.headers()["content-security-policy"] ?? "";
    assert.match(policy, /'wasm-unsafe-eval'/);
    assert.doesNotMatch(policy, /'unsafe-/);
    await useThePage(page, service);
    // The browser itself notes each reply of an error.
    const ours = complaints.filter((text) => !text.startsWith("Failed to load resource: "));
    assert.deepEqual(ours, []);
  } finally {
    await browser.close();
  }
}

/**
 * @param {import("playwright-core").Page} page
 * @param {import("./own-origin-checks.mjs").Service} service
 */
async function useThePage(page, service) {
  const status = page.getByRole("status");
  const says = (/** @type {string | RegExp} */ text) => status.filter({ hasText: text }).waitFor();
  await page.getByLabel("Bearer token").fill(sample.bearer);
  await page.getByRole("button", { name: "Show my tokens" }).click();
  await says("Access tokens: 12");

  const button = page.getByRole("button", { name: "Delete Old laptop" });
  service.faults.push(throttled({ retryAfterSeconds: 30 }));
  await button.click();
  await says("Try again in 30 s.");
  service.faults.push(serverError({ times: 3 }));
  await button.click();
  await says("Outcome unknown. No answer tells whether the token was deleted.");
  await button.click();
  await says(/^Deleted\.$/);
  assert.equal(await button.count(), 0);
  assert.ok(!service.tokensOf("ana").some(({ name }) => name === "Old laptop"));
}
