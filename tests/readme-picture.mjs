// Takes the picture of the dashboard in README.md: a run has just ended, with every kind of result.
//
//   node tests/readme-picture.mjs
//
// The same date, zone, tokens, replies and address each time. It needs the package in pkg/.

import { join } from "node:path";
import { chromium } from "playwright-core";
import { sample } from "../pkg-template/testing/index.js";
import { chromiumOptions } from "../scripts/hosts.mjs";
import { root } from "../scripts/tools.mjs";
import { button, deleteSelected, openDashboard, said, signIn, tick } from "./package/dashboard.mjs";

const NOW = new Date("2026-11-25T15:31:00Z");
const ADDRESS = "http://127.0.0.1:8080";
/** How long after now the picture is taken. The sample's expiries are relative to now. */
const AHEAD_MS = NOW.getTime() - Date.now();

const SETTINGS = {
  viewport: { width: 1180, height: 720 },
  timezoneId: "Europe/Berlin",
  colorScheme: "light",
  reducedMotion: "reduce",
  tokens: sample.tokens.map(({ expiresTime, ...token }) => ({
    ...token,
    expiresTime: expiresTime && new Date(expiresTime.getTime() + AHEAD_MS),
  })),
};

/** @param {string} name */
const idOf = (name) => sample.tokens.find((token) => token.name === name)?.id;

/** One token is gone already, one can't be deleted now, and one gets no answer. */
async function arrangeReplies({ page, service }) {
  service.store.remove("ana", idOf("tmp"));
  await page.route(`**/${idOf("Migration, March")}`, (route) =>
    route.fulfill({
      status: 409,
      headers: { "x-amzn-errortype": "ConflictException" },
      json: { message: "The token is being changed." },
    }),
  );
  await page.route(`**/${idOf('Build & test "nightly"')}`, (route) => route.abort());
}

async function fixTimeAndAddress({ page, service }) {
  await page.clock.setFixedTime(NOW);
  await page.route("**/", async (route) => {
    const response = await route.fetch();
    await route.fulfill({
      response,
      body: (await response.text()).replaceAll(service.url, ADDRESS),
    });
  });
  await page.reload();
}

async function deleteSome({ page }) {
  await button(page, "Select expired").click();
  await tick(page, 'Build & test "nightly"');
  await deleteSelected(page);
  await said(page, "Done: ");
}

const browser = await chromium.launch(chromiumOptions());
/** @type {(() => unknown)[]} */
const closers = [() => browser.close()];
const after = (/** @type {() => unknown} */ close) => closers.unshift(close);
try {
  const world = await openDashboard({ after }, browser, join(root, "pkg"), SETTINGS);
  await fixTimeAndAddress(world);
  await signIn(world.page);
  await arrangeReplies(world);
  await deleteSome(world);
  await world.page.screenshot({ path: join(root, "www/dashboard.png") });
} finally {
  for (const close of closers) await close();
}
