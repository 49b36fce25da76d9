// Where the project lives. package.json at the top says it, OWNER being a name still to be filled in;
// the published manifest and documents get it from there. Cargo.toml says it too, and a test compares.

import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { root, stated } from "./tools.mjs";

const repository = `https://github.com/${stated("package.json", /"repository": "github:([^"]+)"/)}`;

/** What a manifest says of the project's place. */
export const places = {
  homepage: `${repository}#readme`,
  repository: { type: "git", url: `git+${repository}.git` },
  bugs: { url: `${repository}/issues` },
};

/**
 * Markdown whose links lead to the repository, as it is at a version: npm's page has no other files.
 * @param {string} markdown
 * @param {string} version
 */
export function withAbsoluteLinks(markdown, version) {
  // A link to a place in the same document, or with a scheme, stays as it is.
  return markdown.replaceAll(/(!?)(\[[^\]]*\])\((?!#|[a-z]+:)([^)]+)\)/g, (_, mark, text, path) => {
    const kind = mark === "!" ? "raw" : "blob";
    return `${mark}${text}(${repository}/${kind}/v${version}/${path})`;
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
