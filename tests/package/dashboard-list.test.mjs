// The dashboard's list: signing in, what the table shows, sorting, filtering, selecting, and what can go wrong with it.

import assert from "node:assert/strict";
import { sample } from "../../www/service.mjs";
import {
  button,
  dashboard,
  enter,
  NEVER,
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

// --------------------------------------------------------------------- signing in

pageTest(
  "whoever signs in sees their tokens, those first that expire first",
  async ({ page, service }) => {
    await signIn(page);
    assert.deepEqual(await names(page), BY_EXPIRY);
    assert.equal(await page.evaluate(() => document.activeElement.id), "tokens-title");
    // 12 tokens are two pages of the service.
    assert.equal(service.requests.length, 2);
  },
);

pageTest(
  "a hundred tokens are all there",
  async ({ page }) => {
    await signIn(page);
    assert.equal(await rows(page).count(), 100);
  },
  { tokens: many },
);

pageTest(
  "a wrong bearer token says what to check, and is still there to be mended",
  async ({ page }) => {
    await enter(page, "not-a-token-of-anyone");
    assert.match(await said(page, "did not accept"), /aws sso login gives a fresh one/);
    assert.equal(await page.getByLabel("Bearer token").inputValue(), "not-a-token-of-anyone");
    assert.equal(await page.evaluate(() => document.activeElement.id), "bearer");
    await page.getByText("Details").click();
    assert.match(await page.getByRole("alert").innerText(), /AccessDeniedException[\s\S]*403/);
    await signIn(page);
  },
);

pageTest("a bearer token that cannot be one is not sent", async ({ page, service }) => {
  await enter(page, "tök en");
  await said(page, "This is not a valid bearer token");
  assert.deepEqual(service.requests, []);
});

pageTest(
  "the file that aws sso login keeps can be pasted as a whole, and spaces around a token do not count",
  async ({ page }) => {
    const file = {
      startUrl: "https://view.awsapps.com/start",
      accessToken: sample.bearer,
      expiresAt: "2030-01-01T00:00:00Z",
    };
    for (const pasted of [JSON.stringify(file, undefined, 2), ` ${sample.bearer}\t`]) {
      await signIn(page, pasted);
      await button(page, "Sign out").click();
    }
  },
);

pageTest(
  "while the list loads it says how far it is, and cancelling loses nothing",
  async ({ page, service }) => {
    service.faults.push({ delayMs: 0 }, NEVER);
    await enter(page);
    await page.getByText("Asking the service for your tokens… 10 so far").waitFor();
    // Asking again meanwhile sends nothing more.
    await page.getByLabel("Bearer token").press("Enter");
    await button(page, "Cancel").click();
    await said(page, "Cancelled");
    assert.equal(service.requests.length, 2);
    assert.equal(await page.getByLabel("Bearer token").inputValue(), sample.bearer);
    await signIn(page);
  },
);

pageTest(
  "who has no tokens is told so",
  async ({ page }) => {
    await signIn(page);
    await page.getByText("You have no access tokens").waitFor();
    assert.equal(await page.getByRole("table").isVisible(), false);
  },
  { tokens: [] },
);

// ---------------------------------------------------------------------- the table

pageTest("each row has the id, and the expiry in words and exactly", async ({ page }) => {
  await signIn(page);
  for (const { id, name, expiresTime } of sample.tokens) {
    assert.equal(await row(page, name).locator(".id").innerText(), id);
    if (!expiresTime) continue;
    const time = row(page, name).getByRole("time");
    assert.equal(await time.getAttribute("datetime"), expiresTime.toISOString());
    assert.equal(await time.getAttribute("title"), expiresTime.toISOString());
    assert.match(await time.innerText(), /^\d{4}-\d\d-\d\d \d\d:\d\d$/);
  }
});

pageTest("what has expired and what will soon is marked", async ({ page }) => {
  await signIn(page);
  const words = async (name) =>
    (await row(page, name).locator(".expires").innerText()).split("\n")[0].trim();
  assert.equal(await words("Old laptop"), "Expired 7 months ago");
  assert.equal(await words("Deploy job (staging)"), "Soon in 3 days");
  assert.equal(await words("Büro-Rechner"), "in 3 months");
  assert.equal(await words("Mirror to backup server"), "No expiry known");
});

pageTest("a press on a heading sorts by it, another one the other way round", async ({ page }) => {
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
  await button(page, "Id").click();
  assert.equal((await names(page))[0], "Old laptop");
});

pageTest("the filter finds parts of names and of ids", async ({ page }) => {
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
  await page.getByText("No token matches").waitFor();
  await button(page, "Show all tokens").click();
  assert.equal(await rows(page).count(), 12);
});

pageTest("the tokens can be shown by their expiry", async ({ page }) => {
  await signIn(page);
  await page.getByRole("radio", { name: "Expired 4" }).check();
  assert.deepEqual(await names(page), EXPIRED);
  await page.getByRole("radio", { name: "Soon 2" }).check();
  assert.deepEqual(await names(page), BY_EXPIRY.slice(4, 6));
  await page.getByRole("radio", { name: "Later 6" }).check();
  assert.deepEqual(await names(page), BY_EXPIRY.slice(6));
});

pageTest(
  "a name from the network never becomes markup",
  async ({ page }) => {
    await signIn(page);
    assert.deepEqual(await names(page), ["<img src=x onerror=alert(1)>"]);
    assert.equal(await page.locator("img").count(), 0);
  },
  { tokens: [{ id: "1", name: "<img src=x onerror=alert(1)>" }] },
);

// ------------------------------------------------------------------------ selecting

const ticked = async (page) => {
  const selected = rows(page).filter({ has: page.getByRole("checkbox", { checked: true }) });
  return selected.locator(".name").allInnerTexts();
};

pageTest("all or the expired can be selected with one press", async ({ page }) => {
  await signIn(page);
  const all = page.getByLabel("Select all shown");
  await button(page, "Select expired").click();
  assert.deepEqual(await ticked(page), EXPIRED);
  assert.equal(await all.evaluate((box) => box.indeterminate), true);
  await all.check();
  assert.deepEqual(await ticked(page), BY_EXPIRY);
  await all.uncheck();
  assert.deepEqual(await ticked(page), []);
  assert.equal(await button(page, "Delete selected…").getAttribute("aria-disabled"), "true");
});

pageTest("with the shift key a range is selected", async ({ page }) => {
  await signIn(page);
  await tick(page, "Old laptop");
  await page
    .getByRole("checkbox", { name: "Deploy job (staging)" })
    .click({ modifiers: ["Shift"] });
  assert.deepEqual(await ticked(page), BY_EXPIRY.slice(1, 6));
});

pageTest("what is selected and hidden by the filter is told, and kept", async ({ page }) => {
  await signIn(page);
  await tick(page, "Old laptop", "tmp");
  await page.getByRole("searchbox").fill("tmp");
  await page.getByText("2 selected, 1 of them hidden by the filter").waitFor();
  await page.getByRole("searchbox").fill("");
  assert.deepEqual(await ticked(page), ["tmp", "Old laptop"]);
});

// ------------------------------------------------------------------- what goes wrong

pageTest("a reload shows what is new, and keeps the selection", async ({ page, service }) => {
  await signIn(page);
  await tick(page, "Old laptop", "tmp");
  service.store.remove("ana", sample.tokens.at(-1).id); // tmp
  service.store.add("ana", { id: "new", name: "New one" });
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

pageTest("a service that is down is told so, and nothing is lost", async ({ page, service }) => {
  await signIn(page);
  await service.close();
  await button(page, "Reload").click();
  await said(page, "The service cannot be reached, or has failed");
  await page.getByText("Details").click();
  assert.match(
    await page.locator("#status-details").innerText(),
    /gave no answer: ECONNREFUSED[\s\S]*502/,
  );
  assert.equal(await rows(page).count(), 12);
});

pageTest(
  "when the page's server has ended it says where it comes from",
  async ({ page, server }) => {
    await signIn(page);
    await server.close();
    await button(page, "Reload").click();
    assert.match(await said(page, "No connection"), /as long as npm start/);
  },
);

pageTest("a machine that is offline is told so, until it is back", async ({ page }) => {
  await signIn(page);
  await page.context().setOffline(true);
  await page.getByText("This machine is offline").waitFor();
  await page.context().setOffline(false);
  await page.getByText("This machine is offline").waitFor({ state: "hidden" });
});

pageTest(
  "a bearer token that has expired can be replaced, and the table is as it was",
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

// ------------------------------------------------------------------------ the secret

pageTest("the bearer token is nowhere but in its header", async ({ page, service }) => {
  await signIn(page);
  const kept = await page.evaluate(async () =>
    JSON.stringify([
      document.documentElement.outerHTML,
      [...document.querySelectorAll("input")].map((input) => input.value),
      location.href,
      { ...localStorage },
      { ...sessionStorage },
      document.cookie,
      history.state,
      await indexedDB.databases(),
      await caches.keys(),
      performance.getEntries().map((entry) => entry.name),
    ]),
  );
  const state = JSON.stringify([await page.context().storageState(), service.requests]);
  assert.equal((kept + state).includes(sample.bearer.slice(0, 20)), false);
  assert.equal(service.requests.at(-1).user, "ana");
});

for (const [what, act] of [
  ["signing out", (page) => button(page, "Sign out").click()],
  ["loading the page anew", (page) => page.reload()],
]) {
  pageTest(`after ${what} the bearer token is forgotten`, async ({ page }) => {
    await signIn(page);
    await act(page);
    assert.equal(await page.getByLabel("Bearer token").inputValue(), "");
    assert.equal(await rows(page).count(), 0);
    assert.equal(await button(page, "Reload").isVisible(), false);
  });
}
