// llms.txt (https://llmstxt.org): what language models should read of the project, and where. It is
// in the repository's root, and in that of the site, which has the same documents at the same paths.

import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { root } from "../tools.mjs";
import { allDocuments } from "./documents.mjs";

/** What llms.txt must contain. */
export async function describeForModels() {
  const [readme, ...documents] = await allDocuments();
  const sections = ["Documents", "Guides", "Project"].map((group) => {
    const own = documents.filter((document) => document.group === group);
    const lines = own.map(({ title, path, summary }) => `- [${title}](${path}): ${summary}\n`);
    return lines.length > 0 ? `\n## ${group}\n\n${lines.join("")}` : "";
  });
  return `# ${readme?.title}

> ${readme?.summary}

[README.md](README.md) has the first calls, the command line, the names of errors, and the tested hosts.
${sections.join("")}`;
}

if (process.argv[1] === import.meta.filename)
  await writeFile(join(root, "llms.txt"), await describeForModels());
