// One request to the service, which ends within its limit whatever is at the other end.

import http from "node:http";
import https from "node:https";
import { urlToHttpOptions } from "node:url";
import { isSafe } from "../aws/endpoint.js";

/** @import { IncomingMessage, OutgoingHttpHeaders, RequestOptions } from "node:http" */

/**
 * @typedef {object} Outgoing
 * @property {string | undefined} method
 * @property {string} path
 * @property {OutgoingHttpHeaders} headers
 * @property {Buffer} body
 */

/**
 * Why requests can't be sent to a URL; undefined if they can.
 *
 * @param {string} text
 */
export function whyUnusable(text) {
  if (!URL.canParse(text)) return "must be an absolute URL";
  const url = new URL(text);
  if (!isSafe(url)) return "must be an https: URL (http: only to this machine)";
  // The text, because an empty query or fragment leaves no trace in the URL's properties.
  if (url.username || url.password || /[?#]/.test(text))
    return "must be a URL without user info, query and fragment";
  return undefined;
}

/** Sends requests to one service, over connections that are kept. */
export class Upstream {
  #request;
  #target;
  #prefix;
  #agent;

  /** @param {URL} service whose path is put before that of each request */
  constructor(service) {
    const isSecure = service.protocol === "https:";
    const { protocol, hostname, port } = urlToHttpOptions(service);
    this.origin = service.origin;
    this.#request = (isSecure ? https : http).request;
    // The global one knows the proxy, if there is one. What goes by http: stays on this machine.
    this.#agent = isSecure ? https.globalAgent : new http.Agent({ keepAlive: true });
    this.#target = { protocol, hostname, port, agent: this.#agent };
    this.#prefix = service.pathname.replace(/\/+$/, "");
  }

  /**
   * Sends a request, and gives the reply as soon as its headers are there.
   *
   * # Errors
   *
   * Rejects with Node's own error if there is no reply, or one that isn't HTTP; with an error whose code
   * is `ERR_NO_REPLY` if the service wants to go on by another protocol; and with an `AbortError` when
   * the signal fires, which also ends the body of a reply.
   *
   * @param {Outgoing} outgoing
   * @param {AbortSignal} signal
   * @returns {Promise<IncomingMessage>}
   */
  send({ path, body, ...rest }, signal) {
    // The path isn't parsed as a URL: that could change its spelling, and so name another token.
    const sent = this.#request({ ...this.#target, ...rest, path: this.#prefix + path, signal });
    return new Promise((resolve, reject) => {
      sent.on("response", resolve);
      // After the headers an error breaks the body, where it is reported.
      sent.on("error", reject);
      // At status 101 Node closes the connection, and nothing else happens.
      sent.on("close", () =>
        reject(Object.assign(new Error("No reply"), { code: "ERR_NO_REPLY" })),
      );
      sent.end(body);
    });
  }

  /** Closes the connections. */
  close() {
    this.#agent.destroy();
  }
}
