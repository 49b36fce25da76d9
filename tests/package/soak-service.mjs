// A service for a very long run: it deletes what it is asked to delete, serves a page, and fails at a known rate.

import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import { createRandom } from "./hostile-values.mjs";

const FAULT_RATE = 0.05;

/** Time for as many requests to come as the caller has under way. */
const FIRST_DELAY_MS = 500;
const FIRST_REQUESTS = 64;

const MAX_DELAY_MS = 8;

/** How a request may fail: with an answer or without, and before the token is deleted or after. */
const FAULTS = ["unavailable", "refused", "cut", "lost"];

/**
 * @param {{ files?: Record<string, string>, faults?: string[] }} [options] what it serves, by path, and how it fails
 */
export async function startSoakService({ files = {}, faults = FAULTS } = {}) {
  const random = createRandom(20_220_928);
  const deleted = new Set();
  const sockets = new Set();
  const counts = { requests: 0, faults: 0, underWay: 0, mostUnderWay: 0 };

  const answer = async (request, response) => {
    if (request.method === "GET") return serveFile(files, request.url, response);
    counts.requests += 1;
    counts.underWay += 1;
    counts.mostUnderWay = Math.max(counts.mostUnderWay, counts.underWay);
    response.on("close", () => (counts.underWay -= 1));
    const isFirst = counts.requests <= FIRST_REQUESTS;
    await pause(isFirst ? FIRST_DELAY_MS : 1 + random.below(MAX_DELAY_MS));
    const id = request.url.slice(request.url.lastIndexOf("/") + 1);
    if (random.chance(FAULT_RATE)) {
      counts.faults += 1;
      return fail(random.pick(faults), id, deleted, response);
    }
    if (deleted.has(id)) return notFound(response);
    deleted.add(id);
    response.writeHead(200, { "content-type": "application/json" }).end("{}");
  };

  const server = createServer(answer).on("connection", (socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  const url = `http://127.0.0.1:${port}`;
  return { url, deleted, sockets, counts, close: () => server.close() };
}

function fail(fault, id, deleted, response) {
  if (fault === "lost" || fault === "cut") deleted.add(id);
  if (fault === "unavailable") return response.writeHead(503).end();
  if (fault !== "cut") return response.destroy();
  response.writeHead(500, { "content-length": 100 }).write("{", () => response.destroy());
}

function notFound(response) {
  const headers = { "x-amzn-errortype": "ResourceNotFoundException" };
  response.writeHead(404, headers).end('{"message":"There is no such token."}');
}

async function serveFile(files, url, response) {
  const file = files[url];
  if (file === undefined) return response.writeHead(404).end();
  const type = url.endsWith(".js") ? "text/javascript" : "text/html";
  response.writeHead(200, { "content-type": type }).end(await readFile(file));
}
