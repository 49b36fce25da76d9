// node scripts/help-texts.mjs: writes the help of the command line, as it was built, into its document.

import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { root } from "./tools.mjs";

const START = "<!-- help: written by scripts/help-texts.mjs -->\n";

/**
 * The document with the help of the program and of each command at its end.
 *
 * @param {string} markdown
 * @param {string} cli the folder of the built command line
 */
export async function withHelpTexts(markdown, cli) {
  const { helpFor } = await import(pathToFileURL(join(cli, "help.js")).href);
  const { SHOWN_COMMANDS } = await import(pathToFileURL(join(cli, "commands.js")).href);
  const names = SHOWN_COMMANDS.map((/** @type {{ name: string }} */ { name }) => name);
  const sections = [undefined, ...names].map((name) => {
    const title = ["codecatalyst-pat help", name].filter(Boolean).join(" ");
    return `### \`${title}\`\n\n\`\`\`text\n${helpFor(name)}\n\`\`\`\n`;
  });
  const end = markdown.indexOf(START) + START.length;
  return `${markdown.slice(0, end)}\n${sections.join("\n")}`;
}

if (process.argv[1] === import.meta.filename) {
  const document = join(root, "docs/command-line.md");
  const markdown = await readFile(document, "utf8");
  await writeFile(document, await withHelpTexts(markdown, join(root, "pkg/cli")));
}
