// Firefox by WebDriver. Playwright has a Firefox of its own, and loads no extensions into it.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { found } from "../../scripts/system.mjs";
import { request } from "../hosts/browsers/webdriver.mjs";

/**
 * Starts geckodriver and, with these preferences, Firefox. Returns what a test does with it.
 * @param {Record<string, unknown>} prefs
 */
export async function startFirefox(prefs) {
  const driver = spawn(
    found("geckodriver") ?? "geckodriver",
    ["--port", "0", "--allow-system-access"],
    {
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
  const url = await driverUrl(driver);
  const options = { binary: found("firefox", "firefox-esr"), args: ["-headless"], prefs };
  const capabilities = { alwaysMatch: { "moz:firefoxOptions": options } };
  const { sessionId } = await send(url, "POST", "/session", { capabilities });
  const session = `${url}/session/${sessionId}`;
  return {
    ...commands(session),
    close: async () => {
      await send(session, "DELETE", "");
      driver.kill();
      await once(driver, "close");
    },
  };
}

/** It prints the port that it has found free. */
async function driverUrl(driver) {
  for await (const line of createInterface(driver.stdout)) {
    const address = /Listening on (127\.0\.0\.1:\d+)/.exec(line)?.[1];
    if (address) return `http://${address}`;
  }
  throw new Error("geckodriver did not start");
}

const send = (base, method, path, body = method === "POST" ? {} : undefined) =>
  request(method, base + path, body);

/** @param {string} session */
function commands(session) {
  const post = (path, body) => send(session, "POST", path, body);
  return {
    /** Loads the extension of a folder until Firefox ends. */
    install: (path) => post("/moz/addon/install", { path, temporary: true }),
    /** Opens any page in a tab. WebDriver may only lead to pages of the web. */
    open: async (url) => {
      const script =
        "gBrowser.selectedTab = gBrowser.addTrustedTab(arguments[0], { inBackground: false });";
      await post("/moz/context", { context: "chrome" });
      await post("/execute/sync", { script, args: [url] });
      await post("/moz/context", { context: "content" });
      const handles = await send(session, "GET", "/window/handles");
      await post("/window", { handle: handles.at(-1) });
    },
    evaluate: (script, ...args) => post("/execute/sync", { script, args }),
  };
}
