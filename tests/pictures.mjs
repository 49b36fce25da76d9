// Takes a picture of each state of the dashboard, on each kind of screen, to look at them:
//
//   node tests/pictures.mjs [folder]
//
// By default into target/pictures/. It needs the package in pkg/.

import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { chromiumOptions } from "../scripts/hosts.mjs";
import { root } from "../scripts/tools.mjs";
import { openDashboard } from "./package/dashboard.mjs";
import { tour } from "./package/dashboard-states.mjs";

const LIGHT = /** @type {const} */ ({ colorScheme: "light", forcedColors: "none" });

/** @type {Record<string, [width: number, height: number, media: object]>} */
const SCREENS = {
  1280: [1280, 800, LIGHT],
  "1280-dark": [1280, 800, { ...LIGHT, colorScheme: "dark" }],
  "1280-forced": [1280, 800, { ...LIGHT, colorScheme: "dark", forcedColors: "active" }],
  768: [768, 1024, LIGHT],
  360: [360, 740, LIGHT],
  "360-dark": [360, 740, { ...LIGHT, colorScheme: "dark" }],
  // 1280 by 1024 at 400%.
  "320-zoomed": [320, 256, LIGHT],
};

/**
 * @param {import("playwright-core").Page} page
 * @param {string} prefix
 */
async function takePictures(page, prefix) {
  for (const [screen, [width, height, media]] of Object.entries(SCREENS)) {
    await page.setViewportSize({ width, height });
    await page.emulateMedia(media);
    await page.evaluate(() => scrollTo(0, 0));
    await page.screenshot({ path: `${prefix}-${screen}.png`, animations: "disabled" });
  }
}

const [folder = join(root, "target/pictures")] = process.argv.slice(2);
await mkdir(folder, { recursive: true });
const browser = await chromium.launch(chromiumOptions());
/** @type {(() => unknown)[]} */
const closers = [() => browser.close()];
const after = (/** @type {() => unknown} */ close) => closers.unshift(close);
try {
  const world = await openDashboard({ after }, browser, join(root, "pkg"));
  let count = 0;
  for await (const state of tour(world)) {
    count += 1;
    const number = String(count).padStart(2, "0");
    await takePictures(world.page, join(folder, `${number}-${state.replaceAll(" ", "-")}`));
  }
} finally {
  for (const close of closers) await close();
}
