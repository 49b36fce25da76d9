// Ours finds the sign-in that botocore finds, on every configuration of the table.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { makeHome } from "./aws-configuration.mjs";
import { CONFIGURATIONS } from "./aws-configurations.mjs";
import { packageIn, project } from "./installed.mjs";

const { answers } = JSON.parse(
  await readFile(join(import.meta.dirname, "fixtures/botocore.json"), "utf8"),
);

// What our reasons are called there. Without a token botocore fails only when it sends a request.
const REASONS = {
  ConfigParseError: "configuration",
  InvalidConfigError: "configuration",
  ProfileNotFound: "configuration",
  KeyError: "login",
  ParserError: "login",
  SSOTokenLoadError: "login",
  TokenRetrievalError: "login",
  TypeError: "login",
};

let folder;
let ours;

before(async () => {
  folder = await project("aws-configurations");
  const load = (file) => import(pathToFileURL(join(packageIn(folder), "aws", file)).href);
  ours = {
    ...(await load("endpoint.js")),
    ...(await load("env-source.js")),
    ...(await load("login-source.js")),
  };
});

/** As the command line does it: an explicit profile, then the variable, then the other profiles. */
async function find(env, profile) {
  if (profile === undefined && ours.VARIABLE in env)
    return { ...ours.envToken(env), endpoint: ours.configuredEndpoint("codecatalyst", env) };
  const source = new ours.LoginSource({ profile }, env);
  const located = await source.locate();
  const endpoint = ours.configuredEndpoint("codecatalyst", env, located.config, located.profile);
  return { ...(await source.getToken()), endpoint };
}

/** In the words of the fixture. */
async function answer(env, profile) {
  try {
    const { token, expiration, endpoint } = await find(env, profile);
    const { url } = endpoint ?? { url: "https://codecatalyst.global.api.aws" };
    return { token, expiration: expiration?.getTime(), endpoint: url };
  } catch (error) {
    assert.equal(error.name, "SignInError", error.stack);
    assert.match(error.message, /^[^\n]+$/);
    return { reason: error.reason };
  }
}

function expected({ error, token, expiration, endpoint }) {
  if (error) return { reason: REASONS[error] };
  if (token === null) return { reason: "configuration" };
  return { token, expiration: expiration ? Date.parse(expiration) : undefined, endpoint };
}

test("the recorded answers are those to the table, of more than 40 configurations", () => {
  assert.deepEqual(Object.keys(answers), Object.keys(CONFIGURATIONS));
  assert.ok(Object.keys(answers).length > 40);
});

for (const [title, configuration] of Object.entries(CONFIGURATIONS)) {
  test(`as botocore: ${title}`, async () => {
    const env = await makeHome(join(folder, "home"), configuration);
    assert.deepEqual(await answer(env, configuration.profile), expected(answers[title]));
  });
}
