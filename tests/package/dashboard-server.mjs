// The dashboard's server with the page of this repository, and requests to it as a browser that is
// let in sends them.

import { once } from "node:events";
import { request } from "node:http";
import { join } from "node:path";
import { startServer as start } from "../../pkg-template/dashboard/server.js";
import { root } from "../../scripts/tools.mjs";

/**
 * Starts the server for one test, with the package of the repository unless another one is given.
 * @param {any} t
 * @param {Parameters<typeof start>[0]} options
 */
export async function startServer(t, options) {
  const packageDir = join(root, "pkg");
  const server = await start({ pageDir: join(root, "www"), packageDir, ...options });
  t.after(() => server.close());
  return server;
}

/** Opens the server's address, and gives the header with the cookie of the session. */
export async function openSession(server) {
  const { headers } = await ask(server, server.createAddress().slice(server.url.length));
  return { cookie: String(headers["set-cookie"]).split(";", 1)[0] };
}

/**
 * @param {{ url: string }} server
 * @param {string} path
 * @param {{ method?: string, headers?: Record<string, string>, body?: string | Buffer }} [options]
 */
export async function ask(server, path, { method = "GET", headers, body } = {}) {
  const sent = request(server.url, { path, method, headers }).end(body);
  const [response] = await once(sent, "response");
  const text = (await response.toArray()).join("");
  return { status: response.statusCode, headers: response.headers, text };
}

/** The status of a request of the session. */
export async function statusOf(server, path, options) {
  return (await ask(server, path, options)).status;
}
