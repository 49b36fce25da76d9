// The loopback service, a process of its own and as cheap as node:http allows: it must not be what
// limits a contender. The first segment of the path, from the endpoint, chooses how it behaves.
//
//   /v1/accessTokens                a list of ten
//   /v1/accessTokens/ID             answers at once
//   /wait-RUN-20/v1/accessTokens/ID answers after 20 ms; RUN is any name, with counts of its own
//   /throttled-RUN/v1/…             the same, but takes 50 requests a second
//   /counts-RUN                     those counts
//   /files/NAME                     a file of the folder in the argument

import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join } from "node:path";

const REQUESTS_PER_SECOND = 50;
const REQUEST_ID = "6f1d1a2e-3b0c-4a53-9c1e-0d6a5a1b7f10";
const TYPES = { ".html": "text/html", ".js": "text/javascript", ".wasm": "application/wasm" };

/** @typedef {import("node:http").ServerResponse} ServerResponse */

/** @param {ServerResponse} response */
function succeed(response) {
  response.writeHead(200, {
    "content-type": "application/json",
    "content-length": 2,
    "x-amzn-requestid": REQUEST_ID,
  });
  response.end("{}");
}

const LIST = JSON.stringify({
  items: Array.from({ length: 10 }, (_, index) => ({
    id: `4d5a1f0c-8a35-4c0e-9a57-2f6f4b1f7c0${index}`,
    name: `token-${index}`,
    expiresTime: "2030-01-01T00:00:00.000Z",
  })),
});

/** @param {ServerResponse} response */
function list(response) {
  response.writeHead(200, { "content-type": "application/json" });
  response.end(LIST);
}

/** @param {ServerResponse} response */
function refuse(response) {
  response.writeHead(429, {
    "content-type": "application/json",
    "retry-after": "1",
    "x-amzn-errortype": "ThrottlingException",
    "x-amzn-requestid": REQUEST_ID,
  });
  response.end(JSON.stringify({ message: "Rate exceeded" }));
}

class Run {
  all = 0;
  throttled = 0;
  /** How long requests were held in all: a timer may be a millisecond late, 5% of 20 ms. */
  heldMs = 0;
  #left = REQUESTS_PER_SECOND;
  #time = performance.now();

  /** A token bucket that holds one second's worth. */
  allows() {
    const now = performance.now();
    const gained = ((now - this.#time) / 1000) * REQUESTS_PER_SECOND;
    this.#left = Math.min(REQUESTS_PER_SECOND, this.#left + gained);
    this.#time = now;
    if (this.#left < 1) return false;
    this.#left -= 1;
    return true;
  }
}

/** @type {Map<string, Run>} */
const runs = new Map();

/** @param {string} name */
function runOf(name) {
  const run = runs.get(name) ?? new Run();
  runs.set(name, run);
  return run;
}

/**
 * Answers after some time.
 * @param {Run} run
 * @param {number} ms
 * @param {() => void} answer
 */
function hold(run, ms, answer) {
  const start = performance.now();
  run.all += 1;
  const timer = () => {
    run.heldMs += performance.now() - start;
    answer();
  };
  if (ms === 0) timer();
  else setTimeout(timer, ms);
}

/**
 * @param {Run} run
 * @param {ServerResponse} response
 */
function throttle(run, response) {
  const isAllowed = run.allows();
  if (!isAllowed) run.throttled += 1;
  hold(run, 20, () => (isAllowed ? succeed : refuse)(response));
}

/**
 * @param {string} name
 * @param {ServerResponse} response
 */
async function file(name, response) {
  const type = /** @type {Record<string, string>} */ (TYPES)[extname(name)];
  const content = await readFile(join(process.argv[2] ?? ".", name)).catch(() => undefined);
  if (content) response.setHeader("content-type", type ?? "application/octet-stream");
  response.statusCode = content ? 200 : 404;
  response.end(content);
}

const server = createServer((request, response) => {
  const url = request.url ?? "";
  const [first = ""] = url.slice(1).split("/", 1);
  const [mode, name = "", ms = "0"] = first.split("-");
  if (request.method === "POST") list(response);
  else if (mode === "v1") succeed(response);
  else if (mode === "wait") hold(runOf(name), Number(ms), () => succeed(response));
  else if (mode === "throttled") throttle(runOf(name), response);
  else if (mode === "counts") response.end(JSON.stringify(runOf(name)));
  else file(url.slice("/files/".length), response);
});
server.keepAliveTimeout = 60_000;
server.listen(0, "127.0.0.1", () => {
  const address = /** @type {import("node:net").AddressInfo} */ (server.address());
  process.send?.(`http://127.0.0.1:${address.port}`);
});
process.on("disconnect", () => process.exit());
