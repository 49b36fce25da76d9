// What becomes of a request if the service answers badly, late, or not at all.

import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer as createHttpServer } from "node:http";
import { createServer } from "node:net";
import { test } from "node:test";
import { ReverseProxy } from "../../pkg-template/dashboard/proxy.js";
import { ask } from "./dashboard-server.mjs";
import { until } from "./installed.mjs";

const SECRET = "some-bearer-token";

/** Listens until the test ends, and gives the port. */
async function listen(t, server) {
  const sockets = new Set();
  server.on("connection", (socket) => {
    sockets.add(socket.resume().on("error", () => {}));
    socket.on("close", () => sockets.delete(socket));
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  t.after(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return { port: server.address().port, sockets };
}

/** The proxy in front of a service that does this with each connection, and a deletion through it. */
async function deleteThrough(t, onConnection, { protocol = "http", timeoutMs = 60_000 } = {}) {
  const upstream = await listen(t, createServer(onConnection));
  const failures = [];
  const service = `${protocol}://127.0.0.1:${upstream.port}`;
  const proxy = new ReverseProxy(new URL(service), {
    timeoutMs,
    onFailure: (message) => failures.push(message),
  });
  t.after(() => proxy.close());
  const { port } = await listen(
    t,
    createHttpServer((incoming, outgoing) => proxy.forward(incoming, outgoing)),
  );
  const headers = { authorization: `Bearer ${SECRET}` };
  const reply = await ask({ url: `http://127.0.0.1:${port}` }, "/v1/accessTokens/1", {
    method: "DELETE",
    headers,
  });
  // No connection to the service is left behind.
  await until(() => upstream.sockets.size === 0);
  return { ...reply, failures, service };
}

/** Answers whatever comes with this text, and leaves the connection open. */
const saying = (text) => (socket) => socket.on("data", () => socket.write(text));

const LINE = "HTTP/1.1 200 OK\r\n";
const SWITCH =
  "HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n";

/** @type {[what: string, onConnection: (socket: any) => void, code: string, options?: any][]} */
const BAD = [
  ["closes the connection", (socket) => socket.destroy(), "ECONNRESET"],
  ["ends in the headers", (s) => s.on("data", () => s.end(`${LINE}content-ty`)), "ECONNRESET"],
  [
    "resets in the headers",
    (s) => s.on("data", () => s.write(LINE, () => s.resetAndDestroy())),
    "ECONNRESET",
  ],
  ["answers 101", saying(SWITCH), "ERR_NO_REPLY"],
  ["answers 101 after 100", saying(`HTTP/1.1 100 Continue\r\n\r\n${SWITCH}`), "ERR_NO_REPLY"],
  ["speaks another protocol", saying("SSH-2.0-OpenSSH_9.9\r\n"), "HPE_INVALID_CONSTANT"],
  ["answers in TLS", saying("\x15\x03\x03\0\x02\x02\x46"), "HPE_INVALID_CONSTANT"],
  ["speaks HTTP where TLS is expected", saying(`${LINE}\r\n`), "EPROTO", { protocol: "https" }],
  ["has a status below 100", saying("HTTP/1.1 099 Odd\r\n\r\n"), "ERR_HTTP_INVALID_STATUS_CODE"],
  ["has headers without end", saying(`${LINE}x: ${"x".repeat(70_000)}`), "HPE_HEADER_OVERFLOW"],
];

for (const [what, onConnection, code, options] of BAD) {
  test(`a service that ${what} is a 502 that says so in plain text, without the token`, async (t) => {
    const { status, headers, text, failures, service } = await deleteThrough(
      t,
      onConnection,
      options,
    );
    assert.deepEqual([status, text], [502, `${service} gave no answer: ${code}.`]);
    assert.match(headers["content-type"], /^text\/plain/);
    assert.equal(headers["x-amzn-errortype"], undefined);
    assert.deepEqual(failures, [text]);
  });
}

/** @type {[what: string, onConnection: (socket: any) => void, options?: any][]} */
const LATE = [
  ["never answers", () => {}],
  ["never ends its headers", saying(`${LINE}x: y\r\n`)],
  ["only ever says to wait", saying("HTTP/1.1 102 Processing\r\n\r\n")],
  ["never answers the TLS handshake", () => {}, { protocol: "https" }],
];

for (const [what, onConnection, options] of LATE) {
  test(`a service that ${what} is a 504 that says so`, async (t) => {
    // Long enough to connect.
    const { status, text, service } = await deleteThrough(t, onConnection, {
      ...options,
      timeoutMs: 300,
    });
    assert.deepEqual([status, text], [504, `${service} gave no answer in time.`]);
  });
}

/** @type {[what: string, onConnection: (socket: any) => void][]} */
const BROKEN = [
  ["breaks off", (s) => s.on("data", () => s.end(`${LINE}content-length: 10\r\n\r\n{`))],
  ["never ends", saying(`${LINE}content-length: 10\r\n\r\n{`)],
];

for (const [what, onConnection] of BROKEN) {
  test(`a reply whose body ${what} breaks off for the page too`, async (t) => {
    const reply = deleteThrough(t, onConnection, { timeoutMs: 300 });
    await assert.rejects(reply, { code: "ECONNRESET" });
  });
}
