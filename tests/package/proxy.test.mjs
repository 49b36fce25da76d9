// How the page's server forwards requests to the service: what it forwards, what it refuses, and
// how it fails.

import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, request } from "node:http";
import { test } from "node:test";
import { sample, startService } from "../../pkg-template/testing/index.js";
import * as dashboard from "./dashboard-server.mjs";

const ID = sample.tokens[0].id;
const HEADERS = { authorization: `Bearer ${sample.bearer}`, accept: "application/json" };

async function listen(t, answer) {
  const server = createServer(answer);
  await once(server.listen(0, "127.0.0.1"), "listening");
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  return `http://127.0.0.1:${port}`;
}

const answerEmpty = (response, _incoming) => response.end("{}");

/** The page's server in front of a service that records requests and answers them with `reply`. */
async function startRecorder(t, reply = answerEmpty, prefix = "", options = {}) {
  const seen = [];
  const url = await listen(t, async (incoming, response) => {
    const { method, url: path, rawHeaders } = incoming;
    seen.push({
      method,
      path,
      rawHeaders,
      port: incoming.socket.remotePort,
      body: (await incoming.toArray()).join(""),
    });
    reply(response, incoming);
  });
  return { seen, url, server: await startBefore(t, url + prefix, options) };
}

async function startBefore(t, service, options) {
  const server = await dashboard.startServer(t, { service, ...options });
  return { url: server.url, session: await dashboard.openSession(server) };
}

const ask = (server, method, path, { headers = HEADERS, body } = /** @type {any} */ ({})) =>
  dashboard.ask(server, path, { method, headers: { ...server.session, ...headers }, body });

const namesIn = (rawHeaders) =>
  rawHeaders
    .filter((_, index) => index % 2 === 0)
    .map((name) => name.toLowerCase())
    .sort();

// -------------------------------------------------------------------- what is forwarded

test("a list and a deletion arrive at the service", async (t) => {
  const service = await startService();
  t.after(() => service.close());
  const server = await startBefore(t, service.url);
  const headers = { ...HEADERS, "content-type": "application/json" };
  const list = await ask(server, "POST", "/v1/accessTokens", { headers, body: '{"maxResults":3}' });
  assert.deepEqual([list.status, JSON.parse(list.text).items.length], [200, 3]);
  const deletion = await ask(server, "DELETE", `/v1/accessTokens/${ID}`);
  assert.deepEqual([deletion.status, deletion.text], [200, "{}"]);
  assert.equal(
    service.state().users.ana.some(({ id }) => id === ID),
    false,
  );
});

test("only three headers and the body are forwarded", async (t) => {
  const { seen, server, url } = await startRecorder(t);
  const more = {
    origin: server.url,
    referer: server.url,
    "user-agent": "x",
    "sec-fetch-site": "same-origin",
    "accept-language": "en",
    "x-forwarded-for": "1.2.3.4",
    "content-type": "application/json",
  };
  await ask(server, "POST", "/v1/accessTokens", {
    headers: { ...HEADERS, ...more },
    body: '{"nextToken":"ü"}',
  });
  assert.deepEqual(namesIn(seen[0].rawHeaders), [
    "accept",
    "authorization",
    "connection",
    "content-length",
    "content-type",
    "host",
  ]);
  assert.ok(seen[0].rawHeaders.includes(HEADERS.authorization));
  assert.ok(seen[0].rawHeaders.includes(new URL(url).host));
  assert.equal(seen[0].body, '{"nextToken":"ü"}');
});

test("the path is forwarded unchanged, after the service's own prefix", async (t) => {
  const { seen, server } = await startRecorder(t, undefined, "/prefix/");
  const paths = [
    "/v1/accessTokens/a%2Fb%2e%3F%23%25",
    "/v1/accessTokens/%c3%BC~_.-",
    "/v1/accessTokens/...",
  ];
  for (const path of paths) await ask(server, "DELETE", path);
  assert.deepEqual(
    seen.map(({ path }) => path),
    paths.map((path) => `/prefix${path}`),
  );
});

test("the status, the body and the service's own headers are returned, and no others", async (t) => {
  const passed = {
    "content-type": "application/json",
    "x-amzn-errortype": "Odd:x",
    "x-amzn-requestid": "1",
    "x-amz-retry-after": "9",
    "retry-after": "7",
  };
  const dropped = {
    "set-cookie": "a=b",
    location: "http://elsewhere.example/",
    server: "x",
    "access-control-allow-origin": "*",
  };
  const { server } = await startRecorder(t, (response) =>
    response.writeHead(418, { ...passed, ...dropped }).end('{"a":1}'),
  );
  const { status, headers, text } = await ask(server, "DELETE", "/v1/accessTokens/1");
  assert.deepEqual([status, text], [418, '{"a":1}']);
  for (const [name, value] of Object.entries(passed)) assert.equal(headers[name], value);
  for (const name of Object.keys(dropped)) assert.equal(headers[name], undefined);
  assert.equal(headers["cache-control"], "no-store");
});

test("connections to the service are reused", async (t) => {
  const { seen, server } = await startRecorder(t);
  for (const id of [1, 2, 3]) await ask(server, "DELETE", `/v1/accessTokens/${id}`);
  assert.equal(new Set(seen.map(({ port }) => port)).size, 1);
});

test("a redirect is returned, never followed", async (t) => {
  const { seen, server } = await startRecorder(t, (response) =>
    response.writeHead(307, { location: "/v1/accessTokens/2" }).end(),
  );
  const { status, headers } = await ask(server, "DELETE", "/v1/accessTokens/1");
  assert.deepEqual([status, headers.location, seen.length], [307, undefined, 1]);
});

// ------------------------------------------------------------ a server that is signed in

test("the token of the server is sent in place of the page's, asked for anew each time", async (t) => {
  const tokens = ["first", "second"];
  const getToken = async () => ({ token: tokens.shift() ?? "" });
  const { seen, server } = await startRecorder(t, undefined, "", {
    signIn: { name: "x", getToken },
  });
  for (const _ of [1, 2]) await ask(server, "DELETE", "/v1/accessTokens/1");
  assert.deepEqual(
    seen.map(({ rawHeaders }) => rawHeaders[rawHeaders.indexOf("authorization") + 1]),
    ["Bearer first", "Bearer second"],
  );
});

test("a service that quotes the token doesn't reveal it to the page", async (t) => {
  const token = `${"ab".repeat(400)}:c`;
  const quotes = `{"message":"ü ${token} ab ${token}", "x": "${token.slice(0, 30)}"}`;
  const reply = async (response) => {
    const headers = { "x-amzn-errortype": token, "x-amzn-requestid": "1" };
    response.writeHead(403, { ...headers, "content-length": Buffer.byteLength(quotes) });
    // In pieces of any length, each sent by itself.
    for (let i = 0; i < quotes.length; i += 97)
      await new Promise((resolve) => response.write(quotes.slice(i, i + 97), resolve));
    response.end();
  };
  const signIn = { name: "x", getToken: async () => ({ token }) };
  const { server } = await startRecorder(t, reply, "", { signIn });
  const { status, headers, text } = await ask(server, "DELETE", "/v1/accessTokens/1");
  assert.deepEqual([status, text], [403, quotes.replaceAll(token, "[token]")]);
  assert.equal(headers["x-amzn-requestid"], "1");
  assert.equal(JSON.stringify(headers).includes(token), false);
});

test("without a token nothing is sent, and a 401 says what the user can do", async (t) => {
  const getToken = async () => ({ problem: "Type: aws sso login" });
  const { seen, server } = await startRecorder(t, undefined, "", {
    signIn: { name: "x", getToken },
  });
  const { status, headers, text } = await ask(server, "DELETE", "/v1/accessTokens/1");
  assert.deepEqual([status, text, seen], [401, "Type: aws sso login", []]);
  assert.match(headers["content-type"], /^text\/plain/);
});

// --------------------------------------------------------------------- what is refused

test("other operations and paths are refused, and never reach the service", async (t) => {
  const { seen, server } = await startRecorder(t);
  /** @type {[method: string, path: string, status: number][]} */
  const refused = [
    ["GET", "/v1/accessTokens", 405],
    ["PUT", "/v1/accessTokens", 405],
    ["POST", "/v1/accessTokens/1", 405],
    ["DELETE", "/v1/accessTokens", 405],
    ["OPTIONS", "/v1/accessTokens/1", 405],
    ["DELETE", "/v1/accessTokens/", 404],
    ["DELETE", "/v1/accessTokens/1/2", 404],
    ["DELETE", "/v1/accessTokens/1?x", 404],
    ["DELETE", "/v1/accessTokens/..", 404],
    ["DELETE", "/v1/accessTokens/%2E%2e", 404],
    ["DELETE", "/v1/accessTokens/.%2e", 404],
    ["DELETE", "/v1/accessTokens/%2", 404],
    ["DELETE", "/v1/accessTokens/a\\b", 404],
    ["POST", "/v1/spaces", 404],
    ["POST", "/v1/", 404],
    ["DELETE", "//v1/accessTokens/1", 405],
  ];
  for (const [method, path, expected] of refused) {
    assert.equal((await ask(server, method, path)).status, expected, `${method} ${path}`);
  }
  assert.deepEqual(seen, []);
});

test("a rebound name, another origin and another site never reach the service", async (t) => {
  const { seen, server } = await startRecorder(t);
  /** @type {[headers: Record<string, string>, status: number][]} */
  const refused = [
    [{ host: "rebound.example" }, 421],
    [{ host: "127.0.0.1:1" }, 421],
    [{ origin: "https://elsewhere.example" }, 403],
    [{ origin: "null" }, 403],
    [{ "sec-fetch-site": "cross-site" }, 403],
    [{ "sec-fetch-site": "same-site" }, 403],
    [{ "sec-fetch-site": "none" }, 403],
  ];
  for (const [headers, expected] of refused) {
    const { status } = await ask(server, "DELETE", "/v1/accessTokens/1", {
      headers: { ...HEADERS, ...headers },
    });
    assert.equal(status, expected, JSON.stringify(headers));
  }
  assert.deepEqual(seen, []);
  await ask(server, "DELETE", "/v1/accessTokens/1", {
    headers: { ...HEADERS, origin: server.url, "sec-fetch-site": "same-origin" },
  });
  assert.equal(seen.length, 1);
});

test("a body larger than any list needs is refused", async (t) => {
  const { seen, server } = await startRecorder(t);
  const { status, text } = await ask(server, "POST", "/v1/accessTokens", {
    body: "x".repeat(256 * 1024 + 1),
  });
  assert.deepEqual([status, text], [413, "A body can have at most 262144 bytes."]);
  assert.deepEqual(seen, []);
});

test("a refusal of the proxy's own can't be taken for the service's word that a token is gone", async (t) => {
  const { server } = await startRecorder(t);
  for (const [method, path] of [
    ["DELETE", "/v1/accessTokens/a/b"],
    ["DELETE", "/v1/accessTokens/%2e"],
    ["GET", "/v1/accessTokens/1"],
  ]) {
    const { status, headers } = await ask(server, method, path);
    assert.ok(status === 404 || status === 405, String(status));
    assert.match(headers["content-type"], /^text\/plain/);
    assert.equal(headers["x-amzn-errortype"], undefined);
  }
});

test("when the page disconnects, the request to the service is cancelled", async (t) => {
  let arrive;
  const arrived = new Promise((resolve) => (arrive = resolve));
  const service = await listen(t, (_, response) => arrive({ response }));
  const { url, session } = await startBefore(t, service);
  const headers = { ...HEADERS, ...session };
  const sent = request(url, { path: "/v1/accessTokens/1", method: "DELETE", headers }).end();
  sent.on("error", () => {});
  const { response } = await arrived;
  // Sooner than the proxy's own limit, which would end it too.
  const closed = once(response, "close", { signal: AbortSignal.timeout(20_000) });
  sent.destroy();
  await closed;
});
