// Answers the API's requests: records them, applies faults, and adds the headers of every reply.

import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { execute, userOf } from "./router.js";

/** @import { IncomingMessage, ServerResponse } from "node:http" */
/** @import { RecordedRequest } from "./index.d.ts" */
/** @import { Service } from "./service.js" */
/** @import { OrderedFault, Reply } from "./types.d.ts" */

// A service that keeps running must not grow without end.
const MAX_RECORDED_REQUESTS = 10_000;

const CORS_HEADERS = {
  // Any origin, because a request is authorised by its bearer token and not by cookies.
  "access-control-allow-origin": "*",
  "access-control-expose-headers":
    "x-amzn-requestid, x-amzn-errortype, retry-after, x-amz-retry-after",
};

/**
 * @param {Service} service
 * @param {IncomingMessage} request
 * @param {ServerResponse} response
 */
export async function answerApi(service, request, response) {
  const recorded = record(service, request);
  const fault = service.faults.take(request);
  const reply = fault.cut === "before" ? undefined : await replyWith(fault, service, request);
  await delay(fault.delayMs, response);
  if (!reply || fault.cut === "after" || response.destroyed) return response.destroy();
  recorded.status = reply.status;
  const serialized = serialize(service, reply);
  if (fault.cut === "body") return sendHalf(response, serialized);
  send(response, serialized);
}

/**
 * Records a request without its authorization header, so that a record can be printed.
 * @param {Service} service
 * @param {IncomingMessage} request
 */
function record(service, request) {
  const { authorization, ...headers } = request.headers;
  /** @type {RecordedRequest} */
  const recorded = {
    method: request.method ?? "",
    path: request.url ?? "",
    headers,
    hasAuthorization: authorization !== undefined,
    user: userOf(service, request),
    status: undefined,
  };
  service.requests.push(recorded);
  if (service.requests.length > MAX_RECORDED_REQUESTS) service.requests.shift();
  return recorded;
}

/**
 * @param {OrderedFault} fault
 * @param {Service} service
 * @param {IncomingMessage} request
 * @returns {Promise<Reply>}
 */
async function replyWith(fault, service, request) {
  const { status, name, headers, message, body, effect } = fault;
  if (status == null) return execute(service, request);
  if (effect) await execute(service, request);
  return {
    status,
    headers: { "x-amzn-errortype": name, ...headers },
    body: body ?? { message },
  };
}

/**
 * Ends early when the client disconnects or the service closes.
 * @param {number | null | undefined} delayMs
 * @param {ServerResponse} response
 */
async function delay(delayMs, response) {
  if (delayMs == null) return;
  const closed = new AbortController();
  response.once("close", () => closed.abort());
  await sleep(delayMs, undefined, { signal: closed.signal }).catch(() => {});
}

/**
 * @typedef {object} SerializedReply
 * @property {number} status
 * @property {Record<string, string>} headers
 * @property {string} text
 */

/**
 * @param {Service} service
 * @param {Reply} reply
 * @returns {SerializedReply}
 */
function serialize(service, { status, headers, body }) {
  const all = {
    "content-type": "application/json",
    "x-amzn-requestid": randomUUID(),
    // Browsers silently repeat a request that was cut on a reused connection. While a cut is
    // ordered, each connection serves one request (a page's preflight comes first).
    connection: service.faults.includesCut ? "close" : undefined,
    ...CORS_HEADERS,
    ...headers,
  };
  const kept = Object.entries(all).filter(
    ([name, value]) => value != null && (service.cors || !name.startsWith("access-control-")),
  );
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const present = /** @type {Record<string, string>} */ (Object.fromEntries(kept));
  return { status, headers: present, text };
}

/**
 * @param {ServerResponse} response
 * @param {SerializedReply} reply
 */
export function send(response, { status, headers, text }) {
  response.writeHead(status, headers).end(text);
}

/**
 * @param {ServerResponse} response
 * @param {SerializedReply} reply
 */
function sendHalf(response, { status, headers, text }) {
  const bytes = Buffer.from(text);
  response.writeHead(status, { ...headers, "content-length": bytes.length + 1 });
  response.flushHeaders();
  response.write(bytes.subarray(0, bytes.length / 2));
  response.socket?.end();
}
