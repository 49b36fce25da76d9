// How guides are followed: what counts as a step, and what makes a guide fail.

import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { test } from "node:test";
import { follow } from "../../scripts/test-guides.mjs";
import { root } from "../../scripts/tools.mjs";
import { newReader } from "../guides/reader.mjs";
import { installFrom, isAsPromised, packagesOf, stepsOf } from "../guides/steps.mjs";
import { DOCUMENTS, read } from "./markdown.mjs";

const block = (info, code) => `\`\`\`${info}\n${code}\n\`\`\`\n`;
const guide = (...blocks) => ({ file: "docs/guides/none.md", steps: stepsOf(blocks.join("\n")) });

test("the steps of a guide are its files, its commands and what they print, in order", () => {
  const file = `Write [a/b.js](../../examples/none/a/b.js):\n\n${block("js", "1;")}`;
  const commands = [block("sh", "node a/b.js"), block("text", "one"), block("sh by-hand", "login")];
  assert.deepEqual(guide(file, ...commands).steps, [
    { kind: "write", line: 3, path: "a/b.js", source: "examples/none/a/b.js", code: "1;\n" },
    { kind: "run", line: 7, mode: "", code: "node a/b.js\n", promised: "one\n" },
    { kind: "run", line: 15, mode: "by-hand", code: "login\n" },
  ]);
});

test("a block that a reader wouldn't know what to do with is refused by its line", () => {
  assert.throws(() => guide(block("js", "1;")), /^Error: line 1: no link/);
  assert.throws(
    () => guide(block("sh", "ls"), block("sh later", "ls")),
    /^Error: line 5: .*"sh later"/,
  );
  assert.throws(() => guide(block("text", "one")), /^Error: line 1: this output/);
});

test("what is printed must be what the guide promises, but for its gaps", () => {
  assert.ok(isAsPromised("a\nb (1)\n", "a\nb (1)\n"));
  assert.ok(isAsPromised("a 17 b\nc\n", "a … b\n…\n"));
  assert.ok(isAsPromised("c\n", "…\nc\n"));
  assert.ok(isAsPromised("until 2027-06-28 01:31 UTC\n", "until 2026-12-02 16:00 UTC\n"));
  assert.ok(!isAsPromised("until never\n", "until 2026-12-02 16:00 UTC\n"));
  assert.ok(!isAsPromised("a\nb\n", "a\n"));
  assert.ok(isAsPromised("a\nb\n", "a\n", { isOver: false }));
  assert.ok(!isAsPromised("ab\n", "a.\n"));
  assert.ok(!isAsPromised("", "a\n"));
});

test("what a guide installs is known by name, and can come from elsewhere", () => {
  const command = "npm install --save-dev codecatalyst-pat @aws-sdk/client-codecatalyst";
  const steps = stepsOf(block("sh", `ls\n${command}`) + block("sh", "npm ci"));
  assert.deepEqual(packagesOf(steps), ["codecatalyst-pat", "@aws-sdk/client-codecatalyst", ""]);
  const code = installFrom(`${command}\necho codecatalyst-pat`, { "codecatalyst-pat": "x.tgz" });
  assert.equal(
    code,
    "npm install --save-dev x.tgz @aws-sdk/client-codecatalyst\necho codecatalyst-pat",
  );
});

// What fails, without the package.
const refuses = (steps, why) => assert.rejects(follow(steps, {}), why);

test("a guide fails with the line of the step that fails", async () => {
  await refuses(
    guide(block("sh", "echo one"), block("sh", "echo two; false; true")),
    /none\.md:5: .*1\.\n.*\ntwo/,
  );
  await refuses(
    guide(block("sh", "echo one"), block("text", "two")),
    /:1: .*promises:\ntwo\n.*\n.*\none/s,
  );
  await refuses(guide(block("sh background", "echo one"), block("text", "two")), /:1: It ended/);
});

test("a guide fails if it shows a file that differs from its example", async () => {
  const user = await readFile(join(root, "examples/testing/user.js"), "utf8");
  const shown = (code) =>
    guide(
      `[user.js](../../examples/testing/user.js):\n\n${block("js", code)}`,
      block("sh", "ls"),
      block("text", "user.js"),
    );
  assert.equal((await follow(shown(user.trimEnd()), {})).count, 1);
  await refuses(shown("export {};"), /:3: This isn't examples\/testing\/user\.js/);
});

test("a guide fails if no step of it can be checked", async () => {
  await refuses(guide(block("sh by-hand", "login")), /has no step that is checked/);
});

test("steps for people are listed and not counted", async () => {
  const steps = guide(block("sh by-hand", "false"), block("sh", "true"));
  assert.deepEqual(await follow(steps, {}), { count: 1, byHand: ["docs/guides/none.md:1"] });
});

test("a program goes on in the background until the guide ends", async () => {
  const server = "echo ready > log; echo Listening; sleep 600";
  const steps = guide(
    block("sh background", server),
    block("text", "Listening"),
    block("sh", "cat log"),
    block("text", "ready"),
  );
  assert.equal((await follow(steps, {})).count, 2);
});

test("a reader has nothing of this repository, and is signed in to the stand-in", async (t) => {
  const reader = await newReader("none", {}, { offline: true });
  t.after(() => reader.close());
  const said = await reader.open("ls -A; ls ~/.aws/sso/cache | wc -l; env").end();
  assert.match(said, /^1\n/);
  assert.ok(!said.includes(root));
  assert.match(said, new RegExp(`^AWS_ENDPOINT_URL_CODECATALYST=${reader.service.url}$`, "m"));
});

test("each file of an example is in its guide", async () => {
  const guides = await Promise.all(DOCUMENTS.filter((path) => path.includes("/guides/")).map(read));
  const steps = guides.flatMap((markdown) => stepsOf(markdown));
  const shown = steps.flatMap((step) => (step.kind === "write" ? [step.source] : []));
  const folders = new Set(shown.map((source) => source.split("/", 2).join("/")));
  assert.ok(folders.size > 3);
  for (const folder of folders)
    for (const file of await filesIn(folder)) assert.ok(shown.includes(file), file);
});

/** The files in a folder of the repository, by their paths from its root. */
async function filesIn(folder) {
  const entries = await readdir(join(root, folder), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => relative(root, join(parentPath, name)));
}
