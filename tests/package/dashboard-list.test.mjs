// The dashboard's list: what the table shows, sorting, filtering, selecting, and what can go wrong.

import assert from "node:assert/strict";
import { sample } from "../../pkg-template/testing/index.js";
import {
  button,
  dashboard,
  focused,
  names,
  row,
  rows,
  said,
  seenBy,
  signIn,
  tick,
} from "./dashboard.mjs";

const { pageTest } = dashboard("dashboard-list");

const LISTED = "POST";
const BY_EXPIRY = [
  "tmp",
  "Old laptop",
  "Migration, March",
  "Workshop 2, shared screen",
  'Build & test "nightly"',
  "Deploy job (staging)",
  "Deploy job (production)",
  "Büro-Rechner",
  "VS Code on the laptop",
  "Laptop, git over HTTPS",
  "IntelliJ",
  "Mirror to backup server",
];
const EXPIRED = BY_EXPIRY.slice(0, 4);
const many = Array.from({ length: 100 }, (_, index) => ({
  id: `id-${index}`,
  name: `Token ${index + 1}`,
}));

// ---------------------------------------------------------------------- the table

pageTest(
  "signing in shows the user's tokens, in the order of their expiry",
  async ({ page, service }) => {
    await signIn(page);
    assert.deepEqual(await names(page), BY_EXPIRY);
    assert.equal(await focused(page), "tokens-title");
    // 12 tokens are two pages of the service.
    assert.equal(service.requests.length, 2);
  },
);

pageTest(
  "a hundred tokens are all shown",
  async ({ page }) => {
    await signIn(page);
    assert.equal(await rows(page).count(), 100);
  },
  { tokens: many },
);

pageTest(
  "a user without tokens is told so",
  async ({ page }) => {
    await signIn(page);
    await page.getByText("You have no access tokens").waitFor();
    assert.equal(await page.getByRole("table").isVisible(), false);
  },
  { tokens: [] },
);

pageTest(
  "a click on a heading sorts by it, and another one reverses the order",
  async ({ page }) => {
    await signIn(page);
    const sortOf = (name) => page.getByRole("columnheader", { name }).getAttribute("aria-sort");
    assert.deepEqual([await sortOf("Expires"), await sortOf("Name")], ["ascending", null]);
    await button(page, "Name").click();
    assert.deepEqual((await names(page)).slice(0, 3), [
      'Build & test "nightly"',
      "Büro-Rechner",
      "Deploy job (production)",
    ]);
    assert.deepEqual([await sortOf("Expires"), await sortOf("Name")], [null, "ascending"]);
    await button(page, "Name").click();
    assert.equal((await names(page))[0], "Workshop 2, shared screen");
    assert.equal(await sortOf("Name"), "descending");
    await page.getByRole("button", { name: "ID", exact: true }).click();
    assert.equal((await names(page))[0], "Old laptop");
  },
);

pageTest("the filter finds parts of names and ids", async ({ page }) => {
  await signIn(page);
  const search = page.getByRole("searchbox");
  await search.fill("LAPTOP");
  assert.deepEqual(await names(page), [
    "Old laptop",
    "VS Code on the laptop",
    "Laptop, git over HTTPS",
  ]);
  await search.fill("c85d2e7f");
  assert.deepEqual(await names(page), ["Mirror to backup server"]);
  await search.fill("nothing has this");
  await page.getByText("No tokens match").waitFor();
  await button(page, "Show all tokens").click();
  assert.equal(await rows(page).count(), 12);
});

pageTest("tokens can be filtered by their expiry", async ({ page }) => {
  await signIn(page);
  await page.getByRole("radio", { name: "Expired 4" }).check();
  assert.deepEqual(await names(page), EXPIRED);
  await page.getByRole("radio", { name: "Expiring in 7 days 2" }).check();
  assert.deepEqual(await names(page), BY_EXPIRY.slice(4, 6));
  await page.getByRole("radio", { name: "Active 8" }).check();
  assert.deepEqual(await names(page), BY_EXPIRY.slice(4));
  assert.equal(await page.getByRole("radio", { name: /^Unfinished/ }).isVisible(), false);
});

// ------------------------------------------------------------------------ selecting

const ticked = async (page) => {
  const selected = rows(page).filter({ has: page.getByRole("checkbox", { checked: true }) });
  return selected.locator(".name").allTextContents();
};

pageTest("all tokens, or the expired ones, can be selected with one click", async ({ page }) => {
  await signIn(page);
  const all = page.getByLabel("Select all shown");
  await button(page, "Select expired").click();
  assert.deepEqual(await ticked(page), EXPIRED);
  assert.equal(await all.evaluate((box) => box.indeterminate), true);
  await all.check();
  assert.deepEqual(await ticked(page), BY_EXPIRY);
  await all.uncheck();
  assert.deepEqual(await ticked(page), []);
  assert.equal(await page.locator("#bar").isVisible(), false);
});

pageTest("the shift key selects a range", async ({ page }) => {
  await signIn(page);
  await tick(page, "Old laptop");
  await page
    .getByRole("checkbox", { name: "Deploy job (staging)" })
    .click({ modifiers: ["Shift"] });
  assert.deepEqual(await ticked(page), BY_EXPIRY.slice(1, 6));
});

pageTest("selected rows that the filter hides are counted, and stay selected", async ({ page }) => {
  await signIn(page);
  await tick(page, "Old laptop", "tmp");
  await page.getByRole("searchbox").fill("tmp");
  await page.getByText("2 selected, 1 of them hidden by the filter").waitFor();
  await page.getByRole("searchbox").fill("");
  assert.deepEqual(await ticked(page), ["tmp", "Old laptop"]);
});

// ------------------------------------------------------------------- what goes wrong

pageTest("a reload shows new tokens, and keeps the selection", async ({ page, service }) => {
  await signIn(page);
  await tick(page, "Old laptop", "tmp");
  service.removeToken("ana", sample.tokens[11].id); // tmp
  service.addToken("ana", { id: "new", name: "New one" });
  await button(page, "Reload").click();
  await row(page, "New one").waitFor();
  assert.equal(await row(page, "tmp").count(), 0);
  assert.deepEqual(await ticked(page), ["Old laptop"]);
});

pageTest("a reload that fails loses nothing, and can be tried again", async ({ page, service }) => {
  await signIn(page);
  await tick(page, "Old laptop");
  service.faults.push({
    status: 429,
    name: "ThrottlingException",
    headers: { "retry-after": "90" },
  });
  await button(page, "Reload").click();
  await said(page, "Too many requests");
  assert.equal(await rows(page).count(), 12);
  assert.deepEqual(await ticked(page), ["Old laptop"]);
  await button(page, "Try again").click();
  await seenBy(service, LISTED, 5);
  await button(page, "Try again").waitFor({ state: "hidden" });
});

pageTest("a service that is down is reported, and nothing is lost", async ({ page, service }) => {
  await signIn(page);
  await service.close();
  await button(page, "Reload").click();
  await said(page, "The service cannot be reached, or has failed");
  await page.getByText("Details").click();
  assert.match(
    await page.locator("#status-details").innerText(),
    /502[\s\S]*Reason\nhttp:\S+ gave no answer: ECONNREFUSED\./,
  );
  assert.equal(await rows(page).count(), 12);
});

pageTest(
  "when the page's server has stopped, the page says how to start it",
  async ({ page, server }) => {
    await signIn(page);
    await server.close();
    await button(page, "Reload").click();
    assert.match(await said(page, "No connection"), /command in your terminal/);
  },
);

pageTest("a banner says that the machine is offline, until it is back", async ({ page }) => {
  await signIn(page);
  await page.context().setOffline(true);
  await page.getByText("This machine is offline").waitFor();
  await page.context().setOffline(false);
  await page.getByText("This machine is offline").waitFor({ state: "hidden" });
});

pageTest(
  "an expired bearer token can be replaced, and the table is unchanged",
  async ({ page, service }) => {
    await signIn(page);
    await tick(page, "Old laptop");
    service.faults.push({ status: 401, name: "UnauthorizedException", message: "Expired." });
    await button(page, "Reload").click();
    await button(page, "Sign in again").click();
    await button(page, "Back to the tokens").click();
    assert.deepEqual(await ticked(page), ["Old laptop"]);
    await button(page, "Reload").waitFor();
  },
);
