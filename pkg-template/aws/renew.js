// Renews a login by its refresh token, as botocore does.

import { setTimeout as pause } from "node:timers/promises";
import { isBearerToken } from "../safe-text.js";
import { systemCode } from "../system-code.js";
import { isSafe } from "./endpoint.js";
import { formatTime, parseTime } from "./login.js";

/** @typedef {import("./endpoint.js").Endpoint} Endpoint */
/** @typedef {import("./login.js").Login} Login */
/** @typedef {import("./profile.js").Session} Session */

/**
 * A reply, or the code of the system that tells why there is none.
 *
 * @typedef {{ status?: number, content?: any, code?: string }} Reply
 */

// As in the AWS SDKs' standard mode: three attempts, and a random wait of up to 50 ms · 2^(n-1).
const MAX_ATTEMPTS = 3;
const BASE_DELAY_MS = 50;

const TIMEOUT_MS = 10_000;

const NEEDED = ["refreshToken", "clientId", "clientSecret", "registrationExpiresAt"];

/** Why a login wasn't renewed, in words that hold no secret. */
export class RenewalError extends Error {}

/**
 * Whether the login holds what renewing takes, and its registration hasn't expired.
 *
 * @param {Login} login
 * @param {number} now
 */
export const canRenew = ({ fields }, now) =>
  NEEDED.every((name) => typeof fields[name] === "string") &&
  parseTime(fields.registrationExpiresAt) > now;

/**
 * Asks for a new token, and gives the fields of the new login.
 *
 * # Errors
 *
 * Throws a `RenewalError`.
 *
 * @param {Login} login
 * @param {Session} session
 * @param {Endpoint | undefined} endpoint one that is set in place of the region's
 */
export async function renew({ fields }, session, endpoint) {
  const url = tokenUrl(session, endpoint);
  const { clientId, clientSecret, refreshToken, registrationExpiresAt } = fields;
  const body = { grantType: "refresh_token", clientId, clientSecret, refreshToken };
  const renewed = checkReply(await send(url, JSON.stringify(body), 1));
  // In botocore's order. Without a new refresh token the login can't be renewed again.
  return {
    startUrl: session.startUrl,
    region: session.region,
    accessToken: renewed.accessToken,
    expiresAt: formatTime(Date.now() + renewed.expiresIn * 1000),
    clientId,
    clientSecret,
    registrationExpiresAt,
    ...(renewed.refreshToken !== undefined && { refreshToken: renewed.refreshToken }),
  };
}

/**
 * @param {Session} session
 * @param {Endpoint | undefined} endpoint
 */
function tokenUrl({ region }, endpoint) {
  if (!endpoint && !/^[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?$/i.test(region))
    throw new RenewalError("sso_region is no region");
  const base = endpoint?.url ?? `https://oidc.${region}.amazonaws.com`;
  const url = URL.canParse(base) ? new URL(base) : undefined;
  if (!url || !isSafe(url))
    throw new RenewalError(`${endpoint?.source} must be an https: URL, or http: to this machine`);
  url.pathname = `${url.pathname.replace(/\/+$/, "")}/token`;
  return url;
}

/**
 * Sends the request until there is an answer that isn't a passing fault.
 *
 * @param {URL} url
 * @param {string} body
 * @param {number} attempt
 * @returns {Promise<unknown>}
 */
async function send(url, body, attempt) {
  const reply = await sendOnce(url, body);
  if (reply.status === 200) return reply.content;
  const mayPass = reply.status === undefined || reply.status === 429 || reply.status >= 500;
  if (!mayPass || attempt === MAX_ATTEMPTS) throw new RenewalError(describe(url, reply));
  await pause(Math.random() * BASE_DELAY_MS * 2 ** (attempt - 1));
  return send(url, body, attempt + 1);
}

/**
 * @param {URL} url
 * @param {string} body
 * @returns {Promise<Reply>}
 */
async function sendOnce(url, body) {
  try {
    const response = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body,
      // The secrets in the body must not go elsewhere.
      redirect: "manual",
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const text = await response.text();
    return { status: response.status, content: parseObject(text) };
  } catch (error) {
    // Nothing else of it is shown.
    return { code: systemCode(error) };
  }
}

/** @param {string} text */
function parseObject(text) {
  try {
    return Object(JSON.parse(text));
  } catch {
    return {};
  }
}

/**
 * @param {URL} url
 * @param {Reply} reply
 */
function describe({ host }, { status, content, code }) {
  if (status === undefined) return `${host} can't be reached${code ? ` (${code})` : ""}`;
  const error = /^\w{1,60}$/.exec(content.error)?.[0];
  return `${host} answered ${status}${error === undefined ? "" : ` ${error}`}`;
}

/** @param {any} content */
function checkReply({ accessToken, expiresIn, refreshToken }) {
  const isValid =
    isBearerToken(accessToken) &&
    Number.isFinite(expiresIn) &&
    (refreshToken === undefined || typeof refreshToken === "string");
  if (!isValid) throw new RenewalError("the answer isn't what was expected");
  return { accessToken, expiresIn, refreshToken };
}
