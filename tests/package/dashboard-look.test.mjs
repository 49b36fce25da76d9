// Each state of the dashboard on wide and narrow screens, light and dark: axe-core finds no
// problem, and nothing scrolls sideways.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { sample } from "../../pkg-template/testing/index.js";
import { root } from "../../scripts/tools.mjs";
import {
  button,
  dashboard,
  deleteSelected,
  enter,
  NEVER,
  orderFaults,
  repeated,
  row,
  rowSays,
  said,
  seenBy,
  signIn,
} from "./dashboard.mjs";

const { pageTest } = dashboard("dashboard-look");

const axe = await readFile(join(root, "node_modules/axe-core/axe.min.js"), "utf8");
const TOO_LONG = "x".repeat(900);

/** Takes the page through its states, and yields the name of each while the page is in it. */
async function* tour(page, service) {
  yield "sign-in";
  service.faults.push({ status: 403, name: "AccessDeniedException", message: TOO_LONG });
  await enter(page);
  await said(page, "did not accept");
  await page.getByText("Details").click();
  yield "sign-in refused";
  service.faults.push({ delayMs: 0 }, NEVER);
  await enter(page);
  await page.getByText("10 so far").waitFor();
  yield "loading";
  await button(page, "Cancel").click();
  await signIn(page);
  await button(page, "Select expired").click();
  yield "table";
  await page.getByRole("searchbox").fill("nothing has this");
  yield "no match";
  await button(page, "Show all tokens").click();
  yield* deletionTour(page, service);
  yield* troubleTour(page, service);
}

async function* deletionTour(page, service) {
  await page.getByLabel("Select all shown").check();
  await button(page, /^Delete \d+ selected…$/).click();
  yield "confirmation";
  orderFaults(
    service,
    { status: 400, name: "ValidationException", message: TOO_LONG },
    { delayMs: 0 },
    ...repeated(4, NEVER),
  );
  await button(page, /^Delete \d+ tokens$/).click();
  await seenBy(service, "DELETE", 6);
  await said(page, "Deleting: 2 of 12");
  yield "progress";
  await button(page, "Cancel").click();
  await said(page, "may still end");
  yield "stopping";
  await button(page, "Cancel now").click();
  await said(page, "Cancelled: 1 deleted, 1 failed, 4 unknown, 6 not tried");
  await page.locator("#rows summary").first().click();
  yield "results";
}

async function* troubleTour(page, service) {
  await page.context().setOffline(true);
  await page.getByText("This machine is offline").waitFor();
  await button(page, "Reload").click();
  await said(page, "No connection");
  await page.locator("#status-details summary").click();
  yield "offline";
  await page.context().setOffline(false);
  for (const { id } of sample.tokens) service.store.remove("ana", id);
  await button(page, "Reload").click();
  await page.getByText("You have no access tokens").waitFor();
  yield "empty";
}

/** The problems that axe-core finds, one line each. */
async function violations(page, colorScheme) {
  await page.emulateMedia({ colorScheme });
  const found = await page.evaluate(async () => (await globalThis.axe.run()).violations);
  return found.flatMap(({ id, nodes }) =>
    nodes.map(({ html }) => `${colorScheme}, ${id}: ${html}`),
  );
}

for (const width of [1280, 360]) {
  pageTest(
    `at ${width} pixels axe-core finds nothing, and nothing needs scrolling sideways`,
    async ({ page, service }) => {
      // The page's policy would block a script element; `evaluate` isn't subject to it.
      await page.evaluate(axe);
      const seen = [];
      for await (const state of tour(page, service)) {
        const faults = [...(await violations(page, "light")), ...(await violations(page, "dark"))];
        assert.deepEqual(faults, [], state);
        assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), width, state);
        seen.push(state);
      }
      assert.equal(seen.length, 11);
    },
    { viewport: { width, height: 740 } },
  );
}

pageTest(
  "the bar never covers what has the focus",
  async ({ page }) => {
    await signIn(page);
    await page.getByLabel("Select all shown").focus();
    for (let presses = 0; presses < 20; presses += 1) {
      await page.keyboard.press("Tab");
      const isCovered = await page.evaluate(() => {
        const target = document.activeElement ?? document.body;
        const { left, top, width, height } = target.getBoundingClientRect();
        return !target.contains(document.elementFromPoint(left + width / 2, top + height / 2));
      });
      const focused = await page.evaluate(() => document.activeElement?.outerHTML ?? "");
      assert.equal(isCovered, false, focused);
      if (focused.includes("box-12")) return;
    }
    assert.fail("the last row was not reached");
  },
  { viewport: { width: 360, height: 640 } },
);

pageTest(
  "changes of the table don't scroll the page",
  async ({ page, service }) => {
    await signIn(page);
    await button(page, "Select expired").click();
    await row(page, "tmp").scrollIntoViewIfNeeded();
    const before = await page.evaluate(() => scrollY);
    orderFaults(service, { status: 400, name: "ValidationException", message: "No." });
    await deleteSelected(page);
    await said(page, "Done: ");
    assert.equal(await page.evaluate(() => scrollY), before);
    await rowSays(page, "Old laptop", /Deleted|Failed/);
  },
  { viewport: { width: 360, height: 640 } },
);
