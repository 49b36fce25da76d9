// The browsers that tests drive, as steps of set-up.

import { arch } from "node:process";
import { apt, found } from "./system.mjs";

/** @import { Step } from "./setup.mjs" */

/** @type {Step} */
export const browsers = {
  name: "browsers",
  why: "the tests drive Chromium (with chromedriver) and Firefox",
  remedy: "Put Chromium or Chrome, the chromedriver of the same version, and Firefox on PATH.",
  isDone: () =>
    [["chromium", "google-chrome"], ["chromedriver"], ["firefox", "firefox-esr"]].every(
      (names) => found(...names) !== undefined,
    ),
  act: () => apt("Chromium and Firefox", ["chromium", "chromium-driver", "firefox-esr"]),
};

/** The small browser that comes with WebKitGTK. It isn't on PATH. */
export const MINI_BROWSER = `/usr/lib/${arch === "arm64" ? "aarch64" : "x86_64"}-linux-gnu/webkit2gtk-4.1/MiniBrowser`;

/** @type {Step} */
export const webKit = {
  name: "WebKitGTK",
  why: "some hosts of the package are its pages and workers",
  remedy:
    "Without it, its hosts are left out; by hand: apt-get install webkit2gtk-driver xvfb xauth.",
  isDone: () =>
    [MINI_BROWSER, "WebKitWebDriver", "xvfb-run", "xauth"].every(
      (program) => found(program) !== undefined,
    ),
  act: () => apt("WebKitGTK", ["webkit2gtk-driver", "xvfb", "xauth"]),
};
