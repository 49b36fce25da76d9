// A little Amazon CodeCatalyst for personal access tokens, on loopback: what the
// real service promises for them, and faults that can be ordered.
//
//   node www/service.mjs [--port N] [--file state.json]
//
// One file without dependencies, so that it can be read in one go and copied
// anywhere. The tests drive it with the official client, a stranger to it.

import { createHash, randomBytes, randomUUID } from "node:crypto";
import { once } from "node:events";
import { existsSync, readFileSync, realpathSync, renameSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import { parseArgs } from "node:util";

const DAY_MS = 86_400_000;
const MAX_ID = 36;
const MAX_NAME = 100;
const MAX_NEXT_TOKEN = 10_000;
const MAX_PAGE = 10;
const MAX_TOKENS = 100;
// The longest valid body is a next token written in `\uXXXX` escapes.
export const MAX_BODY_BYTES = 256 * 1024;
// SSO tokens are long; Node's limit for all headers together is 16 KiB.
const MAX_HEADER_BYTES = 64 * 1024;
// A service left running must not grow without end.
const MAX_REQUESTS_KEPT = 10_000;

// ---------------------------------------------------------------- the sample

/** Two users and what they own, for whoever starts the service without users. */
export const sample = {
  // As those of AWS SSO: over 1,000 characters and with a colon inside.
  bearer: `${sampleSecret("head", 64)}:${sampleSecret("tail", 1_100)}`,
  otherBearer: sampleSecret("other", 200),
  tokens: sampleTokens([
    ["4d5a1f0c-8a35-4c0e-9a57-2f6f4b1f7c01", "Laptop, git over HTTPS", 211],
    ["b07c8f7e-61d2-4f6b-8d0b-6a0b8f3f1d02", "VS Code on the laptop", 148],
    ["0c9e4c52-3d7b-4e53-b7cf-51d5f0a9aa03", "Old laptop", -203],
    ["e2f6d1b8-9b0f-4d5a-a3f1-7f2f6e0c5b04", "Deploy job (staging)", 3],
    ["71a3b9d4-5c2e-47f0-8e6d-0d9c1b2a3e05", "Deploy job (production)", 26],
    ["c85d2e7f-0f14-4b8a-9c3d-e4f5a6b7c806", "Mirror to backup server", undefined],
    ["3f9b6a1c-d8e7-4260-b5a4-93827161f507", "Migration, March", -31],
    ["a6c0e8d2-7b31-4f95-8642-1b3d5f7a9c08", 'Build & test "nightly"', 1],
    ["5e7d9f1b-2a4c-4e68-90b2-d4f6a8c0e209", "Büro-Rechner", 89],
    ["d1b3f5a7-c9e0-4284-a6c8-e0f2b4d6f810", "Workshop 2, shared screen", -1],
    ["8c2a4e6f-1b3d-45f7-8a9c-0e1d2c3b4a11", "IntelliJ", 320],
    ["f4e2d0c8-b6a4-4927-8f5e-3d1c0b9a8712", "tmp", -340],
  ]),
  otherTokens: sampleTokens([
    ["92d4b6f8-0a1c-4e3d-8f5a-7b9c1d3e5f13", "Desktop", 64],
    ["6b8d0f2a-4c6e-4108-9a2b-4c6d8e0f1a14", "Release script", -12],
  ]),
};

// Made, not stored: a literal this long would look like a leaked secret.
function sampleSecret(label, length) {
  let text = "";
  while (text.length < length) {
    text += createHash("sha512").update(`sample ${label} ${text.length}`).digest("base64url");
  }
  return text.slice(0, length);
}

function sampleTokens(rows) {
  return rows.map(([id, name, days]) => ({ id, name, expiresTime: daysFromNow(days) }));
}

function daysFromNow(days) {
  return days === undefined ? undefined : new Date(Date.now() + days * DAY_MS);
}

function sampleUsers() {
  return [
    { name: "ana", bearer: sample.bearer, tokens: sample.tokens },
    { name: "ben", bearer: sample.otherBearer, tokens: sample.otherTokens },
  ];
}

// ------------------------------------------------------------------- refusals

class Refusal extends Error {
  constructor(status, name, message, headers) {
    super(message);
    Object.assign(this, { status, name, headers });
  }

  get reply() {
    const headers = { "x-amzn-errortype": this.name, ...this.headers };
    return { status: this.status, headers, body: { message: this.message } };
  }
}

const invalid = (message) => new Refusal(400, "ValidationException", message);

// One answer for an unknown id and for somebody else's: only the user who
// created a token can delete it, and nobody is told which ids others own.
const notFound = () =>
  new Refusal(404, "ResourceNotFoundException", "The access token was not found.");

// ---------------------------------------------------------------------- state

/** The tokens of all users. A change is in the file before anyone hears of it. */
class Store {
  #file;
  #state;

  constructor(file, users) {
    this.#file = file;
    const seeded = seed(users);
    this.#adopt(file && existsSync(file) ? merged(seeded, load(file)) : seeded);
  }

  get users() {
    return JSON.parse(JSON.stringify(this.#state.users));
  }

  tokensOf(user) {
    return this.#state.users[user];
  }

  remove(user, id) {
    const left = this.tokensOf(user).filter((token) => token.id !== id);
    if (left.length === this.tokensOf(user).length) return false;
    this.#replace(user, left, this.#state.serial);
    return true;
  }

  add(user, token) {
    const serial = this.#state.serial + 1;
    this.#replace(user, [...this.tokensOf(user), { ...token, serial }], serial);
  }

  #replace(user, tokens, serial) {
    this.#adopt({ serial, users: { ...this.#state.users, [user]: tokens } });
  }

  // First the file: if it cannot be written, the request fails and nothing has changed.
  #adopt(state) {
    if (this.#file) save(this.#file, state);
    this.#state = state;
  }
}

// Tokens are numbered in the order of their creation. A page ends at a number
// and not at a position, so deleting while listing skips nothing.
function seed(users) {
  let serial = 0;
  const number = (token) => ({
    id: token.id,
    name: token.name,
    expiresTime: token.expiresTime && new Date(token.expiresTime).toISOString(),
    serial: (serial += 1),
  });
  const byName = users.map((user) => [user.name, (user.tokens ?? []).map(number)]);
  return { users: Object.fromEntries(byName), serial };
}

// What is in the file counts; a user who is not in it yet starts as given.
function merged(seeded, loaded) {
  const serial = Math.max(seeded.serial, loaded.serial);
  return { serial, users: { ...seeded.users, ...loaded.users } };
}

function load(file) {
  try {
    return checkState(JSON.parse(readFileSync(file, "utf8")));
  } catch (cause) {
    const advice = "Put it right, or move it away to start with a new one.";
    throw new Error(`${file} does not hold this service's state: ${cause.message}. ${advice}`, {
      cause,
    });
  }
}

function checkState(state) {
  if (!Number.isSafeInteger(state?.serial)) throw new TypeError("`serial` is not a number");
  if (!isRecord(state.users)) throw new TypeError("`users` is not an object");
  for (const [user, tokens] of Object.entries(state.users)) {
    if (!Array.isArray(tokens) || !tokens.every(isStoredToken)) {
      throw new TypeError(`the tokens of ${user} are not a list of tokens`);
    }
  }
  return { serial: state.serial, users: state.users };
}

function isStoredToken(token) {
  const { id, name, expiresTime, serial } = token ?? {};
  const dated = expiresTime === undefined || isDateTime(expiresTime);
  return (
    typeof id === "string" && typeof name === "string" && Number.isSafeInteger(serial) && dated
  );
}

// A rename replaces the whole file or nothing, so a crash leaves no half of one.
function save(file, state) {
  const unfinished = `${file}.${process.pid}.tmp`;
  writeFileSync(unfinished, `${JSON.stringify(state, undefined, 2)}\n`, {
    mode: 0o600,
    flush: true,
  });
  renameSync(unfinished, file);
}

// ----------------------------------------------------------------- operations

function deleteAccessToken({ store, user, segment }) {
  const id = checkText("id", decoded(segment), MAX_ID);
  if (!store.remove(user, id)) throw notFound();
  return { status: 200, body: {} };
}

function listAccessTokens({ store, user, input }) {
  const size = checkPageSize(input.maxResults ?? MAX_PAGE);
  const after = input.nextToken == null ? 0 : readNextToken(user, input.nextToken);
  const rest = store.tokensOf(user).filter((token) => token.serial > after);
  const page = rest.slice(0, size);
  const items = page.map(({ id, name, expiresTime }) => ({ id, name, expiresTime }));
  const nextToken = rest.length > size ? writeNextToken(user, page.at(-1).serial) : undefined;
  return { status: 200, body: { items, nextToken } };
}

function createAccessToken({ store, user, input }) {
  const name = checkText("name", input.name, MAX_NAME);
  const expiresTime = readExpiry(input.expiresTime);
  if (store.tokensOf(user).length >= MAX_TOKENS) throw quotaExceeded();
  const id = randomUUID();
  store.add(user, { id, name, expiresTime });
  // The secret is told once and kept nowhere, as by the real service.
  const secret = randomBytes(40).toString("base64url");
  return { status: 201, body: { secret, name, expiresTime, accessTokenId: id } };
}

function quotaExceeded() {
  const message = `A user can have at most ${MAX_TOKENS} access tokens.`;
  return new Refusal(402, "ServiceQuotaExceededException", message);
}

function checkText(member, value, limit) {
  if (typeof value !== "string") throw invalid(`${member} must be a string.`);
  const length = [...value].length; // Unicode scalar values, as Smithy counts
  if (length < 1 || length > limit) throw invalid(`${member} must have 1 to ${limit} characters.`);
  return value;
}

function checkPageSize(size) {
  if (Number.isInteger(size) && size >= 1 && size <= MAX_PAGE) return size;
  throw invalid(`maxResults must be a whole number from 1 to ${MAX_PAGE}.`);
}

// A user who asks for no date gets a year, as the official client's documentation says.
function readExpiry(text) {
  if (text == null) return daysFromNow(365).toISOString();
  if (isDateTime(text)) return new Date(text).toISOString();
  throw invalid("expiresTime must be a date and time of RFC 3339.");
}

function isDateTime(text) {
  const rfc3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/i;
  return typeof text === "string" && rfc3339.test(text) && !Number.isNaN(Date.parse(text));
}

function writeNextToken(user, serial) {
  return Buffer.from(JSON.stringify([user, serial])).toString("base64url");
}

function readNextToken(user, text) {
  const unreadable = invalid("nextToken is not one that this user was given.");
  checkText("nextToken", text, MAX_NEXT_TOKEN);
  const read = parsed(Buffer.from(text, "base64url").toString(), unreadable);
  const [owner, serial] = Array.isArray(read) ? read : [];
  if (owner !== user || !Number.isSafeInteger(serial)) throw unreadable;
  return serial;
}

// -------------------------------------------------------- from request to reply

function resourceAt(path) {
  if (path === "/v1/accessTokens") {
    return { operations: { POST: listAccessTokens, PUT: createAccessToken } };
  }
  const segment = /^\/v1\/accessTokens\/([^/]+)$/.exec(path)?.[1];
  if (segment === undefined || isDotSegment(segment)) throw unknownOperation(404);
  return { operations: { DELETE: deleteAccessToken }, segment };
}

// To URL parsers, and so to what stands before a real service, these walk up the path.
function isDotSegment(segment) {
  return /^(\.|%2e){1,2}$/i.test(segment);
}

function unknownOperation(status, headers) {
  return new Refusal(status, "UnknownOperationException", "There is no such operation.", headers);
}

function decoded(segment) {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw invalid("id is not percent-encoded UTF-8.");
  }
}

function pathOf(request) {
  return request.url.split("?", 1)[0];
}

function userOf(service, request) {
  const bearer = /^Bearer +([\x21-\x7e]+)$/i.exec(request.headers.authorization ?? "")?.[1];
  return service.userByBearer.get(bearer);
}

async function carryOut(service, request) {
  const { operations, segment } = resourceAt(pathOf(request));
  const operation = operations[request.method];
  if (!operation) throw unknownOperation(405, { allow: Object.keys(operations).join(", ") });
  const user = userOf(service, request);
  if (user === undefined) throw accessDenied();
  const text = await readBody(request);
  const input = segment === undefined ? readInput(request, text) : undefined;
  return operation({ store: service.store, user, segment, input });
}

function accessDenied() {
  return new Refusal(403, "AccessDeniedException", "The bearer token is missing or not valid.");
}

async function readBody(request) {
  const body = await bodyOf(request);
  if (!body) throw tooLarge();
  return body.toString("utf8");
}

/**
 * The bytes of a body; nothing if they are too many. Even those are read to their end: a refusal sent
 * earlier could be lost when the connection is closed under a sender.
 */
export async function bodyOf(request) {
  const chunks = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size <= MAX_BODY_BYTES) chunks.push(chunk);
  }
  return size <= MAX_BODY_BYTES ? Buffer.concat(chunks) : undefined;
}

function tooLarge() {
  const message = `A body can have at most ${MAX_BODY_BYTES} bytes.`;
  return new Refusal(413, "RequestEntityTooLargeException", message);
}

function readInput(request, text) {
  const type = request.headers["content-type"] ?? "";
  if (!/^application\/json\s*(;|$)/i.test(type)) throw unsupportedMediaType();
  const input = parsed(text || "{}", invalid("The body is not JSON."));
  if (!isRecord(input)) throw invalid("The body is not a JSON object.");
  return input;
}

function unsupportedMediaType() {
  return new Refusal(415, "UnsupportedMediaTypeException", "The body must be application/json.");
}

function parsed(text, refusal) {
  try {
    return JSON.parse(text);
  } catch {
    throw refusal;
  }
}

function isRecord(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

// --------------------------------------------------------------------- faults
//
// A fault is used up by the next API request, or by the next of its `method`.
//
//   status, name, message, headers, body   this answer in place of the real one;
//                                          a header that is null is left out
//   effect: true                           ... yet the request is carried out first
//   delayMs                                the answer is held back; what the request
//                                          asked for has been done by then
//   cut: "before"                          no answer, and nothing done
//   cut: "after"                           no answer, but the request is carried out
//   cut: "body"                            an answer that breaks off within its body
//
// Preflights take only faults that name the method OPTIONS.

const ANSWER_MEMBERS = ["name", "message", "headers", "body", "effect"];
const FAULT_MEMBERS = ["method", "status", "delayMs", "cut", ...ANSWER_MEMBERS];

/** The faults ordered and not used up. */
class Faults {
  #queue = [];

  get length() {
    return this.#queue.length;
  }

  get holdsCut() {
    return this.#queue.some((fault) => fault.cut);
  }

  push(...faults) {
    faults.forEach(checkFault);
    this.#queue.push(...faults);
  }

  take(method) {
    const isMeant = (fault) => (fault.method ? fault.method === method : method !== "OPTIONS");
    const index = this.#queue.findIndex(isMeant);
    return index === -1 ? {} : this.#queue.splice(index, 1)[0];
  }

  clear() {
    this.#queue.length = 0;
  }
}

// A slip in an ordered fault would otherwise make a test pass that tests nothing.
function checkFault(fault) {
  const refuse = (why) => {
    throw new TypeError(`a fault ${why}: ${JSON.stringify(fault)}`);
  };
  if (!isRecord(fault)) refuse("must be an object");
  const { status, delayMs, cut } = fault;
  const stranger = Object.keys(fault).find((member) => !FAULT_MEMBERS.includes(member));
  if (stranger) refuse(`has no member "${stranger}"`);
  if (status === undefined && delayMs === undefined && cut === undefined) {
    refuse("needs a status, a delayMs or a cut");
  }
  if (cut !== undefined && !["before", "after", "body"].includes(cut)) refuse("cannot cut there");
  if (delayMs !== undefined && !(delayMs >= 0)) refuse("needs a delayMs of 0 or more");
  checkAnswer(fault, refuse);
}

function checkAnswer({ status, cut, ...rest }, refuse) {
  const isStatus = Number.isInteger(status) && status >= 200 && status <= 599;
  if (status !== undefined && !isStatus) refuse("needs a status from 200 to 599");
  if (status === undefined && ANSWER_MEMBERS.some((member) => member in rest)) {
    refuse("describes an answer without a status");
  }
  if (status !== undefined && (cut === "before" || cut === "after")) {
    refuse("cannot answer and cut the connection in place of the answer");
  }
}

async function replyUnder(fault, service, request) {
  const scripted = fault.status !== undefined;
  if (fault.cut === "before" || (scripted && !fault.effect)) return scriptedReply(fault);
  const reply = await realReply(service, request);
  return scripted ? scriptedReply(fault) : reply;
}

function scriptedReply({ status, name, headers, body, message }) {
  return { status, headers: { "x-amzn-errortype": name, ...headers }, body: body ?? { message } };
}

async function realReply(service, request) {
  if (request.method === "OPTIONS") return preflightReply(request);
  try {
    return await carryOut(service, request);
  } catch (error) {
    if (error instanceof Refusal) return error.reply;
    return new Refusal(500, "InternalServerException", error.message).reply;
  }
}

// ----------------------------------------------------------------------- CORS

const CORS = {
  // Any origin, because requests are authorised by their bearer and not by cookies.
  "access-control-allow-origin": "*",
  "access-control-expose-headers":
    "x-amzn-requestid, x-amzn-errortype, retry-after, x-amz-retry-after",
};

function preflightReply(request) {
  try {
    resourceAt(pathOf(request));
  } catch (refusal) {
    return refusal.reply;
  }
  const headers = {
    "access-control-allow-methods": "DELETE, POST, PUT",
    "access-control-allow-headers": "authorization, content-type",
    // Not remembered: what a page sends is seen here as a whole, each time.
    "access-control-max-age": "0",
  };
  return { status: 204, headers, body: "" };
}

function withoutCors(headers) {
  const kept = Object.entries(headers).filter(([name]) => !name.startsWith("access-control-"));
  return Object.fromEntries(kept);
}

// ------------------------------------------------------------------ the API

async function answerApi(service, request, response) {
  record(service, request);
  const fault = service.faults.take(request.method);
  const reply = await replyUnder(fault, service, request);
  await heldBack(fault.delayMs, response);
  if (fault.cut === "before" || fault.cut === "after") return response.destroy();
  const answer = apiAnswer(service, reply);
  if (fault.cut === "body") return sendHalf(response, answer);
  send(response, answer);
}

// The authorization value is left out: what was seen can be printed and compared.
function record(service, request) {
  const { authorization, ...headers } = request.headers;
  const user = userOf(service, request);
  const hasAuthorization = authorization !== undefined;
  service.requests.push({
    method: request.method,
    path: request.url,
    headers,
    hasAuthorization,
    user,
  });
  if (service.requests.length > MAX_REQUESTS_KEPT) service.requests.shift();
}

// Ends early when the other side leaves or the service closes.
async function heldBack(delayMs, response) {
  if (delayMs === undefined) return;
  const gone = new AbortController();
  response.once("close", () => gone.abort());
  await pause(delayMs, undefined, { signal: gone.signal }).catch(() => {});
}

function apiAnswer(service, { status, headers, body }) {
  const all = {
    "content-type": "application/json",
    "x-amzn-requestid": randomUUID(),
    // Browsers quietly resend what was cut on a connection that had served before. While a
    // cut is ordered, each connection serves one request (a page's preflight comes first).
    connection: service.faults.holdsCut ? "close" : undefined,
    ...CORS,
    ...headers,
  };
  const allowed = service.cors ? all : withoutCors(all);
  const present = Object.entries(allowed).filter(([, value]) => value != null);
  const text = typeof body === "string" ? body : JSON.stringify(body);
  return { status, headers: Object.fromEntries(present), text };
}

function send(response, { status, headers, text }) {
  response.writeHead(status, headers).end(text);
}

function sendHalf(response, { status, headers, text }) {
  const bytes = Buffer.from(text);
  response.writeHead(status, { ...headers, "content-length": bytes.length + 1 });
  response.flushHeaders();
  response.write(bytes.subarray(0, bytes.length / 2));
  response.socket.end();
}

// -------------------------------------------------------------- control routes

const CONTROL = {
  "GET /_service/state": (service) => service.state(),
  "POST /_service/faults": (service, faults) => service.faults.push(...faults),
  "DELETE /_service/faults": (service) => service.faults.clear(),
  "DELETE /_service/requests": (service) => void (service.requests.length = 0),
  "PUT /_service/cors": (service, allowed) => void (service.cors = allowed === true),
};

async function answerControl(service, request, response) {
  const reply = await controlReply(service, request);
  const text = reply.body === undefined ? "" : JSON.stringify(reply.body, undefined, 2);
  send(response, { status: reply.status, headers: { "content-type": "application/json" }, text });
}

async function controlReply(service, request) {
  if (!isFromHere(request)) return controlRefusal(403, "Only for this machine's own programs.");
  const route = CONTROL[`${request.method} ${pathOf(request)}`];
  if (!route) return controlRefusal(404, `Known are: ${Object.keys(CONTROL).join(", ")}.`);
  try {
    const text = await readBody(request);
    const body = route(service, text === "" ? undefined : JSON.parse(text));
    return { status: body === undefined ? 204 : 200, body };
  } catch (error) {
    return controlRefusal(400, error.message);
  }
}

function controlRefusal(status, message) {
  return { status, body: { message } };
}

// A page elsewhere can have its name resolved to this machine, or post here
// blindly. Its name or its origin then gives it away.
function isFromHere({ headers: { host, origin } }) {
  return isLoopbackHost(host) && (origin === undefined || origin === `http://${host}`);
}

/** Whether a Host header names this machine, with or without a port. */
export function isLoopbackHost(host = "") {
  return /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/i.test(host);
}

// ------------------------------------------------------------- start and stop

/**
 * Starts the service on 127.0.0.1. `users` are `{ name, bearer, tokens? }`; with `file`, the tokens are
 * kept there. `faults`, `requests`, `cors` and `state()` do what the control routes do.
 */
export async function startService({ port = 0, file, users = sampleUsers() } = {}) {
  const server = createServer({ maxHeaderSize: MAX_HEADER_BYTES });
  const service = newService(file, users);
  server.on("request", (request, response) => {
    const answer = request.url.startsWith("/_service/") ? answerControl : answerApi;
    // What is left to fail here is a connection that broke; there is nobody to tell.
    answer(service, request, response).catch(() => response.destroy());
  });
  await once(server.listen(port, "127.0.0.1"), "listening");
  service.port = server.address().port;
  service.url = `http://127.0.0.1:${service.port}`;
  service.close = () => close(server);
  return service;
}

function newService(file, users) {
  const service = {
    store: new Store(file, users),
    userByBearer: new Map(users.map((user) => [user.bearer, user.name])),
    faults: new Faults(),
    requests: [],
    cors: true,
    state: () => ({
      users: service.store.users,
      faults: service.faults.length,
      cors: service.cors,
      requests: service.requests,
    }),
  };
  return service;
}

async function close(server) {
  if (!server.listening) return;
  const closed = once(server, "close");
  server.close();
  server.closeAllConnections();
  await closed;
}

async function main() {
  const { values } = parseArgs({ options: { port: { type: "string" }, file: { type: "string" } } });
  const { url } = await startService({ port: Number(values.port ?? 0), file: values.file });
  console.log(url);
}

function isProgram() {
  return process.argv[1] !== undefined && realpathSync(process.argv[1]) === import.meta.filename;
}

if (isProgram()) {
  await main().catch((error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
}
