// Signing in to the dashboard, and what becomes of the bearer token.

import assert from "node:assert/strict";
import { sample } from "../../pkg-template/testing/index.js";
import {
  button,
  dashboard,
  deleteSelected,
  enter,
  focused,
  NEVER,
  orderFaults,
  repeated,
  rowSays,
  rows,
  said,
  signIn,
  tick,
} from "./dashboard.mjs";

const { pageTest } = dashboard("dashboard-signin");

// --------------------------------------------------------------------- signing in

pageTest(
  "for a wrong bearer token the page says what to check, and keeps it for correction",
  async ({ page }) => {
    await enter(page, "not-a-token-of-anyone");
    assert.match(await said(page, "did not accept"), /Run “aws sso login” for a fresh one/);
    assert.equal(await page.getByLabel("Bearer token").inputValue(), "not-a-token-of-anyone");
    assert.equal(await focused(page), "bearer");
    // What is pasted now replaces it.
    assert.equal(await page.evaluate(() => String(getSelection()).length), 21);
    await page.getByText("Details").click();
    assert.match(await page.getByRole("alert").innerText(), /AccessDeniedException[\s\S]*403/);
    await signIn(page);
  },
);

pageTest("an invalid bearer token is not sent", async ({ page, service }) => {
  await enter(page, "tök en");
  assert.match(
    await said(page, "This is not a bearer token"),
    /looks like several words\. Nothing/,
  );
  assert.deepEqual(service.requests, []);
});

pageTest(
  "loading the list shows progress, and cancelling loses nothing",
  async ({ page, service }) => {
    service.faults.push({ delayMs: 0 }, NEVER);
    await enter(page);
    await page.getByText("Loading your tokens… 10 so far").waitFor();
    // Asking again meanwhile sends nothing more.
    await page.getByLabel("Bearer token").press("Enter");
    await button(page, "Cancel").click();
    await said(page, "Cancelled");
    assert.equal(service.requests.length, 2);
    assert.equal(await page.getByLabel("Bearer token").inputValue(), sample.bearer);
    await signIn(page);
  },
);

pageTest("the list says why it waits, and how long", async ({ page, service }) => {
  const headers = { "retry-after": "3" };
  service.faults.push({ status: 503, headers });
  await enter(page);
  const loading = page.locator("#loading-text");
  for (const left of [3, 2])
    await loading
      .getByText(`Retrying after a server error (attempt 2 of 3), ${left} s left`)
      .waitFor();
  await page.getByRole("heading", { name: "12 tokens" }).waitFor();
});

// ------------------------------------------------------------------------ what is pasted

const MINUTE_MS = 60_000;

/** The text of the file in which `aws sso login` keeps a token for so many minutes more. */
const cacheFile = (minutesLeft) =>
  JSON.stringify({
    startUrl: "https://view.awsapps.com/start",
    accessToken: sample.bearer,
    expiresAt: new Date(Date.now() + minutesLeft * MINUTE_MS).toISOString(),
    clientSecret: "hush",
    refreshToken: "hush",
  });

/** Pastes a text into what has the focus. */
async function paste(page, text) {
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.evaluate((pasted) => navigator.clipboard.writeText(pasted), text);
  await page.keyboard.press("Control+V");
}

const bearerValue = (page) => page.getByLabel("Bearer token").inputValue();

pageTest(
  "the field has the focus, and takes nothing but the token of what is pasted",
  async ({ page, service }) => {
    await paste(page, `export AWS_BEARER_TOKEN_CODECATALYST="${sample.bearer}"\n`);
    assert.equal(await bearerValue(page), sample.bearer);
    await page.getByText("Found the token in what you pasted.").waitFor();
    await page.keyboard.press("Control+A");
    await paste(page, cacheFile(61));
    assert.equal(await bearerValue(page), sample.bearer);
    await page.getByText("Found the token. It expires in 61 minutes.").waitFor();
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "12 tokens" }).waitFor();
    assert.equal(service.requests[0].user, "ana");
    assert.equal(await page.locator("#sign-in-expiry").isVisible(), false);
  },
);

pageTest(
  "what isn't a token is neither kept nor sent, and the page says what it looks like",
  async ({ page, service }) => {
    await paste(page, "~/.aws/sso/cache/0123abcd.json");
    const told = await said(page, "This is not a bearer token");
    assert.match(told, /looks like the path of a file\. Nothing was sent\./);
    assert.equal(await bearerValue(page), "");
    assert.deepEqual(service.requests, []);
    await paste(page, sample.bearer);
    await page.getByRole("alert").getByText("not a bearer token").waitFor({ state: "detached" });
  },
);

pageTest(
  "a token that has expired by a wrong clock is sent, and the page asks for a fresh one",
  async ({ page }) => {
    await paste(page, cacheFile(-5));
    await page.getByText("by this machine’s clock it expired 5 minutes ago").waitFor();
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "12 tokens" }).waitFor();
    await tick(page, "tmp");
    const banner = page.locator("#sign-in-expiry");
    assert.match(await banner.innerText(), /expired 5 minutes ago.* Run “aws sso login”/);
    await banner.getByRole("button").click();
    await page.getByRole("heading", { name: "Sign in again" }).waitFor();
    await paste(page, cacheFile(12));
    await page.keyboard.press("Enter");
    await banner.getByText("Your sign-in expires in 12 minutes.").waitFor();
    // Rows and selection are kept.
    await page.getByText("1 selected", { exact: true }).waitFor();
  },
);

pageTest("the end of a sign-in is read out once, not each minute", async ({ page }) => {
  await page.clock.install();
  await page.reload();
  await paste(page, cacheFile(17));
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "12 tokens" }).waitFor();
  const announcer = page.locator("#announcer");
  assert.equal(await announcer.innerText(), "12 tokens listed");
  await page.clock.runFor(3 * MINUTE_MS);
  assert.equal(await announcer.innerText(), "Your sign-in expires in 14 minutes.");
  await page.clock.runFor(4 * MINUTE_MS);
  await page.getByText("Your sign-in expires in 10 minutes.").waitFor();
  assert.equal(await announcer.innerText(), "Your sign-in expires in 14 minutes.");
  await page.clock.runFor(11 * MINUTE_MS);
  assert.match(await announcer.innerText(), /^Your sign-in expired .*, by this machine’s clock\./);
});

// ---------------------------------------------------------------------- refused later on

pageTest(
  "an expired sign-in is told once, not for each row, and a fresh one goes on from there",
  async ({ page, service }) => {
    await signIn(page);
    const names = ["tmp", "Old laptop", "Mirror to backup server"];
    await tick(page, ...names);
    const refused = { status: 401, name: "UnauthorizedException", message: "Expired." };
    orderFaults(service, { delayMs: 0 }, ...repeated(2, { ...refused, delayMs: 300 }));
    await deleteSelected(page);
    const told = await said(page, "Done: 1 deleted, 2 failed.");
    assert.match(
      told,
      /The service refused your sign-in\. It has probably expired\. Run “aws sso login”, then sign in again/,
    );
    assert.doesNotMatch(await page.locator("#rows").innerText(), /sign in|login/i);
    await button(page, "Sign in again").click();
    await signIn(page);
    await page.getByText("2 selected", { exact: true }).waitFor();
    await button(page, "Retry 2 failed").click();
    await said(page, "Done: 2 deleted");
  },
);

pageTest("a reload that is refused keeps the rows", async ({ page, service }) => {
  await signIn(page);
  service.faults.push({ status: 403, name: "AccessDeniedException" });
  await button(page, "Reload").click();
  await said(page, "The service refused your sign-in. It has probably expired.");
  assert.equal(await rows(page).count(), 12);
  await button(page, "Sign in again").click();
  await button(page, "Back to the tokens").click();
  await rowSays(page, "tmp", "Expired");
});

const signInBy = (
  name,
  /** @type {() => Promise<object>} */ getToken = async () => ({ token: sample.bearer }),
) => ({
  serve: { signIn: { name, getToken } },
});

pageTest(
  "where the server is signed in by a profile, the page says which command renews that",
  async ({ page, service }) => {
    await page.getByRole("heading", { name: "12 tokens" }).waitFor();
    service.faults.push({ status: 401, name: "UnauthorizedException" });
    await button(page, "Reload").click();
    await said(page, "In a terminal, run “aws sso login --profile ci”, then choose Reload.");
    assert.equal(await button(page, "Sign in again").isVisible(), false);
    await button(page, "Reload").click();
    await page.getByText("refused your sign-in").first().waitFor({ state: "hidden" });
    assert.equal(await rows(page).count(), 12);
  },
  signInBy("profile ci"),
);

pageTest(
  "where the server's sign-in has expired from the start, the page says the same",
  async ({ page, service }) => {
    await said(page, "In a terminal, run “aws sso login”, then choose Try again.");
    assert.deepEqual(service.requests, []);
  },
  signInBy("profile default", async () => ({ problem: "Type: aws sso login" })),
);

pageTest(
  "the page says that sample tokens are samples",
  async ({ page }) => {
    await page.getByText("Nothing you do here reaches CodeCatalyst.").waitFor();
    await page.getByRole("heading", { name: "12 tokens" }).waitFor();
  },
  { serve: { ...signInBy("sample tokens").serve, isSample: true } },
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
