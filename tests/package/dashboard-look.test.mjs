// Each state of the dashboard on wide and narrow screens, light, dark and in forced colours: axe-core
// finds no problem, and nothing scrolls sideways.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { root } from "../../scripts/tools.mjs";
import {
  button,
  dashboard,
  deleteSelected,
  orderFaults,
  row,
  rowSays,
  said,
  signIn,
} from "./dashboard.mjs";
import { STATES, tour } from "./dashboard-states.mjs";

const { pageTest } = dashboard("dashboard-look");

const axe = await readFile(join(root, "node_modules/axe-core/axe.min.js"), "utf8");

/** 320 is what 1280 pixels are at 400%. */
const WIDTHS = [1280, 768, 360, 320];

/**
 * The problems that axe-core finds, one line each.
 * @param {object} options  axe-core's
 */
async function violations(page, options = {}) {
  const found = await page.evaluate(
    async (given) => (await globalThis.axe.run(given)).violations,
    options,
  );
  return found.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}

// The scheme changes nothing but colours.
const CONTRAST = { runOnly: ["color-contrast"] };

async function assertNoViolations(page, state) {
  await page.emulateMedia({ colorScheme: "dark" });
  assert.deepEqual(await violations(page, CONTRAST), [], `${state}, dark`);
  await page.emulateMedia({ colorScheme: "light" });
  assert.deepEqual(await violations(page), [], `${state}, light`);
}

/** Forced colours replace those of the page, so the style must say which buttons are disabled. */
async function assertDisabledIsGray(page, state) {
  await page.emulateMedia({ forcedColors: "active" });
  const [gray, ...colors] = await page.evaluate(() => {
    const probe = document.body.appendChild(document.createElement("span"));
    probe.style.color = "GrayText";
    const disabled = document.querySelectorAll("button[aria-disabled=true]");
    const found = [probe, ...disabled].map((each) => getComputedStyle(each).color);
    probe.remove();
    return found;
  });
  await page.emulateMedia({ forcedColors: "none" });
  for (const color of colors) assert.equal(color, gray, `a disabled button, ${state}`);
}

async function assertNothingSticksOut(page, state) {
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 740 });
    const needed = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.equal(needed, width, `${state} at ${width} pixels`);
    // A row would cut off what sticks out of it.
    const isCut = await page
      .locator("#rows tr")
      .evaluateAll((all) => all.some((each) => each.scrollWidth > each.clientWidth));
    assert.equal(isCut, false, `a row, ${state} at ${width} pixels`);
  }
}

pageTest(
  "in every state axe-core finds nothing, and nothing needs scrolling sideways",
  async ({ page, service }) => {
    // The page's policy would block a script element; this isn't subject to it.
    await page.addInitScript(axe);
    await page.reload();
    const seen = [];
    for await (const state of tour(STATES, { page, service })) {
      await page.setViewportSize({ width: 1280, height: 740 });
      await assertNoViolations(page, `${state} at 1280 pixels`);
      await assertDisabledIsGray(page, state);
      await assertNothingSticksOut(page, state);
      assert.deepEqual(await violations(page), [], `${state} at 320 pixels`);
      seen.push(state);
    }
    assert.deepEqual(seen, Object.keys(STATES));
  },
  // Half-way through a transition, a colour has less contrast than at its end.
  { reducedMotion: "reduce" },
);

pageTest(
  "the bar never covers what has the focus",
  async ({ page }) => {
    await signIn(page);
    await page.getByLabel("Select all shown").focus();
    for (let presses = 0; presses < 60; presses += 1) {
      await page.keyboard.press("Tab");
      const isCovered = await page.evaluate(() => {
        const target = document.activeElement ?? document.body;
        const { left, top, width, height } = target.getBoundingClientRect();
        return !target.contains(document.elementFromPoint(left + width / 2, top + height / 2));
      });
      const focused = await page.evaluate(() => document.activeElement?.outerHTML ?? "");
      assert.equal(isCovered, false, focused);
      if (focused.includes("Delete Mirror to backup server")) return;
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
