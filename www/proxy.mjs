// Forwards the API's requests to the service from the page's own origin, so CORS is no obstacle and
// the page talks to no one else. Bodies are forwarded byte for byte, and only the headers that the
// API needs. Nothing is followed, stored or logged.

import { once } from "node:events";
import http from "node:http";
import https from "node:https";
import { pipeline } from "node:stream/promises";
import { urlToHttpOptions } from "node:url";
import { isDotSegment, MAX_BODY_BYTES, readBody } from "../pkg-template/loopback-server.js";

/** @import { IncomingMessage, OutgoingHttpHeaders } from "node:http" */
/** @import { RequestOptions, ServerResponse } from "node:http" */

// Longer than the package's default limit for an attempt, so that nothing ends early here.
const TIMEOUT_MS = 30_000;

const REQUEST_HEADERS = ["authorization", "accept", "content-type"];
const REPLY_HEADERS = /^(content-(type|length|encoding)|retry-after|x-amzn?-.+)$/;
const SECURITY_HEADERS = { "cache-control": "no-store", "x-content-type-options": "nosniff" };

// One segment as the package writes it: unreserved characters, all others percent-encoded.
const TOKEN_PATH = /^\/v1\/accessTokens\/((?:[\w.~-]|%[0-9A-Fa-f]{2})+)$/;

/** An `--upstream` that can't be used. */
export class UpstreamError extends Error {}

/**
 * Parses the URL of a service that requests may be forwarded to.
 * @param {string} text
 */
export function parseUpstream(text) {
  const why = whyUnusable(text);
  if (!why) return new URL(text);
  throw new UpstreamError(`--upstream ${why}, such as https://codecatalyst.global.api.aws`);
}

/** @param {string} text */
function whyUnusable(text) {
  if (!URL.canParse(text)) return "needs an absolute URL";
  const url = new URL(text);
  if (url.protocol !== "https:" && !(url.protocol === "http:" && isLoopback(url.hostname))) {
    return "needs an https: URL (http: only to this machine)";
  }
  // The text, because an empty query or fragment leaves no trace in the URL's properties.
  if (url.username || url.password || /[?#]/.test(text)) {
    return "needs a URL without user info, query and fragment";
  }
  return undefined;
}

/** @param {string} hostname */
const isLoopback = (hostname) => /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(hostname);

/**
 * @typedef {object} Upstream
 * @property {(options: RequestOptions) => http.ClientRequest} request
 * @property {RequestOptions} target
 * @property {string} prefix  the path of the service's own URL
 * @property {string} origin
 * @property {number} timeoutMs
 *
 * @typedef {object} Proxy
 * @property {(incoming: IncomingMessage, outgoing: ServerResponse) => Promise<void>} forward
 * @property {() => void} close  closes the connections that are kept alive
 */

/**
 * @param {URL} service
 * @param {{ timeoutMs?: number }} [options]
 * @returns {Proxy}
 */
export function createProxy(service, { timeoutMs = TIMEOUT_MS } = {}) {
  const { request, Agent } = service.protocol === "https:" ? https : http;
  const agent = new Agent({ keepAlive: true });
  const { protocol, hostname, port } = urlToHttpOptions(service);
  const upstream = {
    request,
    target: { protocol, hostname, port, agent },
    prefix: service.pathname.replace(/\/$/, ""),
    origin: service.origin,
    timeoutMs,
  };
  return {
    forward: (incoming, outgoing) => forward(upstream, incoming, outgoing),
    close: () => agent.destroy(),
  };
}

/**
 * @param {Upstream} upstream
 * @param {IncomingMessage} incoming
 * @param {ServerResponse} outgoing
 */
async function forward(upstream, incoming, outgoing) {
  const method = methodAt(incoming.url ?? "");
  if (!method) return refuse(outgoing, 404, "There is no such operation.");
  if (incoming.method !== method) {
    return refuse(outgoing, 405, "There is no such operation.", { allow: method });
  }
  const body = await readBody(incoming);
  if (!body) return refuse(outgoing, 413, `A body can have at most ${MAX_BODY_BYTES} bytes.`);
  const timeout = AbortSignal.timeout(upstream.timeoutMs);
  try {
    const signal = AbortSignal.any([disconnectSignal(outgoing), timeout]);
    const reply = await send(upstream, incoming, body, signal);
    outgoing.writeHead(reply.statusCode ?? 502, replyHeaders(reply));
    await pipeline(reply, outgoing);
  } catch (error) {
    fail(outgoing, upstream, timeout.aborted ? undefined : error);
  }
}

/**
 * The method of the one operation at a path; undefined if there is none.
 * @param {string} path
 */
function methodAt(path) {
  if (path === "/v1/accessTokens") return "POST";
  const segment = TOKEN_PATH.exec(path)?.[1];
  // What stands before the service may walk up the path at a dot segment, as URL parsers do.
  return segment === undefined || isDotSegment(segment) ? undefined : "DELETE";
}

/**
 * Fires when the page has given up, so that the request to the service ends too.
 * @param {ServerResponse} outgoing
 */
function disconnectSignal(outgoing) {
  const controller = new AbortController();
  outgoing.once("close", () => controller.abort());
  return controller.signal;
}

/**
 * @param {Upstream} upstream
 * @param {IncomingMessage} incoming
 * @param {Buffer} body
 * @param {AbortSignal} signal
 * @returns {Promise<IncomingMessage>}
 */
async function send({ request, target, prefix }, incoming, body, signal) {
  /** @type {OutgoingHttpHeaders} */
  const headers = pickHeaders(incoming, (name) => REQUEST_HEADERS.includes(name));
  if (body.length > 0) headers["content-length"] = body.length;
  // The path isn't parsed as a URL: that could change its spelling, and so name another token.
  const path = prefix + incoming.url;
  const sent = request({ ...target, method: incoming.method, path, headers, signal });
  sent.end(body);
  const [reply] = await once(sent, "response");
  // An error from here on breaks the reply, where `pipeline` reports it.
  sent.on("error", () => {});
  return reply;
}

/** @param {IncomingMessage} reply */
function replyHeaders(reply) {
  return { ...pickHeaders(reply, (name) => REPLY_HEADERS.test(name)), ...SECURITY_HEADERS };
}

/**
 * @param {IncomingMessage} message
 * @param {(name: string) => boolean} isWanted
 */
function pickHeaders({ headers }, isWanted) {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => isWanted(name)));
}

/**
 * Answers 502 or 504. To the package both leave the outcome unknown, which is the truth.
 * @param {ServerResponse} outgoing
 * @param {Upstream} upstream
 * @param {any} error  undefined after a timeout
 */
function fail(outgoing, { origin }, error) {
  if (outgoing.headersSent || outgoing.destroyed) outgoing.destroy();
  else if (!error) sendError(outgoing, 504, `${origin} gave no answer in time.`);
  else sendError(outgoing, 502, `${origin} gave no answer: ${error.code ?? error.name}.`);
}

/**
 * A refusal of the proxy's own is plain text: JSON with a `message` would pass for the service's, and
 * a 404 of the service means that a token is gone.
 * @param {ServerResponse} outgoing
 * @param {number} status
 * @param {string} message
 * @param {OutgoingHttpHeaders} [headers]
 */
function refuse(outgoing, status, message, headers) {
  const all = { "content-type": "text/plain; charset=utf-8", ...SECURITY_HEADERS, ...headers };
  outgoing.writeHead(status, all).end(message);
}

/**
 * @param {ServerResponse} outgoing
 * @param {number} status
 * @param {string} message
 */
function sendError(outgoing, status, message) {
  const headers = { "content-type": "application/json", ...SECURITY_HEADERS };
  outgoing.writeHead(status, headers).end(JSON.stringify({ message }));
}
