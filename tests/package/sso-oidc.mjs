// A stand-in for the SSO-OIDC service on loopback: it renews logins by their refresh tokens.

import { once } from "node:events";
import { createServer } from "node:http";
import { json } from "node:stream/consumers";

const HOURS_8 = 28_800;

/**
 * What the next request gets in place of an answer: nothing (`cut`), or this status and body. `before`
 * is called first.
 *
 * @typedef {{ cut?: boolean, status?: number, body?: unknown, headers?: Record<string, string>, before?: () => unknown }} Fault
 */

/**
 * Starts it. Like the service, it takes each refresh token once, and gives another.
 *
 * @param {string} refreshToken the first one
 */
export async function startOidc(refreshToken = "refresh-0") {
  /** @type {{ method?: string, url?: string, contentType?: string, body: any }[]} */
  const requests = [];
  /** @type {Fault[]} */
  const faults = [];
  const state = { refreshToken, renewals: 0 };
  const server = createServer(async (request, response) => {
    const { method, url, headers } = request;
    /** @type {any} */
    const body = await json(request);
    requests.push({ method, url, contentType: headers["content-type"], body });
    const fault = faults.shift();
    await fault?.before?.();
    if (fault?.cut) return request.socket.destroy();
    const [status, answer] = fault?.status ? [fault.status, fault.body ?? {}] : renew(state, body);
    response.writeHead(status, { "content-type": "application/json", ...fault?.headers });
    response.end(typeof answer === "string" ? answer : JSON.stringify(answer));
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  const close = () => {
    server.close();
    server.closeAllConnections();
  };
  return { url: `http://127.0.0.1:${port}`, requests, faults, close };
}

/** @returns {[status: number, body: object]} */
function renew(state, { grantType, refreshToken }) {
  if (grantType !== "refresh_token" || refreshToken !== state.refreshToken)
    return [400, { error: "invalid_grant", error_description: "Invalid refresh token provided" }];
  state.renewals += 1;
  state.refreshToken = `refresh-${state.renewals}`;
  return [
    200,
    {
      accessToken: `renewed-${state.renewals}`,
      expiresIn: HOURS_8,
      refreshToken: state.refreshToken,
      tokenType: "Bearer",
    },
  ];
}

const MINUTE_MS = 60_000;

/** A login that can be renewed. @param {number} minutes until it expires */
export const renewable = (minutes, fields = {}) => ({
  startUrl: "https://view.awsapps.com/start",
  region: "us-east-1",
  accessToken: "old-token",
  expiresAt: inMinutes(minutes),
  clientId: "client-id",
  clientSecret: "client-secret",
  registrationExpiresAt: inMinutes(60 * 24),
  refreshToken: "refresh-0",
  ...fields,
});

/** @param {number} minutes */
export const inMinutes = (minutes) =>
  `${new Date(Date.now() + minutes * MINUTE_MS).toISOString().slice(0, 19)}Z`;
