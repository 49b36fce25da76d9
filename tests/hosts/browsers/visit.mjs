// Has a page of a browser run the checks, and prints what came of them:
//
//   node visit.mjs BROWSER PAGE ENDPOINT BEARER

import { once } from "node:events";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import { DRIVERS, runInPage } from "./webdriver.mjs";

const [browser = "", page = "", endpoint = "", bearer = ""] = process.argv.slice(2);

/** @type {Record<string, string>} */
const TYPES = { ".html": "text/html; charset=utf-8", ".wasm": "application/wasm" };

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

const server = createServer(async ({ url = "/" }, response) => {
  const file = fileOf(url);
  if (!existsSync(file)) return response.writeHead(404).end();
  const type = TYPES[extname(file)] ?? "text/javascript; charset=utf-8";
  // A sandboxed page has an origin of its own.
  const headers = { "content-type": type, "access-control-allow-origin": "*" };
  response.writeHead(200, { ...headers, ...HEADERS[page] }).end(await readFile(file));
});
server.listen(0, "127.0.0.1");
await once(server, "listening");
const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());

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
const { value, version } = await runInPage(driver, `http://127.0.0.1:${port}/${page}.html`, script);
console.log(String(value).replace("HOST", `${browser} ${version}`));
server.close();
