// The page's server: the three files of the page, and those of the packed
// package under /codecatalyst-pat/. Nothing else exists for it.

import { once } from "node:events";
import { readdir, readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { isLoopbackHost } from "./service.mjs";

const PAGE_FOLDER = fileURLToPath(new URL(".", import.meta.url));
const PAGE_FILES = { "/": "index.html", "/page.mjs": "page.mjs", "/style.css": "style.css" };

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".wasm": "application/wasm",
};

/**
 * Serves the page on 127.0.0.1. `service` is the URL its requests go to, and `packageDir` the folder of
 * the packed package. The files are listed here, once; their content is read anew for each request.
 */
export async function startServer({ port = 0, service, packageDir }) {
  const site = { files: await filesByPath(packageDir), service: new URL(service) };
  const server = createServer((request, response) => {
    answer(site, request, response).catch(() => response.destroy());
  });
  await once(server.listen(port, "127.0.0.1"), "listening");
  return { url: `http://127.0.0.1:${server.address().port}`, close: () => close(server) };
}

// Paths are looked up in this list and never joined to a folder, so no spelling of a
// path can lead out of it. Links are left out: they could.
async function filesByPath(packageDir) {
  const page = Object.entries(PAGE_FILES).map(([path, name]) => [path, join(PAGE_FOLDER, name)]);
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
  // A name that was made to lead here must not be able to read the page.
  if (!isLoopbackHost(request.headers.host)) return refuse(response, 421);
  if (!["GET", "HEAD"].includes(request.method)) return refuse(response, 405, { allow: "GET, HEAD" });
  const path = request.url.split("?", 1)[0];
  const file = site.files.get(path);
  if (file === undefined) return refuse(response, 404);
  const content = await readFile(file);
  const type = TYPES[extname(file)] ?? "text/plain; charset=utf-8";
  response.writeHead(200, { "content-type": type, ...safeguards(site.service) });
  response.end(path === "/" ? withService(content, site.service) : content);
}

function refuse(response, status, headers) {
  response.writeHead(status, { "x-content-type-options": "nosniff", ...headers }).end();
}

function safeguards(service) {
  return {
    "content-security-policy": contentSecurityPolicy(service),
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cache-control": "no-store",
  };
}

function contentSecurityPolicy(service) {
  return [
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "style-src 'self'",
    `connect-src 'self' ${service.origin}`,
    "img-src 'self' data:",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
}

// A meta element is how the page learns of its service: the policy above allows
// no script in the page that could say it.
function withService(html, service) {
  const url = service.href.replace(/\/$/, "");
  const value = url.replaceAll("&", "&amp;").replaceAll('"', "&quot;");
  return html.toString("utf8").replace("{{service}}", () => value);
}

async function close(server) {
  if (!server.listening) return;
  const closed = once(server, "close");
  server.close();
  server.closeAllConnections();
  await closed;
}
