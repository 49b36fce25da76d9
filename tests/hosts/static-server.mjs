// Serves what a page in a browser needs, on a free port of this machine.

import { once } from "node:events";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname } from "node:path";

/** @type {Record<string, string>} */
const TYPES = { ".html": "text/html", ".wasm": "application/wasm" };

/**
 * @typedef {object} Page
 * @property {(path: string) => string | Promise<string>} fileOf the file at a path; it may be missing
 * @property {string} [charset] of all text
 * @property {Record<string, string>} [headers]
 */

/** @param {Page} page */
export async function serveFiles({ fileOf, charset, headers }) {
  const suffix = charset ? `; charset=${charset}` : "";
  const server = createServer(async ({ url = "/" }, response) => {
    const file = await fileOf(url);
    if (!existsSync(file)) return response.writeHead(404).end();
    const type = TYPES[extname(file)] ?? "text/javascript";
    const contentType = type.startsWith("text/") ? type + suffix : type;
    response.writeHead(200, { "content-type": contentType, ...headers }).end(await readFile(file));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  return { url: `http://127.0.0.1:${port}`, close: () => server.close() };
}
