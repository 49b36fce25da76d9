// Forwards the page's calls to CodeCatalyst. Cloudflare serves the page itself, from public/.

import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";

const SECURITY_HEADERS = {
  "cache-control": "no-store",
  "content-security-policy": "default-src 'none'",
  "x-content-type-options": "nosniff",
};
const REQUEST_HEADERS = ["authorization", "accept", "content-type"];
const REPLY_HEADERS = [
  "content-type",
  "retry-after",
  "x-amz-retry-after",
  "x-amzn-errortype",
  "x-amzn-requestid",
];

// Longer than the package waits for an attempt by default.
const TIMEOUT_MS = 30_000;

// One segment. URL parsing has removed `.` and `..`, and the rest is as it came.
const TOKEN_PATH = /^\/v1\/accessTokens\/(?:[\w.~-]|%[0-9A-Fa-f]{2})+$/;

const isOperation = (method, path) =>
  method === "POST" ? path === "/v1/accessTokens" : method === "DELETE" && TOKEN_PATH.test(path);

const app = new Hono();

app.all("/codecatalyst/*", bodyLimit({ maxSize: 64 * 1024 }), async (c) => {
  // Not c.req.path, nor c.req.param(): they are decoded, and could name another token.
  const { pathname, search } = new URL(c.req.url);
  const path = pathname.slice("/codecatalyst".length) + search;
  const { method, headers } = c.req.raw;
  if (!isOperation(method, path)) return refuse(404, "There is no such operation.");
  const timeout = AbortSignal.timeout(TIMEOUT_MS);
  try {
    const reply = await fetch(c.env.CODECATALYST_URL + path, {
      method,
      headers: pick(headers, REQUEST_HEADERS),
      body: method === "POST" ? await c.req.arrayBuffer() : undefined,
      redirect: "manual",
      signal: timeout,
    });
    const body = await reply.arrayBuffer();
    return new Response(body.byteLength > 0 ? body : null, {
      status: reply.status,
      headers: { ...pick(reply.headers, REPLY_HEADERS), ...SECURITY_HEADERS },
    });
  } catch {
    return refuse(timeout.aborted ? 504 : 502, "CodeCatalyst gave no answer.");
  }
});

const pick = (headers, names) =>
  Object.fromEntries(names.map((name) => [name, headers.get(name)]).filter(([, value]) => value));

// Plain text: the package would take JSON with a `message` for the service's own answer.
const refuse = (status, message) =>
  new Response(`${message}\n`, { status, headers: SECURITY_HEADERS });

export default app;
