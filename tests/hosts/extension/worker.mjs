// The service worker, which does what the popup asks for.

import { runChecks } from "./checks.mjs";
import * as pkg from "./node_modules/codecatalyst-pat/streaming.js";

const id = crypto.randomUUID();

const ACTIONS = {
  id: async () => id,
  check: (...args) => runChecks(pkg, ...args),
  hang: (url, token) => {
    const options = { endpoint: `${url}/silent`, timeoutMs: 60_000 };
    return pkg.deleteAccessToken(token, "token-0", options);
  },
};

chrome.runtime.onMessage.addListener(([action, ...args], _sender, sendResponse) => {
  ACTIONS[action](...args).then(sendResponse, (error) => sendResponse(String(error)));
  return true;
});
