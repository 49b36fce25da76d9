// Control routes: what tests in another process use to seed the service, to look into it and to order
// faults.

import { isLoopbackHost, pathOf } from "../loopback-server.js";
import { send } from "./api.js";
import { check, readMembers, TOKEN_MEMBERS } from "./arguments.js";
import { bodyText } from "./router.js";

/** @import { IncomingMessage, ServerResponse } from "node:http" */
/** @import { Service } from "./service.js" */
/** @import { Reply } from "./types.d.ts" */

export const CONTROL_PREFIX = "/_service/";

/** @type {Record<string, (service: Service, body: any) => unknown>} */
export const ROUTES = {
  "GET /_service/state": (service) => service.state(),
  "POST /_service/faults": (service, faults) => {
    check(Array.isArray(faults), "the body", "an array of faults");
    service.faults.push(...faults);
  },
  "DELETE /_service/faults": (service) => service.faults.clear(),
  "DELETE /_service/requests": (service) => service.clearRequests(),
  "POST /_service/tokens": (service, body) => {
    const { user, ...token } = readMembers(body, "the body", ["user", ...TOKEN_MEMBERS]);
    return service.addToken(/** @type {any} */ (user), /** @type {any} */ (token));
  },
  "PUT /_service/cors": (service, isAllowed) => {
    check(typeof isAllowed === "boolean", "the body", "true or false");
    service.cors = isAllowed;
  },
  "POST /_service/reset": (service) => service.reset(),
};

/**
 * @param {Service} service
 * @param {IncomingMessage} request
 * @param {ServerResponse} response
 */
export async function answerControl(service, request, response) {
  const { status, body } = await callRoute(service, request);
  const text = body === undefined ? "" : `${JSON.stringify(body, undefined, 2)}\n`;
  send(response, { status, headers: { "content-type": "application/json" }, text });
}

/**
 * @param {Service} service
 * @param {IncomingMessage} request
 * @returns {Promise<Reply>}
 */
async function callRoute(service, request) {
  if (!isLocal(request)) return errorReply(403, "Only for programs on this machine.");
  const route = ROUTES[`${request.method} ${pathOf(request)}`];
  if (!route) return errorReply(404, `The routes are: ${Object.keys(ROUTES).join(", ")}.`);
  try {
    const text = await bodyText(request);
    const body = route(service, text === "" ? undefined : JSON.parse(text));
    return { status: body === undefined ? 204 : 200, body };
  } catch (error) {
    return errorReply(400, error instanceof Error ? error.message : String(error));
  }
}

/**
 * @param {number} status
 * @param {string} message
 */
const errorReply = (status, message) => ({ status, body: { message } });

/**
 * A page elsewhere can have its name resolved to this machine (DNS rebinding), or post here without
 * reading the reply. Its name or its origin then gives it away.
 * @param {IncomingMessage} request
 */
function isLocal({ headers: { host, origin } }) {
  return isLoopbackHost(host) && (origin === undefined || origin === `http://${host}`);
}
