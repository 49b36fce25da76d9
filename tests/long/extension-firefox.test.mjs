// The extension of examples/extension/ in Firefox: the same folder that Chromium loads, with a
// background page in place of the service worker.

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { assemble } from "../../examples/extension/assemble.mjs";
import { sample, startService } from "../../pkg-template/testing/index.js";
import { redirect } from "../package/extension-browser.mjs";
import { packageIn, project } from "../package/installed.mjs";
import { startFirefox } from "../package/webdriver.mjs";

let service;
let firefox;
let origin;

before(async () => {
  const folder = await project("extension-firefox");
  const extension = await assemble(packageIn(folder), join(folder, "extension"));
  const users = [{ name: "ana", bearer: sample.bearer, tokens: sample.tokens }];
  service = await startService({ users });
  service.cors = false;
  await redirect(extension, service.url);
  const manifest = JSON.parse(await readFile(join(extension, "manifest.json"), "utf8"));
  // Else Firefox makes up the address of the extension's pages.
  const uuid = randomUUID();
  const ids = { [manifest.browser_specific_settings.gecko.id]: uuid };
  firefox = await startFirefox({ "extensions.webextensions.uuids": JSON.stringify(ids) });
  await firefox.install(extension);
  origin = `moz-extension://${uuid}`;
});

after(() => Promise.all([firefox?.close(), service?.close()]));

/** By script: to WebDriver's own clicks and keys, a tab that it hasn't opened has no focus. */
const click = (selector) =>
  firefox.evaluate("document.querySelector(arguments[0]).click()", selector);

// The text of a page that isn't drawn yet includes what is hidden.
const VISIBLE_TEXT = "return document.body?.checkVisibility() ? document.body.innerText : ''";

/** Waits until the popup's text matches. */
async function says(pattern) {
  let text = "";
  for (let tries = 0; tries < 400; tries += 1) {
    text = await firefox.evaluate(VISIBLE_TEXT);
    if (pattern.test(text)) return;
    await pause(50);
  }
  assert.match(text, pattern);
}

test("in Firefox it lists from its background page, deletes, and is still signed in when reopened", {
  timeout: 60_000,
}, async () => {
  await firefox.open(`${origin}/popup.html`);
  await says(/Paste the accessToken/);
  await firefox.evaluate(
    "document.querySelector('#bearer').value = arguments[0]",
    `Bearer ${sample.bearer}`,
  );
  await click("#sign-in [type=submit]");
  await says(/12 tokens/);
  const [token] = sample.tokens;
  await click(`#tokens button[data-id="${token.id}"]`);
  await click("#confirmation-delete");
  await says(/11 tokens/);
  assert.equal(
    service.state().users.ana.some(({ id }) => id === token.id),
    false,
  );
  await firefox.evaluate("location.reload()");
  await says(/11 tokens[\s\S]*Deleted/);
  const origins = new Set(service.requests.map(({ headers }) => headers.origin));
  assert.deepEqual([...origins], [origin]);
});
