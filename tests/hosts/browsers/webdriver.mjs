// As much of WebDriver (https://www.w3.org/TR/webdriver2/) as a visit of one page needs.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { MINI_BROWSER } from "../../../scripts/browsers.mjs";
import { chromiumOptions } from "../../../scripts/hosts.mjs";
import { found } from "../../../scripts/system.mjs";

/**
 * @typedef {object} Driver
 * @property {string[][]} programs that must be there, by any of their names
 * @property {(port: number) => string[]} command
 * @property {() => object} capabilities
 */

/** @type {Record<string, Driver>} */
export const DRIVERS = {
  Chromium: {
    programs: [["chromium", "google-chrome"], ["chromedriver"]],
    command: (port) => ["chromedriver", `--port=${port}`],
    capabilities: () => {
      const { executablePath: binary, args } = chromiumOptions();
      return { "goog:chromeOptions": { binary, args } };
    },
  },
  Firefox: {
    programs: [["firefox", "firefox-esr"], ["geckodriver"]],
    command: (port) => ["geckodriver", `--port=${port}`],
    capabilities: () => {
      const binary = found("firefox", "firefox-esr");
      return { "moz:firefoxOptions": { binary, args: ["-headless"] } };
    },
  },
  WebKitGTK: {
    programs: [[MINI_BROWSER], ["WebKitWebDriver"], ["xvfb-run"], ["xauth"]],
    command: (port) => ["xvfb-run", "--auto-servernum", "WebKitWebDriver", `--port=${port}`],
    capabilities: () => ({
      "webkitgtk:browserOptions": { binary: MINI_BROWSER, args: ["--automation"] },
    }),
  },
};

/**
 * Opens a page, calls an asynchronous function of its global object, and gives what that resolves
 * with, and the browser's version.
 * @param {Driver} driver
 * @param {string} url
 * @param {string} script the body of an asynchronous function
 */
export async function runInPage({ command, capabilities }, url, script) {
  const port = await freePort();
  const [program = "", ...args] = command(port);
  const env = { ...process.env, WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: "1" };
  const driver = spawn(found(program) ?? program, args, { env, stdio: "ignore", detached: true });
  try {
    const session = await startSession(`http://127.0.0.1:${port}`, capabilities());
    await session.call("POST", "url", { url });
    const value = await session.call("POST", "execute/async", { script, args: [] });
    await session.call("DELETE", "");
    return { value, version: session.version };
  } finally {
    process.kill(-(driver.pid ?? 0), "SIGKILL");
  }
}

/**
 * @param {string} driverUrl
 * @param {object} alwaysMatch
 */
async function startSession(driverUrl, alwaysMatch) {
  await untilReady(driverUrl);
  const timeouts = { script: 120_000 };
  const body = { capabilities: { alwaysMatch: { ...alwaysMatch, timeouts } } };
  const { sessionId, capabilities } = await request("POST", `${driverUrl}/session`, body);
  const call = (
    /** @type {string} */ method,
    /** @type {string} */ path,
    /** @type {object | undefined} */ json = undefined,
  ) => request(method, `${driverUrl}/session/${sessionId}/${path}`.replace(/\/$/, ""), json);
  return { call, version: capabilities.browserVersion };
}

/**
 * Sends a command, and gives its value.
 * @param {string} method
 * @param {string} url
 * @param {object} [json]
 */
export async function request(method, url, json) {
  const headers = { "content-type": "application/json" };
  const reply = await fetch(url, { method, headers, body: json && JSON.stringify(json) });
  const { value } = /** @type {any} */ (await reply.json());
  if (!reply.ok) throw new Error(`${method} ${url}: ${value.error}: ${value.message}`);
  return value;
}

/** @param {string} driverUrl */
async function untilReady(driverUrl) {
  for (;;) {
    const isReady = await fetch(`${driverUrl}/status`).then(
      (reply) => reply.ok,
      () => false,
    );
    if (isReady) return;
    await pause(100);
  }
}

async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  server.close();
  return port;
}
