// The files that a browser gets: those of the page, and the package under /codecatalyst-pat/.

import { readdir, readFile } from "node:fs/promises";
import { extname, join, relative, sep } from "node:path";

const CONTENT_TYPES = new Map([
  [".html", "text/html; charset=utf-8"],
  [".css", "text/css; charset=utf-8"],
  [".js", "text/javascript; charset=utf-8"],
  [".mjs", "text/javascript; charset=utf-8"],
  [".json", "application/json"],
  [".wasm", "application/wasm"],
]);

/**
 * What the page has to know. It stands in meta elements: the page's policy allows no inline script.
 *
 * @typedef {object} PageFacts
 * @property {string} service the service's URL
 * @property {string} signedIn what the server is signed in with; empty if the page asks for a token
 * @property {string} sample the same for sample tokens; empty for real ones
 */

/**
 * Lists the files by their URL's path. Paths are looked up there and never joined to a folder, so no
 * spelling of a path leads out of it. Links are left out: they could.
 *
 * @param {{ pageDir: string, packageDir: string }} folders
 * @returns {Promise<Map<string, string>>}
 */
export async function listFiles({ pageDir, packageDir }) {
  const [page, ofPackage] = await Promise.all([filesIn(pageDir), filesIn(packageDir)]);
  const served = page.filter((file) => CONTENT_TYPES.has(extname(file)));
  return new Map([
    ...served.map((file) => entry("/", pageDir, file)),
    ...ofPackage.map((file) => entry("/codecatalyst-pat/", packageDir, file)),
  ]);
}

/** @param {string} folder */
async function filesIn(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((each) => each.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));
}

/**
 * @param {string} prefix
 * @param {string} folder
 * @param {string} file
 * @returns {[path: string, file: string]}
 */
function entry(prefix, folder, file) {
  const path = relative(folder, file).split(sep).map(encodeURIComponent).join("/");
  return [prefix + (prefix === "/" && path === "index.html" ? "" : path), file];
}

/**
 * Reads a file, each time anew.
 *
 * @param {string} file
 * @param {PageFacts} facts
 */
export async function readPageFile(file, facts) {
  const content = await readFile(file);
  const type = CONTENT_TYPES.get(extname(file)) ?? "text/plain; charset=utf-8";
  const isPage = extname(file) === ".html";
  return { type, content: isPage ? insertFacts(content.toString("utf8"), facts) : content };
}

/**
 * @param {string} html
 * @param {PageFacts} facts
 */
const insertFacts = (html, facts) =>
  html.replace(/\{\{(\w+)\}\}/g, (_, name) =>
    escapeHtml(facts[/** @type {keyof PageFacts} */ (name)]),
  );

/** @param {string} text */
export const escapeHtml = (text) =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
