// Passes the API's requests on to the service, from the page's own origin: so CORS is no obstacle, and the page needs to
// talk to nobody else. What the service needs goes through, byte for byte; nothing is added, followed, kept or logged.

import { once } from "node:events";
import http from "node:http";
import https from "node:https";
import { pipeline } from "node:stream/promises";
import { urlToHttpOptions } from "node:url";
import { MAX_BODY_BYTES, bodyOf } from "./service.mjs";

// Longer than the package waits for an attempt by default, so that here nothing ends before its time.
const LIMIT_MS = 30_000;

const REQUEST_HEADERS = ["authorization", "accept", "content-type"];
const SAFEGUARDS = { "cache-control": "no-store", "x-content-type-options": "nosniff" };
const REPLY_HEADER = /^(content-(type|length|encoding)|retry-after|x-amzn?-.+)$/;

// One segment, in the spelling of the package: unreserved characters, all others percent-encoded.
const TOKEN_PATH = /^\/v1\/accessTokens\/((?:[\w.~-]|%[0-9A-Fa-f]{2})+)$/;

export class UpstreamError extends Error {}

/** The URL of a service that requests may be passed on to. */
export function upstreamFrom(text) {
  const refuse = (why) => {
    throw new UpstreamError(`--upstream ${why}, such as https://codecatalyst.global.api.aws`);
  };
  if (!URL.canParse(text)) refuse("needs an absolute URL");
  const url = new URL(text);
  if (url.protocol !== "https:" && !(url.protocol === "http:" && isLoopback(url.hostname))) {
    refuse("needs an https: URL (http: only to this machine)");
  }
  // The text, because an empty query or fragment leaves no trace in the URL's members.
  if (url.username || url.password || /[?#]/.test(text))
    refuse("needs a URL without user info, query and fragment");
  return url;
}

const isLoopback = (hostname) => /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(hostname);

/** Gives `pass(request, response)`, and `close()` for the connections that are kept. */
export function createProxy(service, { limitMs = LIMIT_MS } = {}) {
  const { request, Agent } = service.protocol === "https:" ? https : http;
  const agent = new Agent({ keepAlive: true });
  const { protocol, hostname, port } = urlToHttpOptions(service);
  const target = { protocol, hostname, port, agent };
  const upstream = {
    send: request,
    target,
    prefix: service.pathname.replace(/\/$/, ""),
    origin: service.origin,
    limitMs,
  };
  return {
    pass: (incoming, outgoing) => pass(upstream, incoming, outgoing),
    close: () => agent.destroy(),
  };
}

async function pass(upstream, incoming, outgoing) {
  const allowed = methodAt(incoming.url);
  if (!allowed) return answer(outgoing, 404, "There is no such operation.");
  if (incoming.method !== allowed)
    return answer(outgoing, 405, "There is no such operation.", { allow: allowed });
  const body = await bodyOf(incoming);
  if (!body) return answer(outgoing, 413, `A body can have at most ${MAX_BODY_BYTES} bytes.`);
  const limit = AbortSignal.timeout(upstream.limitMs);
  try {
    const reply = await forward(
      upstream,
      incoming,
      body,
      AbortSignal.any([goneSignal(outgoing), limit]),
    );
    outgoing.writeHead(reply.statusCode, replyHeaders(reply));
    await pipeline(reply, outgoing);
  } catch (error) {
    fail(outgoing, upstream, limit.aborted ? undefined : error);
  }
}

function methodAt(path) {
  if (path === "/v1/accessTokens") return "POST";
  const segment = TOKEN_PATH.exec(path)?.[1];
  // To URL parsers, and so to what may stand before the service, dot segments walk up the path.
  return segment === undefined || /^(\.|%2e){1,2}$/i.test(segment) ? undefined : "DELETE";
}

/** Fires when the page has given up: then nobody waits for the service any more. */
function goneSignal(outgoing) {
  const gone = new AbortController();
  outgoing.once("close", () => gone.abort());
  return gone.signal;
}

async function forward({ send, target, prefix }, incoming, body, signal) {
  const headers = chosen(incoming.headers, (name) => REQUEST_HEADERS.includes(name));
  if (body.length > 0) headers["content-length"] = body.length;
  // No URL is built from the path: that could write it in another way, and so name another token.
  const sent = send({
    ...target,
    method: incoming.method,
    path: prefix + incoming.url,
    headers,
    signal,
  });
  sent.end(body);
  const [reply] = await once(sent, "response");
  // What breaks from here on breaks the reply, and that is noticed where it is passed on.
  sent.on("error", () => {});
  return reply;
}

function replyHeaders(reply) {
  return { ...chosen(reply.headers, (name) => REPLY_HEADER.test(name)), ...SAFEGUARDS };
}

function chosen(headers, isMeant) {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => isMeant(name)));
}

// 502 and 504 leave open what became of the request, and so does the package then. That is the truth.
function fail(outgoing, { origin }, error) {
  if (outgoing.headersSent || outgoing.destroyed) return outgoing.destroy();
  if (!error) return answer(outgoing, 504, `${origin} gave no answer in time.`);
  answer(outgoing, 502, `${origin} gave no answer: ${error.code ?? error.name}.`);
}

function answer(outgoing, status, message, headers) {
  outgoing.writeHead(status, { "content-type": "application/json", ...SAFEGUARDS, ...headers });
  outgoing.end(JSON.stringify({ message }));
}
