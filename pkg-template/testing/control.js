// Control routes: what tests and people use to look into the service and to order faults.

import { isLoopbackHost, pathOf } from "../loopback-server.js";
import { send } from "./api.js";
import { bodyText } from "./router.js";

/** @import { IncomingMessage, ServerResponse } from "node:http" */
/** @import { Fault, Reply, Service } from "./types.d.ts" */

export const CONTROL_PREFIX = "/_service/";

/** @type {Record<string, (service: Service, body: unknown) => unknown>} */
const ROUTES = {
  "GET /_service/state": (service) => service.state(),
  "POST /_service/faults": (service, faults) => {
    service.faults.push(.../** @type {Fault[]} */ (faults));
  },
  "DELETE /_service/faults": (service) => service.faults.clear(),
  "DELETE /_service/requests": (service) => {
    service.requests.length = 0;
  },
  "PUT /_service/cors": (service, isAllowed) => {
    service.cors = isAllowed === true;
  },
};

/**
 * @param {Service} service
 * @param {IncomingMessage} request
 * @param {ServerResponse} response
 */
export async function answerControl(service, request, response) {
  const { status, body } = await callRoute(service, request);
  const text = body === undefined ? "" : JSON.stringify(body, undefined, 2);
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
