// The states of the extension's popup, one after the other: what axe-core checks, and what pictures
// are taken of.

import { sample } from "../../pkg-template/testing/index.js";
import { button, confirm, NEVER, OVER_QUOTA, orderFaults, seenBy, tick } from "./dashboard.mjs";
import { HALF_WAY, ODD_NAMES, TOO_LONG } from "./dashboard-states.mjs";
import { signIn } from "./extension-browser.mjs";

const [LAPTOP, EDITOR, ...OTHERS] = sample.tokens.map(({ name }) => name);

const shows = (page, text) => page.getByRole("main").getByText(text, { exact: true }).waitFor();

/** Waits for a text that goes on. */
const says = (page, text) => page.getByRole("main").getByText(text).waitFor();

async function remove(page, name) {
  await button(page, `Delete ${name}`).click();
  await confirm(page);
}

async function replaceTokens(service, user, names) {
  for (const { id } of service.state().users[user]) service.removeToken(user, id);
  for (const [index, name] of names.entries())
    service.addToken(user, { id: `7a${index}e4c52-3d7b-4e53-b7cf-51d5f0a9aa03`, name });
}

async function reloadTo(page, count) {
  await button(page, "Reload").click();
  await shows(page, `${count} tokens`);
}

/**
 * Each entry takes the popup from the state before it to its own.
 * @type {Record<string, (world: { page: any, service: any, user: string, bearer: string }) => Promise<unknown>>}
 */
export const POPUP_STATES = {
  "signed out": ({ page }) => page.getByLabel("Bearer token").waitFor(),
  "something else pasted": async ({ page }) => {
    await signIn(page, "{}");
    await shows(page, "This is not a bearer token");
  },
  "sign-in refused": async ({ page, service, bearer }) => {
    service.faults.push({ status: 403, name: "AccessDeniedException", message: TOO_LONG });
    await signIn(page, bearer);
    await shows(page, "The service did not accept the bearer token");
    await page.getByText("Details").click();
  },
  loading: async ({ page, service, bearer }) => {
    service.faults.push({ method: "POST", ...NEVER });
    await signIn(page, bearer);
    await shows(page, "Loading…");
  },
  list: async ({ page, bearer }) => {
    await button(page, "Forget token").click();
    await signIn(page, bearer);
    await shows(page, "12 tokens");
  },
  selected: ({ page }) => tick(page, LAPTOP, EDITOR, ...OTHERS.slice(0, 5)),
  "confirming one": ({ page }) => button(page, `Delete ${LAPTOP}`).click(),
  "confirming many": async ({ page }) => {
    await button(page, "Keep").click();
    await button(page, "Delete 7 selected…").click();
  },
  deleting: async ({ page, service }) => {
    orderFaults(service, ...HALF_WAY);
    await confirm(page);
    await seenBy(service, "DELETE", 6);
    await shows(page, "2 of 7 done");
  },
  stopping: async ({ page }) => {
    await button(page, "Cancel").click();
    await says(page, "may still finish");
  },
  cancelled: async ({ page }) => {
    await button(page, "Cancel now").click();
    await shows(page, "Cancelled");
    await page.locator("#tokens summary").first().click();
  },
  waiting: async ({ page, service }) => {
    orderFaults(service, { status: 429, headers: { "retry-after": "15" } });
    await remove(page, LAPTOP);
    await says(page, "The service is throttling");
  },
  "done with failures": async ({ page, service }) => {
    await button(page, "Cancel").click();
    await button(page, "Cancel").waitFor({ state: "hidden" });
    orderFaults(service, OVER_QUOTA);
    await remove(page, LAPTOP);
    await shows(page, "A quota is used up");
  },
  "sign-in expired": async ({ page, service }) => {
    service.faults.push({ method: "POST", status: 401, name: "UnauthorizedException" });
    await button(page, "Reload").click();
    await shows(page, "The service refused your sign-in");
  },
  "signing in again": ({ page }) => button(page, "Sign in again").click(),
  "sign-in about to expire": async ({ page, bearer }) => {
    const expiresAt = new Date(Date.now() + 300_000).toISOString();
    await signIn(page, JSON.stringify({ accessToken: bearer, expiresAt }));
    await shows(page, "Your sign-in expires in 5 minutes.");
  },
  "odd names": async ({ page, service, user }) => {
    replaceTokens(service, user, ODD_NAMES);
    await reloadTo(page, ODD_NAMES.length);
  },
  empty: async ({ page, service, user }) => {
    replaceTokens(service, user, []);
    await reloadTo(page, 0);
    await says(page, "You have no access tokens");
  },
  "no worker": async ({ page }) => {
    await page.evaluate(() => {
      chrome.runtime.sendMessage = () => new Promise(() => {});
    });
    await button(page, "Reload").click();
    await says(page, "service worker does not answer");
  },
};
