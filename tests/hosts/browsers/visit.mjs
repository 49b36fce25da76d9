// Has a page of a browser run the checks, and prints what came of them:
//
//   node visit.mjs BROWSER PAGE ENDPOINT BEARER

import { existsSync } from "node:fs";
import { join } from "node:path";
import { serveFiles } from "../static-server.mjs";
import { DRIVERS, runInPage } from "./webdriver.mjs";

const [browser = "", page = "", endpoint = "", bearer = ""] = process.argv.slice(2);

const policy = (/** @type {string} */ scripts) => ({
  "content-security-policy": `default-src 'none'; script-src 'self' ${scripts}; worker-src 'self'; connect-src ${new URL(endpoint).origin}`,
});

/** What a page is served with. @type {Record<string, Record<string, string>>} */
const HEADERS = {
  allowed: policy("'wasm-unsafe-eval'"),
  forbidden: policy(""),
  "trusted-types": { "content-security-policy": "require-trusted-types-for 'script'" },
};

/** The files of the pages, and those of the package under its name. @param {string} path */
function fileOf(path) {
  const [, first = "", ...rest] = path.split("/");
  if (first === "codecatalyst-pat") return join("node_modules/codecatalyst-pat", ...rest);
  return existsSync(join("pages", first)) ? join("pages", first) : first;
}

const server = await serveFiles({
  fileOf,
  charset: "utf-8",
  // A sandboxed page has an origin of its own.
  headers: { "access-control-allow-origin": "*", ...HEADERS[page] },
});

// The page's own `report`, once its module has run.
const script = `
  const done = arguments[arguments.length - 1];
  const poll = setInterval(() => {
    if (!globalThis.report) return;
    clearInterval(poll);
    globalThis.report("HOST", ${JSON.stringify(endpoint)}, ${JSON.stringify(bearer)})
      .then(done, (error) => done(String(error)));
  }, 20);`;
const driver = DRIVERS[browser];
if (!driver) throw new Error(`There is no browser ${browser}`);
const { value, version } = await runInPage(driver, `${server.url}/${page}.html`, script);
console.log(String(value).replace("HOST", `${browser} ${version}`));
server.close();
