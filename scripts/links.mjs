// Where the project's repository is. The package.json of this clone says so, with OWNER still to be
// filled in, and the published manifest and documents take it from there. Cargo.toml has a copy, and
// a test compares the two.

import { readFile, writeFile } from "node:fs/promises";
import { join, posix } from "node:path";
import { root, stated } from "./tools.mjs";

const repository = `https://github.com/${stated("package.json", /"repository": "github:([^"]+)"/)}`;

/** The fields of the manifest that lead to the project. */
export const places = {
  homepage: `${repository}#readme`,
  repository: { type: "git", url: `git+${repository}.git` },
  bugs: { url: `${repository}/issues` },
};

/**
 * Where the repository has a version's files: to look at (blob), or as they are (raw).
 * @param {"blob" | "raw"} kind
 * @param {string} version
 */
export const repositoryUrl = (kind, version) => `${repository}/${kind}/v${version}`;

/**
 * Markdown whose relative links lead to the repository at a version: npm's page has no other files.
 * @param {string} markdown
 * @param {string} version
 * @param {{ path?: string, keeps?: (path: string) => boolean }} [options] where the document is, and
 *   which links of it stay as they are
 */
export function withAbsoluteLinks(markdown, version, { path = "", keeps = () => false } = {}) {
  // A link within the document, or with a scheme, stays as it is.
  const relative = /(!?)(\[[^\]]*\])\((?!#|[a-z]+:)([^)#]+)([^)]*)\)/g;
  return markdown.replaceAll(relative, (link, bang, text, to, anchor) => {
    const target = posix.join(posix.dirname(path), to);
    if (keeps(target)) return link;
    return `${bang}${text}(${repositoryUrl(bang ? "raw" : "blob", version)}/${target}${anchor})`;
  });
}

/**
 * Writes the manifest and the documents of the package, with the links that npm's page needs.
 * @param {string} folder
 */
export async function writeDocuments(folder) {
  const manifest = JSON.parse(await readFile(join(root, "pkg-template/package.json"), "utf8"));
  const linked = `${JSON.stringify({ ...manifest, ...places }, null, 2)}\n`;
  await writeFile(join(folder, "package.json"), linked);
  for (const file of ["README.md", "CHANGELOG.md"]) {
    const markdown = await readFile(join(root, file), "utf8");
    await writeFile(join(folder, file), withAbsoluteLinks(markdown, manifest.version));
  }
}
