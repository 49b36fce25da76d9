// Each state of the extension's popup: axe-core finds no problem, and nothing is too wide, on a phone
// either.

import assert from "node:assert/strict";
import { tour } from "./dashboard-states.mjs";
import { openSignedIn, violations } from "./extension-browser.mjs";
import { POPUP_STATES } from "./extension-states.mjs";
import { extensionTest, service, setUpExtension } from "./extension-suite.mjs";

setUpExtension("extension-look");

// The scheme changes nothing but colours.
const CONTRAST = { runOnly: ["color-contrast"] };

extensionTest(
  "axe finds no problem in any state of the popup, and none is too wide",
  async ({ popup, user, bearer }) => {
    const page = await popup();
    const seen = [];
    for await (const state of tour(POPUP_STATES, { page, service, user, bearer })) {
      await page.emulateMedia({ colorScheme: "dark" });
      assert.deepEqual(await violations(page, CONTRAST), [], `${state}, dark`);
      await page.emulateMedia({ colorScheme: "light" });
      assert.deepEqual(await violations(page), [], `${state}, light`);
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 384, state);
      seen.push(state);
    }
    assert.deepEqual(seen, Object.keys(POPUP_STATES));
  },
);

extensionTest(
  "on a large screen the popup has a height of its own, and its list scrolls",
  async (own) => {
    const page = await openSignedIn(own);
    const found = await page.evaluate(() => ({
      width: document.body.offsetWidth,
      height: document.body.offsetHeight,
      listHeight: document.querySelector("main")?.scrollHeight ?? 0,
    }));
    assert.deepEqual([found.width, found.height], [384, 544]);
    assert.ok(found.listHeight > found.height, String(found.listHeight));
  },
);

extensionTest(
  "on a phone the popup is as wide as the screen, and scrolls as a page",
  async (own) => {
    const page = await openSignedIn(own);
    for (const width of [360, 432]) {
      // That of the screen, too.
      await page.setViewportSize({ width, height: 740 });
      const found = await page.evaluate(() => ({
        body: document.body.offsetWidth,
        needed: document.documentElement.scrollWidth,
        isWhole: document.body.offsetHeight > innerHeight,
      }));
      assert.deepEqual(found, { body: width, needed: width, isWhole: true });
    }
  },
);
