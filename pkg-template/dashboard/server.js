// The dashboard's server: the page's files, those of the package under /codecatalyst-pat/, and the
// service's API under /v1/. It answers nothing else, and only the browser that opened its address.

import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { close, listen, pathOf } from "../loopback-server.js";
import { Access } from "./access.js";
import { listFiles, readPageFile } from "./files.js";
import { refuseForeign } from "./origin.js";
import { isOfOtherUser } from "./peer.js";
import { ReverseProxy } from "./proxy.js";
import * as refusals from "./refusal.js";
import { refuse } from "./refusal.js";

/** @import { IncomingMessage, Server, ServerResponse } from "node:http" */
/** @import { SignIn } from "./proxy.js" */

const PACKAGE_DIR = join(import.meta.dirname, "..");

// Long enough for a page to hear that what it sends after a stop isn't sent on.
const LINGER_MS = 500;

const SECURITY_HEADERS = {
  "content-security-policy": [
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "style-src 'self'",
    "connect-src 'self'",
    "img-src 'self' data:",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join("; "),
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cache-control": "no-store",
};

/**
 * @typedef {object} ServerOptions
 * @property {string} service the URL that API requests are forwarded to
 * @property {number} [port] 0, the default, takes any free one
 * @property {SignIn} [signIn] without it the page asks for a bearer token
 * @property {boolean} [isSample] whether the tokens are samples, which the page then says
 * @property {(message: string) => void} [onFailure] gets told why the service gave no answer
 * @property {string} [pageDir] the page's folder
 * @property {string} [packageDir] the package's folder
 */

/**
 * Serves the dashboard on 127.0.0.1. The files are listed once, and read again for each request.
 *
 * @param {ServerOptions} options
 */
export async function startServer({ port = 0, ...options }) {
  const { pageDir = join(PACKAGE_DIR, "www"), packageDir = PACKAGE_DIR } = options;
  const files = await listFiles({ pageDir, packageDir });
  /** @type {DashboardServer} */
  let dashboard;
  const started = await listen(port, (request, response) => {
    dashboard.answer(request, response).catch(() => response.destroy());
  });
  dashboard = new DashboardServer(started, files, options);
  return dashboard;
}

class DashboardServer {
  #server;
  #port;
  #files;
  #access;
  #proxy;
  #facts;
  /** @type {Set<Promise<void>>} */
  #deletions = new Set();
  #isStopping = false;

  /**
   * @param {{ server: Server, port: number, url: string }} started
   * @param {Map<string, string>} files
   * @param {ServerOptions} options
   */
  constructor({ server, port, url }, files, { service, signIn, isSample, onFailure }) {
    const upstream = new URL(service);
    this.url = url;
    this.#server = server;
    this.#port = port;
    this.#files = files;
    this.#access = new Access(port);
    this.#proxy = new ReverseProxy(upstream, { signIn, onFailure });
    this.#facts = {
      service: upstream.href.replace(/\/$/, ""),
      signedIn: signIn?.name ?? "",
      sample: isSample ? "sample tokens" : "",
    };
  }

  /** The address that opens the dashboard, once. The one before it opens nothing any more. */
  createAddress() {
    return `${this.url}/?token=${this.#access.createSecret()}`;
  }

  /** How many deletions are under way. */
  get underWayCount() {
    return this.#deletions.size;
  }

  /**
   * Sends nothing more to the service, lets deletions that are under way end until the signal fires,
   * and closes.
   *
   * @param {AbortSignal} signal
   */
  async stop(signal) {
    this.#isStopping = true;
    if (this.underWayCount > 0 && !signal.aborted)
      await Promise.race([this.#settled(), once(signal, "abort")]);
    await this.close();
  }

  async #settled() {
    await Promise.allSettled(this.#deletions);
    await pause(LINGER_MS);
  }

  /** Closes at once. */
  close() {
    this.#proxy.close();
    return close(this.#server);
  }

  /**
   * @param {IncomingMessage} request
   * @param {ServerResponse} response
   */
  async answer(request, response) {
    const isApi = request.url?.startsWith("/v1/") ?? false;
    const foreign = refuseForeign(request.headers, this.#port, isApi);
    if (foreign) return refuse(request, response, foreign);
    const secret = secretIn(request);
    if (secret !== undefined) return this.#answerAddress(secret, request, response);
    if (!this.#access.hasSession(request.headers))
      return refuse(request, response, refusals.NO_SESSION);
    if (this.#isStopping) return refuse(request, response, refusals.STOPPING);
    return isApi ? this.#forward(request, response) : this.#answerFile(request, response);
  }

  /**
   * Opens the dashboard for a browser that has its address: the page's own address has no secret in
   * it, so neither have the address bar and the history. In the session the address leads to the page
   * as often as one likes.
   *
   * @param {string} secret
   * @param {IncomingMessage} request
   * @param {ServerResponse} response
   */
  async #answerAddress(secret, request, response) {
    const headers = { location: "/", ...SECURITY_HEADERS };
    if (this.#access.hasSession(request.headers))
      return void response.writeHead(303, headers).end();
    // Only a guess of the browser's: the user may never open it.
    if (isPrefetch(request)) return refuse(request, response, refusals.PREFETCH);
    if (await isOfOtherUser(request.socket)) return refuse(request, response, refusals.OTHER_USER);
    const cookie = this.#access.redeem(secret);
    if (cookie) return void response.writeHead(303, { ...headers, "set-cookie": cookie }).end();
    const isUsed = this.#access.isUsed(secret);
    const refusal = isUsed ? refusals.usedAddress(this.#port) : refusals.WRONG_ADDRESS;
    return refuse(request, response, refusal);
  }

  /**
   * @param {IncomingMessage} request
   * @param {ServerResponse} response
   */
  async #forward(request, response) {
    const forwarded = this.#proxy.forward(request, response);
    if (request.method === "DELETE") this.#deletions.add(forwarded);
    try {
      await forwarded;
    } finally {
      this.#deletions.delete(forwarded);
    }
  }

  /**
   * @param {IncomingMessage} request
   * @param {ServerResponse} response
   */
  async #answerFile(request, response) {
    if (request.method !== "GET" && request.method !== "HEAD")
      return refuse(request, response, refusals.WRONG_METHOD, { allow: "GET, HEAD" });
    const file = this.#files.get(pathOf(request));
    if (file === undefined) return refuse(request, response, refusals.NOT_FOUND);
    const { type, content } = await readPageFile(file, this.#facts);
    response.writeHead(200, { "content-type": type, ...SECURITY_HEADERS });
    response.end(content);
  }
}

/**
 * The secret in an address that opens the dashboard.
 *
 * @param {IncomingMessage} request
 */
function secretIn({ method, url = "" }) {
  const secret = /^\/\?token=([\w-]*)$/.exec(url)?.[1];
  // HEAD comes from programs that check links.
  return method === "GET" ? secret : undefined;
}

/** @param {IncomingMessage} request */
function isPrefetch({ headers }) {
  const purpose = headers["sec-purpose"] ?? headers.purpose ?? headers["x-moz"] ?? "";
  return /^prefetch/.test(String(purpose));
}
