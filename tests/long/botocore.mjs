// Runs botocore on every configuration of the table and compares what it finds with what is recorded,
// which `npm test` compares with ours. With --record it records instead. Needs Python 3, and PyPI once.
//
//   node tests/long/botocore.mjs [--record]

import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { root, run } from "../../scripts/tools.mjs";
import { makeHome } from "../package/aws-configuration.mjs";
import { CONFIGURATIONS } from "../package/aws-configurations.mjs";
import { withAwsPrograms } from "./aws-programs.mjs";

/** @typedef {import("../package/aws-configuration.mjs").Configuration} Configuration */

const FIXTURE = join(root, "tests/package/fixtures/botocore.json");
const SCRIPT = join(import.meta.dirname, "ask_botocore.py");

/** @param {string} python @param {Configuration} configuration */
async function askBotocore(python, configuration) {
  const home = join(root, "target/long/botocore-home");
  const env = { ...withoutAws(process.env), ...(await makeHome(home, configuration)) };
  const { profile } = configuration;
  const args = profile === undefined ? [SCRIPT] : [SCRIPT, profile];
  const { stdout } = await run(python, args, { env });
  return JSON.parse(stdout);
}

/** The sign-in of this machine must not change the answers. @param {NodeJS.ProcessEnv} env */
const withoutAws = (env) =>
  Object.fromEntries(
    Object.keys(env)
      .filter((name) => name.startsWith("AWS_"))
      .map((name) => [name, undefined]),
  );

/** @param {string} python */
async function askAll(python) {
  /** @type {Record<string, unknown>} */
  const answers = {};
  let version;
  for (const [title, configuration] of Object.entries(CONFIGURATIONS)) {
    const found = await askBotocore(python, configuration);
    answers[title] = found.answer;
    version = found.version;
  }
  return { version, answers };
}

await withAwsPrograms("botocore's answers", async ({ python }) => {
  const answers = await askAll(python);
  const isRecording = process.argv.includes("--record");
  if (isRecording) await writeFile(FIXTURE, `${JSON.stringify(answers, null, 2)}\n`);
  assert.deepEqual(answers, JSON.parse(await readFile(FIXTURE, "utf8")));
  console.log(`${Object.keys(answers.answers).length} passed, 0 failed`);
});
