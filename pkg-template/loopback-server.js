// What the servers here have in common: the stand-in for the service, and the dashboard's server.

import { once } from "node:events";
import { createServer } from "node:http";

/** @import { IncomingMessage, RequestListener, Server } from "node:http" */

// The longest valid body is a next token written in `\uXXXX` escapes.
export const MAX_BODY_BYTES = 256 * 1024;

// SSO tokens are long; Node's limit for all headers together is 16 KiB.
const MAX_HEADER_BYTES = 64 * 1024;

/**
 * Starts a server on 127.0.0.1.
 * @param {number} port  0 for any free port
 * @param {RequestListener} listener
 */
export async function listen(port, listener) {
  const server = createServer({ maxHeaderSize: MAX_HEADER_BYTES }, listener);
  await once(server.listen(port, "127.0.0.1"), "listening");
  const address = /** @type {import("node:net").AddressInfo} */ (server.address());
  return { server, port: address.port, url: `http://127.0.0.1:${address.port}` };
}

/**
 * Stops a server and closes its connections, busy or idle.
 * @param {Server} server
 */
export async function close(server) {
  if (!server.listening) return;
  const closed = once(server, "close");
  server.close();
  server.closeAllConnections();
  await closed;
}

/**
 * Reads a body, and returns undefined if it's larger than `MAX_BODY_BYTES`. Even then it's read to
 * its end: a reply sent earlier could be lost when the connection closes while the client sends.
 * @param {IncomingMessage} request
 */
export async function readBody(request) {
  const chunks = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size <= MAX_BODY_BYTES) chunks.push(chunk);
  }
  return size <= MAX_BODY_BYTES ? Buffer.concat(chunks) : undefined;
}

/**
 * The path of a request, without its query.
 * @param {IncomingMessage} request
 */
export const pathOf = ({ url = "" }) => url.split("?", 1)[0];

/**
 * Whether a path segment is `.` or `..`, percent-encoded or not. URL parsers walk up the path
 * there.
 * @param {string} segment
 */
export const isDotSegment = (segment) => /^(\.|%2e){1,2}$/i.test(segment);

/**
 * Whether a Host header names this machine, with or without a port.
 * @param {string | undefined} host
 */
export const isLoopbackHost = (host = "") =>
  /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/i.test(host);
