// The states of the dashboard, one after the other: what axe-core checks, and what pictures are
// taken of.

import { sample } from "../../pkg-template/testing/index.js";
import {
  button,
  deleteSelected,
  enter,
  NEVER,
  NO_ANSWER,
  OVER_QUOTA,
  orderFaults,
  repeated,
  said,
  seenBy,
  signIn,
  tick,
} from "./dashboard.mjs";

export const TOO_LONG = "x".repeat(900);

/** One deletion fails, one succeeds, and the others stay under way. */
export const HALF_WAY = [
  { status: 400, name: "ValidationException", message: TOO_LONG },
  { delayMs: 0 },
  ...repeated(4, NEVER),
];

/** Names that mean to deceive, or are hard to show. */
export const ODD_NAMES = [
  "invoice\u202efdp.exe",
  "\u200b\u3164",
  "tmp",
  "tmp\u00a0",
  "  two  spaces ",
  "Z\u0300\u0301\u0302\u0303\u0304\u0305\u0306\u0307algo",
  "\\u{202e} typed",
  "مفتاح الإنتاج",
  `${"long".repeat(24)} end`,
];

/** What the server of the command line puts into the page where its tokens are samples. */
async function showSample(page) {
  await page.route("**/", async (route) => {
    const response = await route.fetch();
    const html = await response.text();
    const body = html.replace('-sample" content=""', '-sample" content="yes"');
    await route.fulfill({ response, body });
  });
  await page.reload();
}

/**
 * Each entry takes the page from the state before it to its own.
 * @type {Record<string, (world: { page: any, service: any }) => Promise<unknown>>}
 */
export const STATES = {
  "signed out": async () => {},
  "something else pasted": async ({ page }) => {
    await enter(page, "{}");
    await said(page, "This is not a bearer token");
  },
  "sign-in refused": async ({ page, service }) => {
    service.faults.push({ status: 403, name: "AccessDeniedException", message: TOO_LONG });
    await enter(page);
    await said(page, "did not accept");
    await page.getByText("Details").click();
  },
  loading: async ({ page, service }) => {
    service.faults.push({ delayMs: 0 }, NEVER);
    await enter(page);
    await page.getByText("10 so far").waitFor();
  },
  list: async ({ page }) => {
    await button(page, "Cancel").click();
    await signIn(page);
  },
  "exact times": ({ page }) => button(page, "Exact times").click(),
  "no match": async ({ page }) => {
    await button(page, "Exact times").click();
    await page.getByRole("searchbox").fill("nothing has this");
  },
  selected: async ({ page }) => {
    await button(page, "Show all tokens").click();
    await button(page, "Select expired").click();
  },
  "confirming one": ({ page }) => button(page, "Delete IntelliJ").click(),
  "confirming many": async ({ page }) => {
    await button(page, "Keep").click();
    await page.getByLabel("Select all shown").check();
    await button(page, "Delete 12 selected…").click();
  },
  deleting: async ({ page, service }) => {
    orderFaults(service, ...HALF_WAY);
    await button(page, "Delete 12 tokens").click();
    await seenBy(service, "DELETE", 6);
    await said(page, "Deleting: 2 of 12");
  },
  stopping: async ({ page }) => {
    await button(page, "Cancel").click();
    await said(page, "may still finish");
  },
  cancelled: async ({ page }) => {
    await button(page, "Cancel now").click();
    await said(page, "Cancelled: 1 deleted, 1 failed, 4 unknown, 6 not tried");
    await page.locator("#rows summary").first().click();
  },
  waiting: async ({ page, service }) => {
    await page.locator("#rows summary").first().click();
    await page.getByLabel("Select all shown").uncheck();
    await tick(page, "IntelliJ");
    orderFaults(service, {
      status: 429,
      name: "ThrottlingException",
      message: "Slow down.",
      headers: { "retry-after": "15" },
    });
    await deleteSelected(page);
    await said(page, "The service is throttling");
  },
  "done with failures": async ({ page, service }) => {
    await button(page, "Cancel").click();
    await said(page, "Cancelled: ");
    orderFaults(service, ...NO_ANSWER, OVER_QUOTA);
    await tick(page, "Mirror to backup server", "Büro-Rechner", "Deploy job (production)");
    await deleteSelected(page);
    await said(page, "Done: ");
  },
  "deleted hidden": ({ page }) => button(page, /^Hide \d+ deleted$/).click(),
  "sign-in expired": async ({ page, service }) => {
    service.faults.push({ status: 401, name: "UnauthorizedException", message: "Expired." });
    await button(page, "Reload").click();
    await button(page, "Sign in again").waitFor();
  },
  "odd names": async ({ page, service }) => {
    for (const { id } of sample.tokens) service.removeToken("ana", id);
    for (const [index, name] of ODD_NAMES.entries())
      service.addToken("ana", { id: `7a${index}e4c52-3d7b-4e53-b7cf-51d5f0a9aa03`, name });
    await button(page, "Reload").click();
    await page.getByRole("heading", { name: `${ODD_NAMES.length} tokens` }).waitFor();
  },
  offline: async ({ page }) => {
    await page.context().setOffline(true);
    await page.getByText("This machine is offline").waitFor();
    await button(page, "Reload").click();
    await said(page, "No connection");
    await page.locator("#status-details summary").click();
  },
  empty: async ({ page, service }) => {
    await page.context().setOffline(false);
    for (const { id } of service.state().users.ana) service.removeToken("ana", id);
    await button(page, "Reload").click();
    await page.getByText("You have no access tokens").waitFor();
  },
  "sample tokens, sign-in about to expire": async ({ page, service }) => {
    await showSample(page);
    for (const token of sample.tokens) service.store.add("ana", token);
    const expiresAt = new Date(Date.now() + 300_000).toISOString();
    await signIn(page, JSON.stringify({ accessToken: sample.bearer, expiresAt }));
    await page.locator("#sign-in-expiry").waitFor();
  },
};

/**
 * Takes a page through states, and yields the name of each while the page is in it.
 * @template World
 * @param {Record<string, (world: World) => Promise<unknown>>} states
 * @param {World} world
 */
export async function* tour(states, world) {
  for (const [name, reach] of Object.entries(states)) {
    await reach(world);
    yield name;
  }
}
