// The documents of the project: which there are, and what the site and llms.txt say of them.

import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { root } from "../tools.mjs";

/**
 * A document: `group` is the heading under which the site and llms.txt have it, `summary` its first
 * sentence.
 * @typedef {{ path: string, group: string, title: string, summary: string, markdown: string }} Document
 */

const PROJECT = ["CHANGELOG.md", "CONTRIBUTING.md", "DESIGN.md", "SECURITY.md"];

/** All documents: README.md first, those of the project last. */
export async function allDocuments() {
  const [documents, guides] = [await documentsIn("docs"), await documentsIn("docs/guides")];
  return Promise.all(["README.md", ...documents, ...guides, ...PROJECT].map(readDocument));
}

/** @param {string} folder */
async function documentsIn(folder) {
  const names = await readdir(join(root, folder)).catch(() => []);
  const documents = names.filter((name) => name.endsWith(".md")).sort();
  return documents.map((name) => `${folder}/${name}`);
}

/**
 * @param {string} path
 * @returns {Promise<Document>}
 */
async function readDocument(path) {
  const markdown = await readFile(join(root, path), "utf8");
  const [, title, paragraph] = /^# (.+)\n\n((?:.+\n)+)/.exec(markdown) ?? [];
  if (!title || !paragraph || !/^[\w`]/.test(paragraph))
    throw new Error(`${path} must begin with a title and a sentence that says what it is about`);
  return { path, group: groupOf(path), title, summary: summarize(paragraph), markdown };
}

/** @param {string} path */
function groupOf(path) {
  if (path.startsWith("docs/guides/")) return "Guides";
  return PROJECT.includes(path) ? "Project" : "Documents";
}

/** The first sentence of a paragraph, without links. @param {string} paragraph */
function summarize(paragraph) {
  const text = paragraph.replaceAll("\n", " ").replaceAll(/\[([^\]]*)\]\([^)]*\)/g, "$1");
  return /^.*?\.(?= |$)/.exec(text)?.[0] ?? text.trim();
}
