// A plain web server on loopback.

import { once } from "node:events";
import { readdir, readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join } from "node:path";

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".wasm": "application/wasm",
};

/**
 * Serves the files of some folders until the test ends, and returns the URL. `headers` gives more
 * headers by extension.
 */
export async function serve(t, folders, headers) {
  const files = new Map();
  for (const folder of folders) {
    for (const path of await readdir(folder, { recursive: true }))
      files.set(`/${path.replaceAll("\\", "/")}`, join(folder, path));
  }
  const server = createServer((request, response) => {
    answer(files, request.url, response, headers).catch(() => response.writeHead(500).end());
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  return `http://127.0.0.1:${port}/`;
}

async function answer(files, url, response, headers) {
  const file = files.get(url === "/" ? "/index.html" : url);
  if (file === undefined) return response.writeHead(404).end();
  const type = TYPES[extname(file)] ?? "application/octet-stream";
  response
    .writeHead(200, { "content-type": type, ...headers?.(extname(file)) })
    .end(await readFile(file));
}
