// docs/command-line.md says what the command line does.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { withHelpTexts } from "../../scripts/help-texts.mjs";
import { root } from "../../scripts/tools.mjs";

const cli = join(root, "pkg/cli");
const cliModule = (file) => import(pathToFileURL(join(cli, file)).href);
const markdown = await readFile(join(root, "docs/command-line.md"), "utf8");

/** The commands of the examples, up to a pipe or a redirection. */
const commands = [...markdown.matchAll(/^```sh\n([\s\S]*?)^```$/gm)]
  .flatMap(([, block = ""]) => block.split("\n"))
  .flatMap((line) => /^codecatalyst-pat (.*?)(?: [|<].*)?$/.exec(line)?.[1] ?? []);

test("docs/command-line.md has the help that the program prints (else: node scripts/help-texts.mjs)", async () => {
  assert.equal(await withHelpTexts(markdown, cli), markdown);
});

test("docs/command-line.md: every command of an example is one that the program takes", async () => {
  const { parseArguments } = await cliModule("arguments.js");
  assert.ok(commands.length > 10);
  for (const words of commands)
    assert.ok(parseArguments(words.replaceAll("'", "").split(" ")), words);
});

test("docs/command-line.md: the exit codes are those of the program", async () => {
  const { EXIT } = await cliModule("cli-error.js");
  const codes = [...markdown.matchAll(/^\| (\d+) +\|/gm)].map(([, code]) => Number(code));
  assert.deepEqual(codes, Object.values(EXIT));
});

test("docs/command-line.md: each option of the AWS CLI that it names is taken or answered", async () => {
  const { KEYS_BY_NAME } = await cliModule("options.js");
  const { noOptionError, SEE_HELP } = await cliModule("suggestions.js");
  const [, section = ""] = markdown.split("## Coming from the AWS CLI");
  const names = [...section.matchAll(/^\| (`--.*?)\|/gm)].flatMap(([, cell = ""]) =>
    [...cell.matchAll(/--([\w-]+)/g)].map(([, name]) => name),
  );
  assert.ok(names.length > 10);
  for (const name of names.filter((known) => !KEYS_BY_NAME.has(known))) {
    const { message } = noOptionError({ name, rawName: `--${name}` });
    assert.notEqual(message, `There is no option --${name}. ${SEE_HELP}`);
  }
});
