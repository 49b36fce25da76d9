// Whether the links of the built site lead somewhere: files and anchors, across all its parts.

import { readdir, readFile } from "node:fs/promises";
import { join, posix, relative } from "node:path";

/**
 * What a file has: where its links lead, and the anchors that others can lead to.
 * @typedef {{ links: string[], anchors: Set<string> }} Content
 */

/**
 * The links within a site that lead nowhere, each with the file that has it.
 * @param {string} site
 */
export async function brokenLinks(site) {
  const files = await filesIn(site);
  const contents = new Map();
  for (const file of files) contents.set(file, await readContent(site, file));
  return files.flatMap((file) =>
    contents
      .get(file)
      .links.filter((/** @type {string} */ link) => !leadsSomewhere(link, file, contents))
      .map((/** @type {string} */ link) => `${file}: ${link}`),
  );
}

/** @param {string} folder */
async function filesIn(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => relative(folder, join(parentPath, name)).replaceAll("\\", "/"));
}

/**
 * @param {string} site
 * @param {string} file
 * @returns {Promise<Content>}
 */
async function readContent(site, file) {
  if (/\.(html|svg)$/.test(file)) return readHtml(await readFile(join(site, file), "utf8"));
  if (/\.(md|txt)$/.test(file)) return readMarkdown(await readFile(join(site, file), "utf8"));
  return { links: [], anchors: new Set() };
}

const TAG = /<[a-z][^\s>]*\s(?:"[^"]*"|'[^']*'|[^'">])*>/gi;
const ATTRIBUTE = /\s(href|src|id|name)=(?:"([^"]*)"|'([^']*)'|([^\s>]*))/gi;

/** @param {string} html @returns {Content} */
function readHtml(html) {
  const attributes = [...html.matchAll(TAG)].flatMap(([tag]) => [...tag.matchAll(ATTRIBUTE)]);
  const valuesOf = (/** @type {string[]} */ ...names) =>
    attributes
      .filter(([, name = ""]) => names.includes(name.toLowerCase()))
      .map(([, , a, b, c]) => (a ?? b ?? c ?? "").replaceAll("&amp;", "&"));
  return { links: valuesOf("href", "src"), anchors: new Set(valuesOf("id", "name")) };
}

/** @param {string} markdown @returns {Content} */
function readMarkdown(markdown) {
  const links = [...markdown.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = ""]) => link);
  return { links, anchors: anchorsOf(markdown) };
}

/** The anchors of a document's headings. @param {string} markdown */
export const anchorsOf = (markdown) =>
  new Set([...markdown.matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) => slug(heading)));

/** As GitHub names the anchor of a heading. @param {string} heading */
const slug = (heading) =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, "")
    .replaceAll(/\s/g, "-");

/**
 * @param {string} link
 * @param {string} from
 * @param {Map<string, Content>} contents
 */
function leadsSomewhere(link, from, contents) {
  if (/^[a-z]+:|^\/\//i.test(link)) return true; // out of the site
  const [path = "", anchor = ""] = link.split("#");
  const content = contents.get(path === "" ? from : resolve(path, from));
  if (!content) return false;
  // rustdoc leads to ranges of lines, such as 10-20.
  const anchors = /^\d+-\d+$/.test(anchor) ? anchor.split("-") : [anchor];
  const isThere = (/** @type {string} */ name) =>
    content.anchors.has(name) || content.anchors.has(decodeURIComponent(name));
  return anchor === "" || anchors.every(isThere);
}

/** @param {string} path @param {string} from */
function resolve(path, from) {
  const target = posix.join(posix.dirname(from), decodeURI(path.split("?")[0] ?? ""));
  return target.endsWith("/") ? posix.join(target, "index.html") : target;
}
