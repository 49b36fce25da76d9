// Who may use the dashboard: the browser that opened its address, and nobody else on this machine.

import { createHash, randomBytes, timingSafeEqual } from "node:crypto";

/** @import { IncomingHttpHeaders } from "node:http" */

const createSecret = () => randomBytes(32).toString("base64url");

/** Hands out addresses that work once, and the session that a browser gets for one. */
export class Access {
  /** @type {string | undefined} the secret of the address that hasn't been opened yet */
  #unused;
  /** @type {string[]} */
  #used = [];
  #session = createSecret();
  #cookieName;

  /** @param {number} port */
  constructor(port) {
    // Browsers send cookies to all ports of a host: without the port in the name, two dashboards
    // would overwrite each other's.
    this.#cookieName = `codecatalyst-pat-${port}`;
  }

  /** A secret that opens the dashboard once. The one before it opens nothing any more. */
  createSecret() {
    this.#unused = createSecret();
    return this.#unused;
  }

  /**
   * Takes the secret of an address. If it is the right one, gives the cookie of the session.
   *
   * @param {string} secret
   */
  redeem(secret) {
    if (this.#unused === undefined || !isEqual(secret, this.#unused)) return undefined;
    this.#used.push(this.#unused);
    this.#unused = undefined;
    return `${this.#cookieName}=${this.#session}; Path=/; HttpOnly; SameSite=Strict`;
  }

  /**
   * Whether a secret was the right one once.
   *
   * @param {string} secret
   */
  isUsed(secret) {
    return this.#used.some((used) => isEqual(secret, used));
  }

  /**
   * Whether a request belongs to the session.
   *
   * @param {IncomingHttpHeaders} headers
   */
  hasSession({ cookie = "" }) {
    return cookie
      .split(";")
      .map((pair) => pair.trim().split("="))
      .some(([name, value = ""]) => name === this.#cookieName && isEqual(value, this.#session));
  }
}

/**
 * Takes the same time for any two texts. The digests are of one length, which that needs.
 *
 * @param {string} text
 * @param {string} other
 */
const isEqual = (text, other) => timingSafeEqual(digest(text), digest(other));

/** @param {string} text */
const digest = (text) => createHash("sha256").update(text).digest();
