// From a request to the reply that the service gives when nothing goes wrong on purpose.

import { isDotSegment, MAX_BODY_BYTES, pathOf, readBody } from "../loopback-server.js";
import {
  accessDenied,
  bodyTooLarge,
  ServiceError,
  unknownOperation,
  unsupportedMediaType,
  validationError,
} from "./error.js";
import { createAccessToken, deleteAccessToken, listAccessTokens } from "./operations.js";
import { isRecord, parseJson } from "./validate.js";

/** @import { IncomingMessage } from "node:http" */
/** @import { Operation } from "./operations.js" */
/** @import { Service } from "./service.js" */
/** @import { Reply } from "./types.d.ts" */

/**
 * Executes a request. Errors become replies too.
 * @param {Service} service
 * @param {IncomingMessage} request
 * @returns {Promise<Reply>}
 */
export async function execute(service, request) {
  try {
    return request.method === "OPTIONS"
      ? preflight(request)
      : await callOperation(service, request);
  } catch (error) {
    if (error instanceof ServiceError) return error.reply;
    return new ServiceError(500, "InternalServerException", String(error)).reply;
  }
}

/**
 * The name of the user whose bearer token a request carries.
 * @param {Service} service
 * @param {IncomingMessage} request
 */
export function userOf(service, request) {
  const bearer = /^Bearer +([\x21-\x7e]+)$/i.exec(request.headers.authorization ?? "")?.[1];
  return bearer === undefined ? undefined : service.userByBearer.get(bearer);
}

/**
 * @param {Service} service
 * @param {IncomingMessage} request
 */
async function callOperation(service, request) {
  const { operations, segment } = resourceAt(pathOf(request));
  const operation = operations[request.method ?? ""];
  if (!operation) throw unknownOperation(405, { allow: Object.keys(operations).join(", ") });
  const user = userOf(service, request);
  if (user === undefined) throw accessDenied();
  const text = await bodyText(request);
  const input = segment === undefined ? parseInput(request, text) : {};
  return operation({ store: service.store, user, segment, input });
}

/**
 * @param {string} path
 * @returns {{ operations: Record<string, Operation>, segment?: string }}
 */
function resourceAt(path) {
  if (path === "/v1/accessTokens") {
    return { operations: { POST: listAccessTokens, PUT: createAccessToken } };
  }
  const segment = /^\/v1\/accessTokens\/([^/]+)$/.exec(path)?.[1];
  // What stands before a real service would walk up the path at a dot segment.
  if (segment === undefined || isDotSegment(segment)) throw unknownOperation(404);
  return { operations: { DELETE: deleteAccessToken }, segment };
}

/** @param {IncomingMessage} request */
export async function bodyText(request) {
  const body = await readBody(request);
  if (!body) throw bodyTooLarge(MAX_BODY_BYTES);
  return body.toString("utf8");
}

/**
 * @param {IncomingMessage} request
 * @param {string} text
 */
function parseInput(request, text) {
  const type = request.headers["content-type"] ?? "";
  if (!/^application\/json\s*(;|$)/i.test(type)) throw unsupportedMediaType();
  const input = parseJson(text || "{}", validationError("The body is not JSON."));
  if (!isRecord(input)) throw validationError("The body is not a JSON object.");
  return input;
}

/** @param {IncomingMessage} request */
function preflight(request) {
  resourceAt(pathOf(request));
  const headers = {
    "access-control-allow-methods": "DELETE, POST, PUT",
    "access-control-allow-headers": "authorization, content-type",
    // Not cached, so that the service sees a preflight for each request of a page.
    "access-control-max-age": "0",
  };
  return { status: 204, headers, body: "" };
}
