// The real AWS CLI against the stand-ins, as a stranger: it renews a login and ours reads it, and the
// other way round. What it sends and writes is compared with what is recorded, which `npm test`
// compares with ours. With --record it records instead. Needs Python 3, PyPI once, and pkg/.
//
//   node tests/long/aws-cli.mjs [--record]

import assert from "node:assert/strict";
import { readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { startService } from "../../pkg-template/testing/index.js";
import { root, run } from "../../scripts/tools.mjs";
import { configure, newHome, signIn } from "../package/cli-program.mjs";
import { renewable, startOidc } from "../package/sso-oidc.mjs";
import { withAwsPrograms } from "./aws-programs.mjs";

const FIXTURE = join(root, "tests/package/fixtures/aws-cli-renewal.json");
const CONFIG = `[profile p]
region = us-west-2
sso_session = s
[sso-session s]
sso_region = us-east-1
sso_start_url = https://view.awsapps.com/start
`;
// The SHA-1 of the session's name.
const CACHE_FILE = ".aws/sso/cache/a0f1490a20d0211c997b44bc357e1972deab8ae3.json";

const user = (bearer) => ({ name: "ana", bearer, tokens: [] });

/** A home folder that is signed in, and both stand-ins. */
async function stage(login, bearer) {
  const home = await newHome(join(root, "target/long"));
  await configure(home, CONFIG);
  await signIn(home, "s", login);
  const service = await startService({ users: [user(bearer)] });
  const oidc = await startOidc();
  const env = {
    HOME: home,
    AWS_PROFILE: "p",
    AWS_ENDPOINT_URL_CODECATALYST: service.url,
    AWS_ENDPOINT_URL_SSO_OIDC: oidc.url,
  };
  const close = () => Promise.all([service.close(), oidc.close()]);
  return { cacheFile: join(home, CACHE_FILE), env, service, oidc, close };
}

/** @param {string} python @param {NodeJS.ProcessEnv} env */
const listByAws = (python, env) =>
  run(python, ["-m", "awscli", "codecatalyst", "list-access-tokens"], { env });

/** @param {NodeJS.ProcessEnv} env */
const listByOurs = (env) => run(process.execPath, [join(root, "pkg/cli/main.js"), "list"], { env });

/** The AWS CLI renews; ours finds its token valid and asks for no other. @param {string} python */
async function oursReadsWhatItWrote(python) {
  const { cacheFile, env, service, oidc, close } = await stage(renewable(5), "renewed-1");
  await listByAws(python, env);
  const [request] = oidc.requests;
  const file = JSON.parse(await readFile(cacheFile, "utf8"));
  const mode = ((await stat(cacheFile)).mode & 0o777).toString(8);
  await listByOurs(env);
  assert.deepEqual(
    service.requests.map((each) => each.user),
    ["ana", "ana"],
  );
  assert.equal(oidc.requests.length, 1);
  await close();
  return { request, mode, file };
}

/** Ours renews; the AWS CLI finds our token valid and asks for no other. @param {string} python */
async function itReadsWhatOursWrote(python) {
  const { env, service, oidc, close } = await stage(renewable(5), "renewed-1");
  await listByOurs(env);
  await listByAws(python, env);
  assert.deepEqual(
    service.requests.map((each) => each.user),
    ["ana", "ana"],
  );
  assert.equal(oidc.requests.length, 1);
  await close();
}

/** Each takes the refresh token that the other left. @param {string} python */
async function bothRenewInTurn(python) {
  const { cacheFile, env, oidc, close } = await stage(renewable(5), "renewed-2");
  await listByAws(python, env).catch(() => {}); // this token isn't the user's
  const login = JSON.parse(await readFile(cacheFile, "utf8"));
  await writeFile(cacheFile, JSON.stringify({ ...login, expiresAt: renewable(5).expiresAt }));
  await listByOurs(env);
  assert.deepEqual(
    oidc.requests.map(({ body }) => body.refreshToken),
    ["refresh-0", "refresh-1"],
  );
  await close();
}

/** Times change from run to run: only their form is compared. */
const withoutTimes = ({ file, ...rest }) => ({
  ...rest,
  file: Object.fromEntries(
    Object.entries(file).map(([name, value]) => [
      name,
      String(value).replace(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/, "a time"),
    ]),
  ),
});

await withAwsPrograms("the AWS CLI against the stand-ins", async ({ python }) => {
  const renewal = withoutTimes(await oursReadsWhatItWrote(python));
  const isRecording = process.argv.includes("--record");
  if (isRecording) await writeFile(FIXTURE, `${JSON.stringify(renewal, null, 2)}\n`);
  assert.deepEqual(renewal, JSON.parse(await readFile(FIXTURE, "utf8")));
  await itReadsWhatOursWrote(python);
  await bothRenewInTurn(python);
  console.log("3 passed, 0 failed");
});
