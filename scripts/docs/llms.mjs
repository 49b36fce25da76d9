// llms.txt (https://llmstxt.org): what language models should read of the project, and where. It is
// in the repository's root, and in that of the site, which has the same documents at the same paths.

import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { root } from "../tools.mjs";
import { allDocuments } from "./documents.mjs";

/** The types: each option, result and error has its documentation there. */
export const TYPES = {
  "pkg-template/index.d.ts": "The functions, their options and results, and the errors.",
  "pkg-template/aws/index.d.ts": "`codecatalyst-pat/aws` finds the bearer token.",
  "pkg-template/format-error.d.ts": "`codecatalyst-pat/format-error` puts errors into words.",
  "pkg-template/testing/index.d.ts": "`codecatalyst-pat/testing` is a stand-in for the service.",
};

/** What llms.txt must contain. */
export async function describeForModels() {
  const [readme, ...documents] = await allDocuments();
  const section = (/** @type {string} */ group, heading = group) => {
    const own = documents.filter((document) => document.group === group);
    const lines = own.map(({ title, path, summary }) => `- [${title}](${path}): ${summary}\n`);
    return lines.length > 0 ? `\n## ${heading}\n\n${lines.join("")}` : "";
  };
  const types = Object.entries(TYPES).map(([path, text]) => `- [${path}](${path}): ${text}\n`);
  return `# ${readme?.title}

> ${readme?.summary}

[README.md](README.md) has the first calls, the command line, the names of errors, and the tested hosts.
${section("Documents")}
## Types

${types.join("")}${section("Guides")}${section("Project", "Optional")}`;
}

if (process.argv[1] === import.meta.filename)
  await writeFile(join(root, "llms.txt"), await describeForModels());
