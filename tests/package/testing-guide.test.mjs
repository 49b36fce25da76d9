// docs/testing.md: its examples run in the real test runners, against the installed package, and are
// the files of examples/testing. Its tables name what there is.

import assert from "node:assert/strict";
import { cp, readdir, readFile, writeFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { before, test } from "node:test";
import { close, listen } from "../../pkg-template/loopback-server.js";
import { ROUTES } from "../../pkg-template/testing/control.js";
import { npmProgram, root } from "../../scripts/tools.mjs";
import { codeIn, guide, tableRows } from "./guide.mjs";
import { node, project } from "./installed.mjs";

const EXAMPLES = join(root, "examples/testing");

// ---------------------------------------------------------------------- examples

let folder;

before(async () => {
  folder = await project("testing-guide");
  await cp(EXAMPLES, folder, { recursive: true });
});

/** Runs a test runner in the project; gives its exit code and all that it printed. */
async function run(program, args, env) {
  const path = [join(root, "node_modules/.bin"), process.env.PATH].join(delimiter);
  // Of the runner that runs this file, which others would take for theirs.
  const own = { NODE_TEST_CONTEXT: undefined, NODE_OPTIONS: "" };
  const all = { ...own, CI: "true", NO_COLOR: "1", FORCE_COLOR: undefined, PATH: path, ...env };
  const { code, stdout, stderr } = await node(folder, [npmProgram(program), ...args], all);
  return { code, printed: stdout + stderr };
}

test("the examples for Vitest and msw pass", async () => {
  const { code, printed } = await run("vitest/vitest.mjs", [
    "run",
    "--max-workers=1",
    "--no-isolate",
    "vitest",
    "msw",
  ]);
  assert.match(printed, /^ *Tests +8 passed \(8\)$/m);
  assert.equal(code, 0);
});

test("the example for Jest passes", async () => {
  const { code, printed } = await run("jest/bin/jest.js", ["--rootDir", folder, "jest/"]);
  assert.match(printed, /^Tests: +4 passed, 4 total$/m);
  assert.equal(code, 0);
});

// The config of the example, with the browser of this machine.
const WITH_BROWSER = `
  import { chromiumOptions } from ${JSON.stringify(join(root, "scripts/hosts.mjs"))};
  import config from "./playwright.config.js";
  export default { ...config, use: { ...config.use, launchOptions: chromiumOptions() } };`;

test("the example for Playwright passes", async () => {
  await writeFile(join(folder, "playwright/browser.config.js"), WITH_BROWSER);
  const { server, port } = await listen(0, () => {});
  await close(server);
  const args = ["test", "--config", "playwright/browser.config.js"];
  const { code, printed } = await run("@playwright/test/cli.js", args, { PORT: String(port) });
  assert.match(printed, /^ *2 passed/m);
  assert.equal(code, 0);
});

// -------------------------------------------------------------------- the guide

/** Each block of the guide that follows a link to its file. */
function blocks() {
  const linked = /\(\.\.\/examples\/testing\/([^)]+)\):\n\n```\w+\n([\s\S]*?)^```$/gm;
  return [...guide.matchAll(linked)].map(([, file, code]) => ({ file, code }));
}

test("each example in the guide is its file, and each file is in the guide", async () => {
  for (const { file, code } of blocks())
    assert.equal(code, await readFile(join(EXAMPLES, file), "utf8"), file);
  const entries = await readdir(EXAMPLES, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(EXAMPLES.length + 1));
  assert.deepEqual(
    blocks()
      .map(({ file }) => file)
      .sort(),
    files.sort(),
  );
});

test("the guide has no other code in JavaScript", () => {
  const fences = guide.match(/^```(?:js|ts|html)$/gm) ?? [];
  assert.equal(fences.length, blocks().length);
});

const firstCells = (heading) => tableRows(heading).flatMap(([cell]) => codeIn(cell));

test("the guide has each control route", () => {
  assert.deepEqual(firstCells("Route").sort(), Object.keys(ROUTES).sort());
});

test("the guide has each member of the service", async () => {
  const types = await readFile(join(root, "pkg-template/testing/index.d.ts"), "utf8");
  const body = /^export interface Service \{\n([\s\S]*?)^\}/m.exec(types)?.[1] ?? "";
  const members = [...body.matchAll(/^ {2}(?:readonly )?(\w+)[:(]/gm)].map(([, name]) => name);
  const shown = firstCells("Member of the service").map((code) => code.split("(")[0]);
  assert.ok(members.length > 10);
  assert.deepEqual(shown.sort(), members.sort());
});
