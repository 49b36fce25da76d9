// Takes a picture of each state of the dashboard and of the extension's popup, on each kind of screen, to
// look at them:
//
//   node tests/pictures.mjs [folder]
//
// By default into target/pictures/. It needs the package in pkg/.

import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { assemble } from "../examples/extension/assemble.mjs";
import { sample, startService } from "../pkg-template/testing/index.js";
import { chromiumOptions } from "../scripts/hosts.mjs";
import { root } from "../scripts/tools.mjs";
import { openDashboard } from "./package/dashboard.mjs";
import { STATES, tour } from "./package/dashboard-states.mjs";
import { loadExtension, redirect } from "./package/extension-browser.mjs";
import { POPUP_STATES } from "./package/extension-states.mjs";

const LIGHT = /** @type {const} */ ({ colorScheme: "light", forcedColors: "none" });

/** @typedef {Record<string, [size: [width: number, height: number] | undefined, media: object]>} Screens */

/** @type {Screens} */
const SCREENS = {
  1280: [[1280, 800], LIGHT],
  "1280-dark": [[1280, 800], { ...LIGHT, colorScheme: "dark" }],
  "1280-forced": [[1280, 800], { ...LIGHT, colorScheme: "dark", forcedColors: "active" }],
  768: [[768, 1024], LIGHT],
  360: [[360, 740], LIGHT],
  "360-dark": [[360, 740], { ...LIGHT, colorScheme: "dark" }],
  // 1280 by 1024 at 400%.
  "320-zoomed": [[320, 256], LIGHT],
};

/**
 * The popup is opened in its size.
 * @type {Screens}
 */
const POPUP_SCREENS = {
  light: [undefined, LIGHT],
  dark: [undefined, { ...LIGHT, colorScheme: "dark" }],
  forced: [undefined, { ...LIGHT, colorScheme: "dark", forcedColors: "active" }],
};

/**
 * @param {import("playwright-core").Page} page
 * @param {Screens} screens
 * @param {string} prefix
 */
async function takePictures(page, screens, prefix) {
  for (const [screen, [size, media]] of Object.entries(screens)) {
    if (size) await page.setViewportSize({ width: size[0], height: size[1] });
    await page.emulateMedia(media);
    await page.evaluate(() => scrollTo(0, 0));
    await page.screenshot({ path: `${prefix}-${screen}.png`, animations: "disabled" });
  }
}

/**
 * Takes pictures of all states.
 * @param {Record<string, any>} states
 * @param {any} world
 * @param {Screens} screens
 * @param {string} prefix  of the files
 */
async function takeTour(states, world, screens, prefix) {
  let count = 0;
  for await (const state of tour(states, world)) {
    count += 1;
    const number = String(count).padStart(2, "0");
    await takePictures(world.page, screens, `${prefix}${number}-${state.replaceAll(" ", "-")}`);
  }
}

async function takeDashboard() {
  const browser = await chromium.launch(chromiumOptions());
  closers.unshift(() => browser.close());
  const after = (/** @type {() => unknown} */ close) => closers.unshift(close);
  const world = await openDashboard({ after }, browser, join(root, "pkg"));
  await takeTour(STATES, world, SCREENS, join(folder, "page-"));
}

async function takePopup() {
  const user = { name: "ana", bearer: sample.bearer, tokens: sample.tokens };
  const service = await startService({ users: [user] });
  closers.unshift(() => service.close());
  const extension = await assemble(join(root, "pkg"), join(root, "target/pictures-extension"));
  await redirect(extension, service.url);
  const { context, openPopup } = await loadExtension(extension);
  closers.unshift(() => context.close());
  const world = { page: await openPopup(), service, user: user.name, bearer: user.bearer };
  await takeTour(POPUP_STATES, world, POPUP_SCREENS, join(folder, "popup-"));
}

const [folder = join(root, "target/pictures")] = process.argv.slice(2);
await mkdir(folder, { recursive: true });
/** @type {(() => unknown)[]} */
const closers = [];
try {
  await takeDashboard();
  await takePopup();
} finally {
  for (const close of closers) await close();
}
