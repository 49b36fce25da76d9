// The token providers of the AWS SDK, handed in as they are.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { sample, startService } from "../../pkg-template/testing/index.js";
import { npmProgram } from "../../scripts/tools.mjs";
import { node, project, script } from "./installed.mjs";

let folder;
let service;
/** @type {NodeJS.ProcessEnv} */
let env;

before(async () => {
  folder = await project("token-providers");
  service = await startService();
  env = { HOME: folder, USERPROFILE: folder, AWS_PROFILE: "codecatalyst" };
  await signIn();
});

after(() => service.close());

const CONFIG = `[profile codecatalyst]
sso_session = codecatalyst
[sso-session codecatalyst]
sso_region = us-east-1
sso_start_url = https://view.awsapps.com/start
sso_registration_scopes = codecatalyst:read_write
`;

/** Leaves what `aws sso login` leaves. */
async function signIn() {
  const cache = join(folder, ".aws/sso/cache");
  await mkdir(cache, { recursive: true });
  await writeFile(join(folder, ".aws/config"), CONFIG);
  const file = `${createHash("sha1").update("codecatalyst").digest("hex")}.json`;
  const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
  await writeFile(join(cache, file), JSON.stringify({ accessToken: sample.bearer, expiresAt }));
}

/**
 * Lists the tokens with what a provider gives.
 * @param {string} provider
 */
const listWith = (provider) =>
  script(
    folder,
    `import { fromSso, fromStatic, nodeProvider } from "@aws-sdk/token-providers";
     import { listAccessTokens } from "codecatalyst-pat";
     let count = 0;
     for await (const { id } of listAccessTokens(${provider}, { endpoint: "${service.url}" })) count += 1;
     console.log(count);`,
    { env },
  );

const TOKEN = JSON.stringify(sample.bearer);

for (const [what, provider] of Object.entries({
  "fromSso of the profile in the environment": "fromSso()",
  "fromSso of a named profile": 'fromSso({ profile: "codecatalyst" })',
  nodeProvider: "nodeProvider()",
  "fromStatic without a time": `fromStatic({ token: { token: ${TOKEN} } })`,
  // The service decides whether it is still good.
  "fromStatic with a time in the past": `fromStatic({ token: { token: ${TOKEN}, expiration: new Date(0) } })`,
})) {
  test(`${what} is a token function`, async () => {
    const { stdout, stderr, code } = await listWith(provider);
    assert.deepEqual([stderr, code, stdout], ["", 0, `${sample.tokens.length}\n`]);
  });
}

test("what a provider throws is the cause", async () => {
  const { stderr } = await listWith('fromSso({ profile: "nobody" })');
  assert.match(stderr, /CodeCatalystError \[InvalidArgumentError\]: token must be a function/);
  assert.match(stderr, /Profile 'nobody' could not be found/);
});

const TYPED = `
  import { fromSso, fromStatic, nodeProvider } from "@aws-sdk/token-providers";
  import { type TokenSource, deleteAccessToken } from "codecatalyst-pat";
  export const sources: TokenSource[] = [fromSso({ profile: "p" }), fromStatic({}), nodeProvider()];
  export const call = () => deleteAccessToken(fromSso(), "id");`;

test("TypeScript takes the providers, too", async () => {
  await writeFile(join(folder, "providers.mts"), TYPED);
  const flags = [
    "--ignoreConfig",
    "--strict",
    "--noEmit",
    "--skipLibCheck",
    "--module",
    "nodenext",
  ];
  const tsc = [npmProgram("typescript/bin/tsc"), ...flags, "--pretty", "false", "providers.mts"];
  const { stdout, code } = await node(folder, tsc);
  assert.deepEqual([stdout, code], ["", 0]);
});
