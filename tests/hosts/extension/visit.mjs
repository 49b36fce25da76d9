// Has the extension in this folder run the checks, and prints how many it ran:
//
//   node visit.mjs WAY ENDPOINT BEARER

import { loadExtension, stopWorker } from "../../package/extension-browser.mjs";
import { TITLES } from "../checks.mjs";

const [way = "", ...service] = process.argv.slice(2);

const { context, inspect, openPopup } = await loadExtension(process.cwd());
const popup = await openPopup();

/** @param {...unknown} message */
const ask = (...message) => popup.evaluate((args) => globalThis.ask(...args), message);

/** As the browser does once a worker has been idle for half a minute. The next message starts another. */
async function endWorker() {
  const id = await ask("id");
  await stopWorker(popup);
  if ((await ask("id")) === id) throw new Error("The worker still runs");
}

/** Each check in a worker of its own. */
async function checkOneByOne() {
  let count = 0;
  for (const title of TITLES) {
    await endWorker();
    count += await ask("check", ...service, [title]);
  }
  return count;
}

/** All checks in the worker after one that was ended while a deletion was under way. */
async function checkAfterInterruption() {
  const isSent = context.waitForEvent("request", (request) => request.url().includes("/silent/"));
  const isInterrupted = ask("hang", ...service).then(
    (reply) => Promise.reject(new Error(`The worker answered: ${reply}`)),
    () => {},
  );
  await isSent;
  await endWorker();
  await isInterrupted;
  return ask("check", ...service);
}

/** @type {Record<string, () => Promise<unknown>>} */
const WAYS = {
  popup: () => popup.evaluate((args) => globalThis.check(...args), service),
  worker: () => ask("check", ...service),
  "ended-between": checkOneByOne,
  "ended-during": checkAfterInterruption,
};

try {
  const count = await WAYS[way]();
  const { runtimeErrors } = await inspect();
  for (const error of runtimeErrors) console.log(error);
  console.log(`Chromium ${context.browser()?.version()}: ${count} checks`);
} finally {
  await context.close();
}
