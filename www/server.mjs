// The dashboard's server: the page's files, those of the package under /codecatalyst-pat/, and the
// service's API under /v1/. It answers nothing else.

import { readdir, readFile } from "node:fs/promises";
import { extname, join, relative, sep } from "node:path";
import { close, isLoopbackHost, listen, pathOf } from "../pkg-template/loopback-server.js";
import { createProxy } from "./proxy.mjs";

/** @import { IncomingHttpHeaders, IncomingMessage } from "node:http" */
/** @import { OutgoingHttpHeaders, ServerResponse } from "node:http" */
/** @import { Proxy } from "./proxy.mjs" */

/** The files of this folder that a browser may have. */
const PAGE_FILES = [
  "index.html",
  "style.css",
  "panels.css",
  "tools.css",
  "table.css",
  "narrow.css",
  "bar.css",
  "page.mjs",
  "state.mjs",
  "tasks.mjs",
  "lists.mjs",
  "sign-in.mjs",
  "sign-in-expiry.mjs",
  "refused-sign-in.mjs",
  "deletions.mjs",
  "rows.mjs",
  "outcomes.mjs",
  "render.mjs",
  "bar.mjs",
  "notice.mjs",
  "table.mjs",
  "row.mjs",
  "frames.mjs",
  "dom.mjs",
  "components/theme.css",
  "components/controls.css",
  "components/tokens.css",
  "components/confirmation.css",
  "components/confirmation.mjs",
  "components/pasted-token.mjs",
  "components/sign-in-words.mjs",
  "components/dom.mjs",
  "components/expiry.mjs",
  "components/icon.mjs",
  "components/relative-time.mjs",
  "components/token-id.mjs",
  "components/token-name.mjs",
];

/** @type {Record<string, string>} */
const CONTENT_TYPES = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".wasm": "application/wasm",
};

const SECURITY_HEADERS = {
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
 * @typedef {object} Site
 * @property {Map<string, string>} files  file paths by URL path
 * @property {URL} service
 * @property {Proxy} proxy
 * @property {number} port
 */

/**
 * Serves the dashboard on 127.0.0.1. The files are listed once, and read again for each request.
 * @param {object} options
 * @param {number} [options.port]
 * @param {string} options.service  the URL that API requests are forwarded to
 * @param {string} options.packageDir  the folder of the installed package
 */
export async function startServer({ port = 0, service, packageDir }) {
  const upstream = new URL(service);
  const proxy = createProxy(upstream);
  /** @type {Site} */
  const site = { files: await filesByPath(packageDir), service: upstream, proxy, port };
  const started = await listen(port, (request, response) => {
    answer(site, request, response).catch(() => response.destroy());
  });
  site.port = started.port;
  const stop = () => {
    proxy.close();
    return close(started.server);
  };
  return { url: started.url, close: stop };
}

/**
 * Paths are looked up here and never joined to a folder, so no spelling of a path can lead out of
 * it. Links are left out: they could.
 * @param {string} packageDir
 */
async function filesByPath(packageDir) {
  const entries = await readdir(packageDir, { recursive: true, withFileTypes: true });
  const packageFiles = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));
  return new Map([
    ...PAGE_FILES.map(
      (name) => /** @type {const} */ ([pagePath(name), join(import.meta.dirname, name)]),
    ),
    ...packageFiles.map((file) => /** @type {const} */ ([packagePath(packageDir, file), file])),
  ]);
}

/** @param {string} name */
const pagePath = (name) => (name === "index.html" ? "/" : `/${name}`);

/**
 * @param {string} packageDir
 * @param {string} file
 */
function packagePath(packageDir, file) {
  const segments = relative(packageDir, file).split(sep).map(encodeURIComponent);
  return `/codecatalyst-pat/${segments.join("/")}`;
}

/**
 * @param {Site} site
 * @param {IncomingMessage} request
 * @param {ServerResponse} response
 */
async function answer(site, request, response) {
  const isApi = request.url?.startsWith("/v1/") ?? false;
  const status = refusalStatus(request.headers, site.port, isApi);
  if (status) return refuse(response, status);
  return isApi ? site.proxy.forward(request, response) : answerFile(site, request, response);
}

/**
 * The status for a request that another site caused; undefined for one that is fine. A name can be
 * resolved to this machine (DNS rebinding), and a page of another site can send requests. The
 * browser reveals both in these headers; programs on this machine, which are trusted, don't send
 * the last two.
 * @param {IncomingHttpHeaders} headers
 * @param {number} port
 * @param {boolean} isApi
 */
function refusalStatus({ host, origin, "sec-fetch-site": site }, port, isApi) {
  if (host === undefined || !isLoopbackHost(host) || portOf(host) !== port) return 421;
  if (origin !== undefined && origin !== `http://${host.toLowerCase()}`) return 403;
  const allowed = isApi ? ["same-origin"] : ["same-origin", "none"];
  return site === undefined || allowed.includes(String(site)) ? undefined : 403;
}

/** @param {string} host */
const portOf = (host) => Number(/:(\d+)$/.exec(host)?.[1] ?? 80);

/**
 * @param {Site} site
 * @param {IncomingMessage} request
 * @param {ServerResponse} response
 */
async function answerFile(site, request, response) {
  if (request.method !== "GET" && request.method !== "HEAD") {
    return refuse(response, 405, { allow: "GET, HEAD" });
  }
  const path = pathOf(request);
  const file = site.files.get(path);
  if (file === undefined) return refuse(response, 404);
  const content = await readFile(file);
  const type = CONTENT_TYPES[extname(file)] ?? "text/plain; charset=utf-8";
  response.writeHead(200, { "content-type": type, ...SECURITY_HEADERS });
  response.end(path === "/" ? insertFacts(content, site) : content);
}

/**
 * @param {ServerResponse} response
 * @param {number} status
 * @param {OutgoingHttpHeaders} [headers]
 */
function refuse(response, status, headers) {
  response.writeHead(status, { "x-content-type-options": "nosniff", ...headers }).end();
}

/**
 * Tells the page what it has to know, in meta elements: its policy allows no inline script.
 * @param {Buffer} html
 * @param {Site} site
 */
function insertFacts(html, { service }) {
  /** @type {Record<string, string>} */
  const facts = { service: service.href.replace(/\/$/, ""), signedIn: "", sample: "" };
  return html.toString("utf8").replace(/\{\{(\w+)\}\}/g, (_, name) => escapeHtml(facts[name]));
}

/** @param {string} text */
const escapeHtml = (text) => text.replaceAll("&", "&amp;").replaceAll('"', "&quot;");
