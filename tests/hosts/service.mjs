// The service that the hosts' checks call: the stand-in, and before it what goes wrong on purpose. The
// first segment of a path tells whose call it is, and the second one may name a fault:
//
//   /run-7/v1/accessTokens                  the tokens of the user of run 7
//   /run-7/unavailable-once/v1/…            503, and the next time the service

import { once } from "node:events";
import { createServer, request } from "node:http";
import { startService } from "../../pkg-template/testing/index.js";

/** @import { IncomingMessage, ServerResponse } from "node:http" */
/** @typedef {(outgoing: ServerResponse, forward: () => void, isFirst: boolean) => void} Fault */

const ALLOW_ALL = {
  "access-control-allow-origin": "*",
  "access-control-allow-methods": "DELETE, POST",
  "access-control-allow-headers": "authorization, content-type",
};

/** @type {Record<string, Fault>} */
const FAULTS = {
  none: (_, forward) => forward(),
  silent: () => {},
  redirect: (outgoing) => outgoing.writeHead(302, { ...ALLOW_ALL, location: "/stolen" }).end(),
  "sign-in-page": (outgoing) => outgoing.writeHead(200, ALLOW_ALL).end("<html>Sign in</html>"),
  "unavailable-once": (outgoing, forward, isFirst) =>
    isFirst ? outgoing.writeHead(503, ALLOW_ALL).end() : forward(),
};

const PATH = /^\/(?<run>run-\d+)(?:\/(?<fault>[a-z-]+))?(?<path>\/v1\/.*)$/;

/** Starts the service on a free port of this machine. */
export async function startHostsService() {
  /** @type {Map<string, Awaited<ReturnType<typeof startService>>>} */
  const services = new Map();
  /** @type {Set<string>} */
  const seen = new Set();
  const server = createServer((incoming, outgoing) => {
    const { run = "", fault = "none", path } = PATH.exec(incoming.url ?? "")?.groups ?? {};
    const service = services.get(run);
    const answer = FAULTS[fault];
    if (!service || !answer) return outgoing.writeHead(404, ALLOW_ALL).end();
    if (incoming.method === "OPTIONS") return outgoing.writeHead(204, ALLOW_ALL).end();
    const isFirst = !seen.has(incoming.url ?? "");
    seen.add(incoming.url ?? "");
    answer(outgoing, () => forward(incoming, outgoing, `${service.url}${path}`), isFirst);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());

  /** A user for one run of the checks. */
  async function startRun() {
    const run = `run-${services.size + 1}`;
    const bearer = `bearer:of-${run}`;
    services.set(run, await startService({ users: [{ name: run, bearer, tokens: tokens() }] }));
    return { endpoint: `http://127.0.0.1:${port}/${run}`, bearer };
  }

  async function close() {
    server.closeAllConnections();
    server.close();
    for (const service of services.values()) await service.close();
  }
  return { startRun, close };
}

const tokens = () =>
  Array.from({ length: 40 }, (_, index) => ({ id: `token-${index}`, name: `Token ${index}` }));

/**
 * @param {IncomingMessage} incoming
 * @param {ServerResponse} outgoing
 * @param {string} url
 */
function forward(incoming, outgoing, url) {
  const { method, headers } = incoming;
  const forwarded = request(url, { method, headers }, (reply) => {
    outgoing.writeHead(reply.statusCode ?? 502, { ...reply.headers, ...ALLOW_ALL });
    reply.pipe(outgoing);
  });
  forwarded.on("error", () => outgoing.destroy());
  incoming.pipe(forwarded);
}
