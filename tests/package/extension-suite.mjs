// The extension of examples/extension/ in Chromium, with the packed package, on the stand-in for
// the service.

import { join } from "node:path";
import { after, before, test } from "node:test";
import { assemble } from "../../examples/extension/assemble.mjs";
import { sample, startService } from "../../pkg-template/testing/index.js";
import { loadExtension, redirect, reset } from "./extension-browser.mjs";
import { packageIn, project } from "./installed.mjs";

/** @type {Awaited<ReturnType<typeof startService>>} */
export let service;
/** @type {Awaited<ReturnType<typeof loadExtension>>} */
export let browser;
/** @type {{ name: string, bearer: string, tokens: typeof sample.tokens }[]} */
const users = [];

/** @param {string} suite its name */
export function setUpExtension(suite) {
  before(async () => {
    const folder = await project(suite);
    const assembled = await assemble(packageIn(folder), join(folder, "extension"));
    service = await startService({ users });
    // No page may call it. The extension may, by its host permission.
    service.cors = false;
    await redirect(assembled, service.url);
    browser = await loadExtension(assembled);
  });
  after(() => Promise.all([browser?.context.close(), service?.close()]));
}

/** A test with a user of its own, in the browser that all tests of a suite share. */
export function extensionTest(title, body, /** @type {any} */ tokens = sample.tokens) {
  const name = `user ${users.length + 1}`;
  const bearer = `${sample.bearer}${users.length + 1}`;
  users.push({ name, bearer, tokens });
  test(title, async () => {
    service.faults.clear();
    // It's never used, since nothing sends a preflight. While it's ordered, each connection serves
    // one request, so the browser can't silently resend what another test has cut.
    service.faults.push({ method: "OPTIONS", cut: "before" });
    await reset(browser);
    service.clearRequests();
    await body({
      popup: browser.openPopup,
      user: name,
      bearer,
      owned: () => service.state().users[name].map(({ id }) => id),
    });
  });
}

/** The methods of the requests that the service received. */
export const methods = () => service.requests.map(({ method }) => method);
