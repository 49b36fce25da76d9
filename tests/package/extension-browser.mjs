// The assembled extension in Chromium: loaded, its popup opened and used.

import { readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { chromiumOptions } from "../../scripts/hosts.mjs";
import { until } from "./installed.mjs";

const SERVICE = "https://codecatalyst.global.api.aws";

/** The files that contain the service's origin. In the tests they contain another one. */
export const FILES_WITH_ORIGIN = ["endpoint.js", "manifest.json"];

/** Replaces the service's origin. */
export async function redirect(folder, origin) {
  // A host permission without a port is for all; Firefox allows no other.
  const permission = `${new URL(origin).protocol}//${new URL(origin).hostname}/*`;
  for (const file of FILES_WITH_ORIGIN) {
    const text = await readFile(join(folder, file), "utf8");
    const changed = text.replace(`${SERVICE}/*`, permission).replaceAll(SERVICE, origin);
    await writeFile(join(folder, file), changed);
  }
}

// Of a popup on a large screen: a real popup can't be controlled remotely, so it's opened in a tab.
const SIZES = { viewport: { width: 384, height: 600 }, screen: { width: 1280, height: 800 } };

/** Loads the extension in a browser of its own. */
export async function loadExtension(folder) {
  const { context, control, extensions } = await loadExtensions([folder]);
  return { context, control, ...extensions[0] };
}

/**
 * Loads extensions in a browser of their own.
 * @param {string[]} folders
 * @param {string[]} [switches] of the browser, besides
 */
export async function loadExtensions(folders, switches = []) {
  const options = chromiumOptions();
  const paths = folders.join(",");
  const loading = [`--disable-extensions-except=${paths}`, `--load-extension=${paths}`];
  const args = [...options.args, ...switches, ...loading];
  const context = await chromium.launchPersistentContext("", { ...options, args, ...SIZES });
  const [control] = context.pages();
  const extensions = [];
  for (const folder of folders) extensions.push(await extensionIn(context, control, folder));
  return { context, control, extensions };
}

async function extensionIn(context, control, folder) {
  const info = await waitForExtension(control, folder);
  const inspect = () =>
    control.evaluate((id) => chrome.developerPrivate.getExtensionInfo(id), info.id);
  return { info, inspect, openPopup: () => openPopup(context, info.id) };
}

/**
 * What the browser knows of the extension. It has others built in, and loads this one while it
 * starts.
 */
async function waitForExtension(control, folder) {
  await control.goto("chrome://extensions");
  const info = await control.waitForFunction(async (path) => {
    const all = await chrome.developerPrivate.getExtensionsInfo();
    return all.find((extension) => extension.path === path);
  }, folder);
  const { id } = await info.jsonValue();
  await control.evaluate(collectErrors, id);
  return info.jsonValue();
}

// Runs in chrome://extensions: from now on the browser records errors of the extension and its
// worker.
async function collectErrors(extensionId) {
  await chrome.developerPrivate.updateProfileConfiguration({ inDeveloperMode: true });
  await chrome.developerPrivate.updateExtensionConfiguration({
    extensionId,
    errorCollection: true,
  });
}

/** Opens the popup in a tab. */
async function openPopup(context, id) {
  const page = await context.newPage();
  await page.goto(`chrome-extension://${id}/popup.html`);
  return page;
}

/** Resets the browser: no popup, no token. */
export async function reset({ context, control, openPopup: open }) {
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

/** As the browser does once a worker has been idle for half a minute. */
export async function stopWorker(page) {
  const session = await page.context().newCDPSession(page);
  await session.send("ServiceWorker.enable");
  await session.send("ServiceWorker.stopAllWorkers");
}

// ------------------------------------------------------------------------------ in use

export async function signIn(page, bearer) {
  await page.getByLabel("Bearer token").fill(bearer);
  await page.getByRole("button", { name: "Show my tokens" }).click();
}

/** Opens a popup and signs in. */
export async function openSignedIn({ popup: open, bearer }) {
  const page = await open();
  await signIn(page, bearer);
  await page.getByRole("listitem").first().waitFor();
  return page;
}

export const row = (page, { name }) =>
  page.getByRole("listitem").filter({ has: page.getByText(name, { exact: true }) });

/** Deletes a token, and confirms. */
export async function remove(page, token) {
  await row(page, token).getByRole("button", { name: "Delete" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
}

/** Starts a deletion that gets no reply while a test runs. */
export async function startToRemove(page, service, token) {
  service.faults.push({ delayMs: 600_000 });
  await remove(page, token);
  await received(service, "DELETE");
}

/** Waits for a notice with a title in a row or above the rows, and returns its text. */
export async function noticeText(place, title) {
  await place.getByText(title, { exact: true }).waitFor();
  const facts = place.locator("dl");
  // Closed details have no inner text.
  return [
    await place.locator(".notice:visible").first().innerText(),
    ...(await facts.allTextContents()),
  ].join(" ");
}

/** Waits until the service has received a request with a method. */
export function received(service, method) {
  return until(() => service.requests.some((request) => request.method === method));
}

/** The content of an area of the extension's storage. */
export const stored = (page, area) => page.evaluate((name) => chrome.storage[name].get(), area);

/** Everything else that a page stores or shows. */
export const pageContent = (page) =>
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

/**
 * The problems that axe finds: the rule, and the elements that break it.
 * @param {object} options  axe-core's
 */
export async function violations(page, options = {}) {
  await page.evaluate(axe);
  const result = await page.evaluate((given) => globalThis.axe.run(given), options);
  return result.violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]);
}
