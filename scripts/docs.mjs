// npm run docs: the site in docs/site. TypeDoc makes its pages of the types and of the documents,
// rustdoc those of the crate. A warning or a link that leads nowhere fails.

import { cp, mkdir, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { main } from "./checks.mjs";
import { brokenLinks } from "./docs/check-links.mjs";
import { allDocuments } from "./docs/documents.mjs";
import { TYPES } from "./docs/llms.mjs";
import { repositoryUrl, withAbsoluteLinks } from "./links.mjs";
import { manifest } from "./sbom.mjs";
import { setUpDocs } from "./setup.mjs";
import { root, run, toolsDir, wasmTarget } from "./tools.mjs";

/** @import { Document } from "./docs/documents.mjs" */

const SITE = join(root, "docs/site");
/** The documents as TypeDoc reads them. */
const PAGES = join(root, "target/docs");

/** Builds the site, and gives how many documents it has. */
export async function buildDocs() {
  const { version } = await manifest();
  const documents = await linkedDocuments(version);
  await writePages(documents);
  await runTypeDoc(version);
  await documentCrate();
  await cp(join(root, "target/wasm32-unknown-unknown/doc"), join(SITE, "rust"), {
    recursive: true,
  });
  await writeForModels(documents);
  const broken = await brokenLinks(SITE);
  if (broken.length > 0) throw new Error(`links lead nowhere:\n${broken.join("\n")}`);
  return documents.length;
}

/**
 * The documents, with links to each other as they are, and all others to the repository.
 * @param {string} version
 */
async function linkedDocuments(version) {
  const documents = await allDocuments();
  const paths = new Set(documents.map(({ path }) => path));
  const keeps = (/** @type {string} */ path) => paths.has(path) || path.endsWith(".png");
  return documents.map(({ markdown, ...document }) => ({
    ...document,
    markdown: withAbsoluteLinks(markdown, version, { path: document.path, keeps }),
  }));
}

/** @param {Document[]} documents */
async function writePages(documents) {
  await rm(PAGES, { recursive: true, force: true });
  await copyInto(PAGES, "www/dashboard.png");
  for (const { path, title, group, markdown } of documents) {
    const plainTitle = JSON.stringify(title.replaceAll("`", ""));
    const head = `---\ntitle: ${plainTitle}\ngroup: ${group}\n---\n\n`;
    await writeInto(PAGES, path, path === "README.md" ? markdown : head + markdown);
  }
}

/** What llms.txt leads to. @param {Document[]} documents */
async function writeForModels(documents) {
  const files = ["llms.txt", "www/dashboard.png", ...Object.keys(TYPES)];
  for (const file of files) await copyInto(SITE, file);
  for (const { path, markdown } of documents) await writeInto(SITE, path, markdown);
}

/** @param {string} folder @param {string} path */
const copyInto = (folder, path) => cp(join(root, path), join(folder, path), { recursive: true });

/** @param {string} folder @param {string} path @param {string} text */
async function writeInto(folder, path, text) {
  await mkdir(dirname(join(folder, path)), { recursive: true });
  await writeFile(join(folder, path), text);
}

/** @param {string} version */
async function runTypeDoc(version) {
  const program = join(toolsDir, "typedoc/node_modules/typedoc/bin/typedoc");
  const args = [
    ...["--options", join(root, "scripts/docs/typedoc.json")],
    ...["--name", `codecatalyst-pat ${version}`],
    ...["--basePath", root],
    ...["--sourceLinkTemplate", `${repositoryUrl("blob", version)}/{path}#L{line}`],
  ];
  await run(process.execPath, [program, ...args], { env: { NO_COLOR: "1" } });
}

/** Runs rustdoc over core and edge; its pages are in target. */
export function documentCrate() {
  const args = ["doc", "--locked", "--no-deps", "--document-private-items", ...wasmTarget];
  const flags = "-D warnings -Zunstable-options --enable-index-page";
  return run("cargo", args, { env: { RUSTDOCFLAGS: flags } });
}

if (process.argv[1] === import.meta.filename) {
  await main(() => setUpDocs(), {
    "the site, in docs/site": async () => `${await buildDocs()} documents`,
  });
}
