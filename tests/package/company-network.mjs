// A company's network on loopback: the only way out is a proxy that opens TLS connections, with
// certificates of an authority of its own.

import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { connect } from "node:net";
import { join } from "node:path";
import { createServer as createTlsServer, TLSSocket } from "node:tls";

const FOLDER = join(import.meta.dirname, "fixtures/intercepted");
const [cert, key] = ["cert.pem", "key.pem"].map((file) => readFileSync(join(FOLDER, file)));

/** The file with the authority's certificate. */
export const AUTHORITY = join(FOLDER, "authority.pem");

/**
 * Starts the proxy.
 *
 * @param {any} t
 * @param {Record<string, string>} routes the server, by http:, that answers for each host and port
 */
export async function startProxy(t, routes) {
  /** @type {string[]} what it was asked for */
  const requests = [];
  const proxy = createServer((request, response) => {
    requests.push(`${request.method} ${request.url}`);
    response.writeHead(502).end();
  });
  proxy.on("connect", (request, socket) => {
    const credentials = request.headers["proxy-authorization"];
    requests.push([`CONNECT ${request.url}`, credentials].filter(Boolean).join(" "));
    const server = routes[request.url ?? ""];
    if (!server) return socket.end("HTTP/1.1 403 Forbidden\r\n\r\n");
    socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
    forward(socket, new URL(server));
  });
  await once(proxy.listen(0, "127.0.0.1"), "listening");
  t.after(() => {
    proxy.close();
    proxy.closeAllConnections();
  });
  const { port } = /** @type {import("node:net").AddressInfo} */ (proxy.address());
  return { host: `127.0.0.1:${port}`, requests };
}

/** Opens the TLS connection, and passes on what comes through it. */
function forward(socket, url) {
  const opened = new TLSSocket(socket, { isServer: true, cert, key });
  // A client that doesn't trust the certificate hangs up.
  socket.on("error", () => opened.destroy());
  pass(opened, url);
}

function pass(opened, { port, hostname }) {
  const server = connect(Number(port), hostname);
  opened.pipe(server).pipe(opened);
  for (const side of [opened, server])
    side.on("error", () => {
      opened.destroy();
      server.destroy();
    });
}

/** Serves the same by https: without a proxy, and gives the URL. */
export async function startTls(t, url) {
  const server = createTlsServer({ cert, key }, (opened) => pass(opened, new URL(url)));
  server.on("tlsClientError", () => {});
  await once(server.listen(0, "127.0.0.1"), "listening");
  t.after(() => server.close());
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  return `https://localhost:${port}`;
}
