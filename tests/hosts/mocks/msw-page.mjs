import * as pkg from "codecatalyst-pat";
import { setupWorker } from "msw/browser";
import { checkHandlers, handlers } from "./handlers.mjs";
import { report } from "./report.mjs";

globalThis.report = async (host, ...args) => {
  await setupWorker(...handlers).start({ onUnhandledRequest: "bypass", quiet: true });
  await checkHandlers(pkg);
  return report(pkg, host, args);
};
