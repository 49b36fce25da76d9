// The assembled extension in Chromium: loaded, its popup opened and used.

import { readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { chromiumOptions } from "../../scripts/hosts.mjs";
import { until } from "./installed.mjs";

const SERVICE = "https://codecatalyst.global.api.aws";

/** What names the service, and so differs in what is tested from what is shipped: by the origin, and by nothing else. */
export const NAMING_THE_SERVICE = ["endpoint.js", "manifest.json"];

/** Puts another origin in the place of the service's. */
export async function redirect(folder, origin) {
  for (const file of NAMING_THE_SERVICE) {
    const text = await readFile(join(folder, file), "utf8");
    await writeFile(join(folder, file), text.replaceAll(SERVICE, origin));
  }
}

/** The extension in a browser of its own. */
export async function loaded(folder) {
  const options = chromiumOptions();
  const args = [
    ...options.args,
    `--disable-extensions-except=${folder}`,
    `--load-extension=${folder}`,
  ];
  const context = await chromium.launchPersistentContext("", { ...options, args });
  const [control] = context.pages();
  const info = await installed(control, folder);
  const about = () =>
    control.evaluate((id) => chrome.developerPrivate.getExtensionInfo(id), info.id);
  return { context, control, info, about, popup: () => popup(context, info.id) };
}

/** What the browser itself says of the extension. It brings others along, and loads this one while it starts. */
async function installed(control, folder) {
  await control.goto("chrome://extensions");
  const info = await control.waitForFunction(async (path) => {
    const all = await chrome.developerPrivate.getExtensionsInfo();
    return all.find((extension) => extension.path === path);
  }, folder);
  const { id } = await info.jsonValue();
  await control.evaluate(collectErrors, id);
  return info.jsonValue();
}

// Runs in chrome://extensions: from now on the browser notes what goes wrong in the extension, in its worker too.
async function collectErrors(extensionId) {
  await chrome.developerPrivate.updateProfileConfiguration({ inDeveloperMode: true });
  await chrome.developerPrivate.updateExtensionConfiguration({
    extensionId,
    errorCollection: true,
  });
}

/** The popup, in a tab of its size: the browser gives remote control of no real one. */
async function popup(context, id) {
  const page = await context.newPage();
  await page.setViewportSize({ width: 384, height: 600 });
  await page.goto(`chrome-extension://${id}/popup.html`);
  return page;
}

/** Takes the browser back to where it began: no popup, no token. */
export async function startAfresh({ context, control, popup: open }) {
  for (const page of context.pages()) if (page !== control) await page.close();
  const page = await open();
  // Twice, because the first time may leave a notice on what it interrupted.
  for (const command of ["forget", "forget"])
    await page.evaluate((name) => chrome.runtime.sendMessage({ command: name }), command);
  await page.waitForFunction(async () => {
    const { token, state } = await chrome.storage.session.get();
    return token === undefined && !state.signedIn && state.interrupted.length === 0;
  });
  await page.close();
}

/** As the browser does it, once a worker has been idle for half a minute. */
export async function stopWorker(page) {
  const session = await page.context().newCDPSession(page);
  await session.send("ServiceWorker.enable");
  await session.send("ServiceWorker.stopAllWorkers");
}

// --------------------------------------------------------------------- what one does in it

export async function signIn(page, bearer) {
  await page.getByLabel("Bearer token").fill(bearer);
  await page.getByRole("button", { name: "Show my tokens" }).click();
}

/** A popup that shows the tokens. */
export async function signedIn({ popup: open, bearer }) {
  const page = await open();
  await signIn(page, bearer);
  await page.getByRole("listitem").first().waitFor();
  return page;
}

export const row = (page, { name }) =>
  page.getByRole("listitem").filter({ has: page.getByText(name, { exact: true }) });

/** Presses the button of a row, and then the one of the confirmation. */
export async function remove(page, token) {
  await row(page, token).getByRole("button", { name: "Delete" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
}

/** Begins a deletion that has no answer for as long as anybody waits. */
export async function beginToRemove(page, service, token) {
  service.faults.push({ delayMs: 600_000 });
  await remove(page, token);
  await seen(service, "DELETE");
}

/** What a row, or the place above the rows, says once it has a notice with this title. */
export async function notice(place, title) {
  await place.getByText(title, { exact: true }).waitFor();
  const facts = place.locator("dl");
  // Closed details have no inner text, so they are read as they are in the document.
  return [
    await place.locator(".notice").first().innerText(),
    ...(await facts.allTextContents()),
  ].join(" ");
}

/** Waits until a service has been sent a request of this method. */
export function seen(service, method) {
  return until(() => service.requests.some((request) => request.method === method));
}

/** What an area of the extension's storage holds. */
export const kept = (page, area) => page.evaluate((name) => chrome.storage[name].get(), area);

/** What a page holds in any other place. */
export const held = (page) =>
  page.evaluate(async () => [
    document.documentElement.outerHTML,
    location.href,
    [...document.querySelectorAll("input")].map(({ value }) => value),
    { ...localStorage },
    { ...sessionStorage },
    document.cookie,
    await indexedDB.databases(),
    await caches.keys(),
    performance.getEntries().map(({ name }) => name),
  ]);

const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** What axe has to say against a page: the rule, and the elements that break it. */
export async function violations(page) {
  await page.evaluate(axe);
  const result = await page.evaluate(() => globalThis.axe.run());
  return result.violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]);
}
