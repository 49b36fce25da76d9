// Opens pages that leave a function `report` in their global object, in Chromium.

import { chromium } from "playwright-core";
import { chromiumOptions } from "../../scripts/hosts.mjs";

/**
 * Opens a page, has it run the checks, and prints what came of them.
 * @param {string} url
 * @param {string} name of the host, without the browser
 * @param {string[]} args the endpoint and the bearer token
 */
export async function reportInChromium(url, name, args) {
  const browser = await chromium.launch(chromiumOptions());
  try {
    const tab = await browser.newPage();
    tab.on("pageerror", (error) => console.log(String(error)));
    await tab.goto(url);
    await tab.waitForFunction(() => "report" in globalThis);
    const host = `${name} in Chromium ${browser.version()}`;
    const call = (/** @type {string[]} */ all) => /** @type {any} */ (globalThis).report(...all);
    console.log(await tab.evaluate(call, [host, ...args]));
  } finally {
    await browser.close();
  }
}
