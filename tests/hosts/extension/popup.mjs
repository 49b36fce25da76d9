import { runChecks } from "./checks.mjs";
import * as pkg from "./node_modules/codecatalyst-pat/streaming.js";

globalThis.check = (...args) => runChecks(pkg, ...args);

/** Has the service worker do something. */
globalThis.ask = (...message) => chrome.runtime.sendMessage(message);
