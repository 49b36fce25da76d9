// Forwards the API's requests to the service from the page's own origin, so CORS is no obstacle and
// the page talks to no one else. Bodies are forwarded byte for byte, but for the server's own token in
// a reply; and only the headers that the API needs. Nothing is followed, stored or logged.

import { pipeline } from "node:stream/promises";
import { MIN_SECRET_LENGTH } from "../cause.js";
import { isDotSegment, MAX_BODY_BYTES, readBody } from "../loopback-server.js";
import { hideSecret } from "./hide-secret.js";
import { REFUSAL_HEADER } from "./refusal.js";
import { Upstream } from "./upstream.js";

/** @import { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from "node:http" */

// Longer than the package's default limit for an attempt, so that nothing ends early here.
const TIMEOUT_MS = 30_000;

const REQUEST_HEADERS = ["authorization", "accept", "content-type"];
const REPLY_HEADERS = /^(content-(type|length|encoding)|retry-after|x-amzn?-.+)$/;
const SECURITY_HEADERS = { "cache-control": "no-store", "x-content-type-options": "nosniff" };

// One segment as the package writes it: unreserved characters, all others percent-encoded.
const TOKEN_PATH = /^\/v1\/accessTokens\/((?:[\w.~-]|%[0-9A-Fa-f]{2})+)$/;

/**
 * The sign-in of the server, whose token is sent in place of the page's.
 *
 * @typedef {object} SignIn
 * @property {string} name what the server is signed in with
 * @property {() => Promise<{ token: string } | { problem: string }>} getToken is asked before each
 *   request; a problem says what the user can do
 *
 * @typedef {object} Options
 * @property {SignIn} [signIn]
 * @property {(message: string) => void} [onFailure] gets told why the service gave no answer
 * @property {number} [timeoutMs]
 */

/** Forwards requests to one service. */
export class ReverseProxy {
  #upstream;
  #signIn;
  #onFailure;
  #timeoutMs;

  /**
   * @param {URL} service
   * @param {Options} [options]
   */
  constructor(service, { signIn, onFailure, timeoutMs = TIMEOUT_MS } = {}) {
    this.#upstream = new Upstream(service);
    this.#signIn = signIn;
    this.#onFailure = onFailure;
    this.#timeoutMs = timeoutMs;
  }

  /** Closes the connections that are kept alive. */
  close() {
    this.#upstream.close();
  }

  /**
   * Forwards a request and its reply, or says why not.
   *
   * @param {IncomingMessage} incoming
   * @param {ServerResponse} outgoing
   */
  async forward(incoming, outgoing) {
    const method = methodAt(incoming.url ?? "");
    if (!method) return refuse(outgoing, 404, "There is no such operation.");
    if (incoming.method !== method) {
      return refuse(outgoing, 405, "There is no such operation.", { allow: method });
    }
    const body = await readBody(incoming);
    if (!body) return refuse(outgoing, 413, `A body can have at most ${MAX_BODY_BYTES} bytes.`);
    const signIn = await this.#signIn?.getToken();
    if (signIn && "problem" in signIn) return refuse(outgoing, 401, signIn.problem);
    const headers = requestHeaders(incoming, body, signIn?.token);
    const request = { method, path: incoming.url ?? "", headers, body };
    // As in the package, a shorter one can't be told from other text.
    const isSecret = signIn !== undefined && signIn.token.length >= MIN_SECRET_LENGTH;
    await this.#exchange(request, outgoing, isSecret ? signIn.token : undefined);
  }

  /**
   * @param {import("./upstream.js").Outgoing} request
   * @param {ServerResponse} outgoing
   * @param {string | undefined} token the server's own, which the page mustn't get
   */
  async #exchange(request, outgoing, token) {
    const timeout = AbortSignal.timeout(this.#timeoutMs);
    const signal = AbortSignal.any([disconnectSignal(outgoing), timeout]);
    try {
      const reply = await this.#upstream.send(request, signal);
      outgoing.writeHead(reply.statusCode ?? 502, replyHeaders(reply, token));
      await pipeline([reply, ...(token ? [hideSecret(token)] : []), outgoing]);
    } catch (error) {
      this.#fail(outgoing, timeout.aborted ? undefined : error);
    }
  }

  /**
   * Answers 502 or 504. To the package both leave the outcome unknown, which is the truth.
   *
   * @param {ServerResponse} outgoing
   * @param {any} error undefined after a timeout
   */
  #fail(outgoing, error) {
    if (outgoing.headersSent || outgoing.destroyed) return outgoing.destroy();
    const what = error ? `gave no answer: ${error.code ?? error.name}` : "gave no answer in time";
    const message = `${this.#upstream.origin} ${what}.`;
    this.#onFailure?.(message);
    refuse(outgoing, error ? 502 : 504, message);
  }
}

/**
 * The method of the one operation at a path; undefined if there is none.
 *
 * @param {string} path
 */
function methodAt(path) {
  if (path === "/v1/accessTokens") return "POST";
  const segment = TOKEN_PATH.exec(path)?.[1];
  // What stands before the service may walk up the path at a dot segment, as URL parsers do.
  return segment === undefined || isDotSegment(segment) ? undefined : "DELETE";
}

/**
 * Fires when the page has its answer or has given up, so that the request to the service ends too.
 *
 * @param {ServerResponse} outgoing
 */
function disconnectSignal(outgoing) {
  const controller = new AbortController();
  outgoing.once("close", () => controller.abort());
  return controller.signal;
}

/**
 * @param {IncomingMessage} incoming
 * @param {Buffer} body
 * @param {string | undefined} token the server's own
 */
function requestHeaders(incoming, body, token) {
  /** @type {OutgoingHttpHeaders} */
  const headers = pickHeaders(incoming, (name) => REQUEST_HEADERS.includes(name));
  if (body.length > 0) headers["content-length"] = body.length;
  if (token !== undefined) headers.authorization = `Bearer ${token}`;
  return headers;
}

/**
 * @param {IncomingMessage} reply
 * @param {string | undefined} token which is hidden in the body, so the length isn't known
 */
function replyHeaders(reply, token) {
  const picked = pickHeaders(
    reply,
    (name, value) =>
      REPLY_HEADERS.test(name) &&
      (token === undefined || (name !== "content-length" && !value.includes(token))),
  );
  return { ...picked, ...SECURITY_HEADERS };
}

/**
 * @param {IncomingMessage} message
 * @param {(name: string, value: string) => boolean} isWanted
 */
function pickHeaders({ headers }, isWanted) {
  const entries = Object.entries(headers);
  return Object.fromEntries(entries.filter(([name, value]) => isWanted(name, String(value))));
}

/**
 * A refusal of the proxy's own is plain text: JSON with a `message` would pass for the service's, and
 * a 404 of the service means that a token is gone.
 *
 * @param {ServerResponse} outgoing
 * @param {number} status
 * @param {string} message
 * @param {OutgoingHttpHeaders} [headers]
 */
function refuse(outgoing, status, message, headers) {
  const type = { "content-type": "text/plain; charset=utf-8" };
  const all = { ...type, ...SECURITY_HEADERS, ...REFUSAL_HEADER, ...headers };
  outgoing.writeHead(status, all).end(message);
}
