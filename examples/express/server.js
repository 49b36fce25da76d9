// Serves the page, and forwards its calls to CodeCatalyst.

import express from "express";

const SERVICE = process.env.CODECATALYST_URL ?? "https://codecatalyst.global.api.aws";
const PORT = process.env.PORT ?? 8080;

const SECURITY_HEADERS = {
  "content-security-policy":
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; " +
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
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

// One segment, not `.` or `..`: URL parsers would walk up the path there.
const TOKEN_PATH = /^\/v1\/accessTokens\/(?!(?:\.|%2[Ee]){1,2}$)(?:[\w.~-]|%[0-9A-Fa-f]{2})+$/;

const isOperation = ({ method, url }) =>
  method === "POST" ? url === "/v1/accessTokens" : method === "DELETE" && TOKEN_PATH.test(url);

const app = express();
app.disable("x-powered-by");
app.use((_request, response, next) => {
  response.set(SECURITY_HEADERS);
  next();
});
app.use("/codecatalyst", checkOperation, express.raw({ type: () => true, limit: "64kb" }), forward);
app.use(express.static("public"));
app.listen(PORT, "127.0.0.1", () => console.log(`http://localhost:${PORT}`));

function checkOperation(request, response, next) {
  if (isOperation(request)) next();
  else refuse(response, 404, "There is no such operation.");
}

async function forward(request, response) {
  const left = new AbortController();
  response.once("close", () => left.abort());
  const timeout = AbortSignal.timeout(TIMEOUT_MS);
  try {
    // Not request.params: they are decoded, and would turn %2F in an id into a slash.
    const reply = await fetch(SERVICE + request.url, {
      method: request.method,
      headers: pick(new Headers(request.headers), REQUEST_HEADERS),
      body: request.method === "POST" ? request.body : undefined,
      redirect: "manual",
      signal: AbortSignal.any([left.signal, timeout]),
    });
    const body = Buffer.from(await reply.arrayBuffer());
    const headers = { ...pick(reply.headers, REPLY_HEADERS), "cache-control": "no-store" };
    response.writeHead(reply.status, headers).end(body);
  } catch {
    refuse(response, timeout.aborted ? 504 : 502, "CodeCatalyst gave no answer.");
  }
}

const pick = (headers, names) =>
  Object.fromEntries(names.map((name) => [name, headers.get(name)]).filter(([, value]) => value));

// Plain text: the package would take JSON with a `message` for the service's own answer.
function refuse(response, status, message) {
  response.status(status).type("text/plain").set("cache-control", "no-store").send(`${message}\n`);
}
