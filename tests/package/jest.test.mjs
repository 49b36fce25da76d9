// The package in real Jest with its defaults, which are CommonJS: no ES modules, no transformation of node_modules.

import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { sample, startService } from "../../pkg-template/testing/index.js";
import { npmProgram } from "../../scripts/tools.mjs";
import { node, project } from "./installed.mjs";

const [FIRST, SECOND] = sample.tokens.map(({ id }) => id);

const suite = (service) => `
  const { CodeCatalystError, deleteAccessToken, listAccessTokens } = require("codecatalyst-pat");
  const options = { endpoint: "${service.url}" };

  test("deletes", async () => {
    const output = await deleteAccessToken("${sample.bearer}", "${FIRST}", options);
    expect(output).toEqual({ attempts: 1, alreadyDeleted: false, requestId: expect.any(String) });
  });

  test("lists", async () => {
    const ids = [];
    for await (const { id } of listAccessTokens("${sample.bearer}", options)) ids.push(id);
    expect(ids).toContain("${SECOND}");
    expect(ids).not.toContain("${FIRST}");
  });

  test("fails", async () => {
    const call = deleteAccessToken("${sample.bearer}", "${FIRST}", options);
    await expect(call).rejects.toThrow(CodeCatalystError);
    await expect(call).rejects.toMatchObject({ name: "ResourceNotFoundException", status: 404 });
  });`;

// jest-environment-jsdom has the globals of a page as jsdom knows them, and no others.
const IN_JSDOM = `
  delete globalThis.TextDecoder;
  delete globalThis.TextEncoder;
  delete globalThis.fetch;

  test("can be imported, and says what it lacks", async () => {
    const { CodeCatalystError, deleteAccessToken } = require("codecatalyst-pat");
    const call = deleteAccessToken("token", "id");
    await expect(call).rejects.toThrow(CodeCatalystError);
    await expect(call).rejects.toMatchObject({ name: "InitializationError", attempts: 0 });
  });`;

/** Runs Jest, as its users do but for the name of the file, and gives its report. */
async function jest(folder, code) {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "package.json"), '{ "private": true }');
  await writeFile(join(folder, "sum.test.js"), code);
  const { code: exit, stderr } = await node(folder, [npmProgram("jest/bin/jest.js")], {
    CI: "true",
    NODE_OPTIONS: "",
  });
  return { exit, report: stderr };
}

test("required by a test in Jest, it deletes, lists and fails as anywhere", async (t) => {
  const service = await startService();
  t.after(() => service.close());
  const { exit, report } = await jest(await project("jest"), suite(service));
  assert.match(report, /^Tests: +3 passed, 3 total$/m);
  assert.equal(exit, 0);
});

test("required where Jest's page has no TextDecoder, it can be imported", async () => {
  const { exit, report } = await jest(await project("jest-jsdom"), IN_JSDOM);
  assert.match(report, /^Tests: +1 passed, 1 total$/m);
  assert.equal(exit, 0);
});
