// Signing in to the dashboard, and what becomes of the bearer token.

import assert from "node:assert/strict";
import { sample } from "../../pkg-template/testing/index.js";
import { button, dashboard, enter, focused, NEVER, rows, said, signIn } from "./dashboard.mjs";

const { pageTest } = dashboard("dashboard-signin");

// --------------------------------------------------------------------- signing in

pageTest(
  "for a wrong bearer token the page says what to check, and keeps it for correction",
  async ({ page }) => {
    await enter(page, "not-a-token-of-anyone");
    assert.match(await said(page, "did not accept"), /Run aws sso login for a fresh one/);
    assert.equal(await page.getByLabel("Bearer token").inputValue(), "not-a-token-of-anyone");
    assert.equal(await focused(page), "bearer");
    await page.getByText("Details").click();
    assert.match(await page.getByRole("alert").innerText(), /AccessDeniedException[\s\S]*403/);
    await signIn(page);
  },
);

pageTest("an invalid bearer token is not sent", async ({ page, service }) => {
  await enter(page, "tök en");
  await said(page, "This is not a valid bearer token");
  assert.deepEqual(service.requests, []);
});

pageTest(
  "the whole file of aws sso login can be pasted, and spaces around a token are ignored",
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
  "loading the list shows progress, and cancelling loses nothing",
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

// ------------------------------------------------------------------------ the secret

pageTest(
  "the bearer token is nowhere but in the authorization header",
  async ({ page, service }) => {
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
  },
);

for (const [what, act] of /** @type {[string, (page: any) => Promise<void>][]} */ ([
  ["signing out", (page) => button(page, "Sign out").click()],
  ["reloading the page", (page) => page.reload()],
])) {
  pageTest(`after ${what} the bearer token is forgotten`, async ({ page }) => {
    await signIn(page);
    await act(page);
    assert.equal(await page.getByLabel("Bearer token").inputValue(), "");
    assert.equal(await rows(page).count(), 0);
    assert.equal(await button(page, "Reload").isVisible(), false);
  });
}
