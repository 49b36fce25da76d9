// The page's server: the files of the page, those of the packed package under /codecatalyst-pat/, and the
// service's API under /v1/. Nothing else exists for it.

import { once } from "node:events";
import { readdir, readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { createProxy } from "./proxy.mjs";
import { isLoopbackHost } from "./service.mjs";

const PAGE_FOLDER = fileURLToPath(new URL(".", import.meta.url));

/** What a browser gets of this folder. */
const PAGE_FILES = [
  "index.html",
  "style.css",
  "panels.css",
  "tools.css",
  "table.css",
  "page.mjs",
  "state.mjs",
  "work.mjs",
  "tokens.mjs",
  "outcomes.mjs",
  "words.mjs",
  "screen.mjs",
  "table.mjs",
  "confirmation.mjs",
  "dom.mjs",
];

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".wasm": "application/wasm",
};

// SSO tokens are long; Node's limit for all headers together is 16 KiB.
const MAX_HEADER_BYTES = 64 * 1024;

const SAFEGUARDS = {
  "content-security-policy": [
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "style-src 'self'",
    "connect-src 'self'",
    "img-src 'self' data:",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join("; "),
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cache-control": "no-store",
};

/**
 * Serves the page on 127.0.0.1. `service` is the URL that its requests are passed on to, and `packageDir` the
 * folder of the packed package. The files are listed here, once; their content is read anew for each request.
 */
export async function startServer({ port = 0, service, packageDir }) {
  const upstream = new URL(service);
  const proxy = createProxy(upstream);
  const site = { files: await filesByPath(packageDir), service: upstream, proxy };
  const server = createServer({ maxHeaderSize: MAX_HEADER_BYTES }, (request, response) => {
    answer(site, request, response).catch(() => response.destroy());
  });
  await once(server.listen(port, "127.0.0.1"), "listening");
  site.port = server.address().port;
  return { url: `http://127.0.0.1:${site.port}`, close: () => close(server, proxy) };
}

// Paths are looked up in this list and never joined to a folder, so no spelling of a
// path can lead out of it. Links are left out: they could.
async function filesByPath(packageDir) {
  const page = PAGE_FILES.map((name) => [
    name === "index.html" ? "/" : `/${name}`,
    join(PAGE_FOLDER, name),
  ]);
  const entries = await readdir(packageDir, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const packed = files.map(({ parentPath, name }) => join(parentPath, name));
  return new Map([...page, ...packed.map((file) => [packagePath(packageDir, file), file])]);
}

function packagePath(packageDir, file) {
  const segments = relative(packageDir, file).split(sep).map(encodeURIComponent);
  return `/codecatalyst-pat/${segments.join("/")}`;
}

async function answer(site, request, response) {
  const isApi = request.url.startsWith("/v1/");
  const refusal = refusalOf(request.headers, site.port, isApi);
  if (refusal) return refuse(response, refusal);
  return isApi ? site.proxy.pass(request, response) : answerFile(site, request, response);
}

// A name can be made to lead here, and a page of another site can send requests. The browser says so in these
// headers; programs of this machine, which are trusted, do not send the last two.
function refusalOf({ host, origin, "sec-fetch-site": from }, port, isApi) {
  if (!isLoopbackHost(host) || portOf(host) !== port) return 421;
  if (origin !== undefined && origin !== `http://${host.toLowerCase()}`) return 403;
  const welcome = isApi ? ["same-origin"] : ["same-origin", "none"];
  return from === undefined || welcome.includes(from) ? undefined : 403;
}

const portOf = (host) => Number(/:(\d+)$/.exec(host)?.[1] ?? 80);

async function answerFile(site, request, response) {
  if (!["GET", "HEAD"].includes(request.method))
    return refuse(response, 405, { allow: "GET, HEAD" });
  const path = request.url.split("?", 1)[0];
  const file = site.files.get(path);
  if (file === undefined) return refuse(response, 404);
  const content = await readFile(file);
  const type = TYPES[extname(file)] ?? "text/plain; charset=utf-8";
  response.writeHead(200, { "content-type": type, ...SAFEGUARDS });
  response.end(path === "/" ? withService(content, site.service) : content);
}

function refuse(response, status, headers) {
  response.writeHead(status, { "x-content-type-options": "nosniff", ...headers }).end();
}

// A meta element is how the page learns where its requests end: the policy above allows
// no script in the page that could say it.
function withService(html, service) {
  const url = service.href.replace(/\/$/, "");
  const value = url.replaceAll("&", "&amp;").replaceAll('"', "&quot;");
  return html.toString("utf8").replace("{{service}}", () => value);
}

async function close(server, proxy) {
  proxy.close();
  if (!server.listening) return;
  const closed = once(server, "close");
  server.close();
  server.closeAllConnections();
  await closed;
}
