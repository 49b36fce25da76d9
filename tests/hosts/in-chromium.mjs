// Opens what a bundler left in the folder dist, in Chromium, and prints what came of the checks:
//
//   node in-chromium.mjs NAME PACKAGE CHARSET ENDPOINT BEARER

import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { reportInChromium } from "./chromium.mjs";
import { serveFiles } from "./static-server.mjs";

const [name = "", packageName = "", charset = "", ...args] = process.argv.slice(2);
const DIST = "dist";

/** The page: the bundler's own, or one for a bundler that makes scripts alone. */
async function page() {
  const html = (await readdir(DIST)).find((file) => file.endsWith(".html"));
  if (html) return html;
  const script = `<script type="module" src="/main.js"></script>`;
  await writeFile(join(DIST, "page.html"), `<!doctype html><title>Checks</title>${script}`);
  return "page.html";
}

const html = await page();
const server = await serveFiles({
  fileOf: (path) => join(DIST, path === "/" ? html : path),
  charset: charset === "none" ? "" : charset,
});
const { version } = JSON.parse(await readFile(`node_modules/${packageName}/package.json`, "utf8"));
await reportInChromium(`${server.url}/`, `${name} ${version}`, args);
server.close();
