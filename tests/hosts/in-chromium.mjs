// Opens what a bundler left in the folder dist, in Chromium, and prints what came of the checks:
//
//   node in-chromium.mjs NAME PACKAGE CHARSET ENDPOINT BEARER

import { once } from "node:events";
import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import { reportInChromium } from "./chromium.mjs";

const [name = "", packageName = "", charset = "", ...args] = process.argv.slice(2);
const DIST = "dist";
/** @type {Record<string, string>} */
const TYPES = { ".html": "text/html", ".js": "text/javascript", ".wasm": "application/wasm" };

/** The page of a bundler that makes scripts alone. */
async function page() {
  const scripts = (await readdir(DIST)).filter((file) => file.endsWith(".js"));
  const html = scripts.map((file) => `<script type="module" src="/${file}"></script>`);
  return `<!doctype html><title>Checks</title>${html.join("")}`;
}

/** @param {string} path */
async function contentOf(path) {
  if (path !== "/") return readFile(join(DIST, path));
  const [html] = (await readdir(DIST)).filter((file) => file.endsWith(".html"));
  return html ? readFile(join(DIST, html)) : page();
}

const server = createServer(async ({ url = "/" }, response) => {
  const type = url === "/" ? "text/html" : (TYPES[extname(url)] ?? "application/octet-stream");
  const suffix = type.startsWith("text/") && charset !== "none" ? `; charset=${charset}` : "";
  if (url !== "/" && !existsSync(join(DIST, url))) return response.writeHead(404).end();
  response.writeHead(200, { "content-type": `${type}${suffix}` }).end(await contentOf(url));
});
server.listen(0, "127.0.0.1");
await once(server, "listening");
const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());

const { version } = JSON.parse(await readFile(`node_modules/${packageName}/package.json`, "utf8"));
await reportInChromium(`http://127.0.0.1:${port}/`, `${name} ${version}`, args);
server.close();
