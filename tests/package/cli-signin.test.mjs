// Where the command line finds the bearer token, and the endpoint.

import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { BEARER, configure, run, signIn, start } from "./cli-program.mjs";
import {
  at,
  folder,
  home,
  list,
  login,
  OTHER,
  README,
  service,
  session,
  setUpSignIn,
  signedIn,
  users,
} from "./cli-signin-suite.mjs";
import { until } from "./installed.mjs";
import { renewable, startOidc } from "./sso-oidc.mjs";

setUpSignIn("cli-signin");

// ------------------------------------------------------------------------- the sources

test("the configuration of README.md and aws sso login are all that is needed", async () => {
  await signedIn();
  const { code, stderr } = await list(["--profile", "codecatalyst"]);
  assert.deepEqual([stderr, code, users()], ["", 0, ["ana"]]);
});

test("AWS_PROFILE names the profile too", async () => {
  await signedIn();
  assert.equal((await list([], { AWS_PROFILE: "codecatalyst" })).code, 0);
});

test("AWS_DEFAULT_PROFILE comes before AWS_PROFILE, as in botocore: it decides whose tokens are deleted", async () => {
  await configure(
    home,
    `[profile one]\nsso_session = one\n[profile two]\nsso_session = two\n${session("one")}${session("two")}`,
  );
  await signIn(home, "one", login(BEARER));
  await signIn(home, "two", login(OTHER));
  await list([], { AWS_DEFAULT_PROFILE: "one", AWS_PROFILE: "two" });
  await list([], { AWS_DEFAULT_PROFILE: "two", AWS_PROFILE: "one" });
  await list(["--profile", "one"], { AWS_DEFAULT_PROFILE: "two", AWS_PROFILE: "two" });
  assert.deepEqual(users(), ["ana", "ben", "ana"]);
});

test("without a name it is the profile default", async () => {
  await signedIn(`[default]\nsso_session = mine\n${session("mine")}`, "mine");
  assert.equal((await list()).code, 0);
});

test("AWS_CONFIG_FILE says where the configuration is, also with a tilde", async () => {
  await signedIn();
  for (const file of [join(home, ".aws/config"), "~/.aws/config"]) {
    const env = at({ AWS_CONFIG_FILE: file, AWS_PROFILE: "codecatalyst" });
    const { code } = await run(folder, ["list", "--endpoint", service.url], { env });
    assert.equal(code, 0, file);
  }
});

test("AWS_BEARER_TOKEN_CODECATALYST comes before AWS_PROFILE, and an explicit --profile before both", async () => {
  await signedIn();
  const env = { AWS_BEARER_TOKEN_CODECATALYST: OTHER, AWS_PROFILE: "codecatalyst" };
  await list([], env);
  await list(["--profile", "codecatalyst"], env);
  assert.deepEqual(users(), ["ben", "ana"]);
});

test("--token-stdin comes before all of them", async () => {
  const { code } = await list(
    ["--token-stdin"],
    { AWS_BEARER_TOKEN_CODECATALYST: OTHER, AWS_PROFILE: "none" },
    `${BEARER}\r\n`,
  );
  assert.deepEqual([code, users()], [0, ["ana"]]);
});

// -------------------------------------------------------------------------- a renewal

test("a login that is about to expire is renewed before the first request", async (t) => {
  const oidc = await startOidc();
  t.after(() => oidc.close());
  await configure(home, README);
  await signIn(home, "codecatalyst", renewable(5));
  service.addBearer("ana", "renewed-1");
  const env = { AWS_ENDPOINT_URL_SSO_OIDC: oidc.url };
  const { code } = await list(["--profile", "codecatalyst"], env);
  assert.deepEqual([code, users()], [0, ["ana"]]);
});

test("Ctrl-C ends the program also while a login is being renewed", async (t) => {
  const oidc = await startOidc();
  t.after(() => oidc.close());
  oidc.faults.push({ before: () => new Promise(() => {}) });
  await configure(home, README);
  await signIn(home, "codecatalyst", renewable(5));
  const env = at({ AWS_ENDPOINT_URL_SSO_OIDC: oidc.url, AWS_PROFILE: "codecatalyst" });
  const running = start(t, folder, ["list", "--endpoint", service.url], { env });
  await until(() => oidc.requests.length > 0);
  running.child.kill("SIGINT");
  const { code, stderr } = await running.ended;
  assert.deepEqual([code, stderr], [130, "Interrupted. Nothing was deleted.\n"]);
});

// ------------------------------------------------------------------------ the endpoint

/** Lists without --endpoint, so that the variables and the profile decide. */
const listAt = (env, args = []) => run(folder, ["list", ...args], { env: at(env) });

test("the endpoint may come from the variables of the AWS CLI or from the profile", async () => {
  const env = { AWS_PROFILE: "codecatalyst" };
  const config = README.replace("region", `endpoint_url = ${service.url}\nregion`);
  await signedIn(config);
  const dead = "http://127.0.0.1:9";
  const found = [
    await listAt(env),
    await listAt({ ...env, AWS_ENDPOINT_URL_CODECATALYST: service.url, AWS_ENDPOINT_URL: dead }),
    await listAt({ AWS_BEARER_TOKEN_CODECATALYST: BEARER, AWS_ENDPOINT_URL: service.url }),
    await listAt({ ...env, AWS_ENDPOINT_URL: dead }, ["--endpoint", service.url]),
  ];
  assert.deepEqual(
    found.map(({ code }) => code),
    [0, 0, 0, 0],
  );
});

test("an endpoint that is refused is named by what sets it", async () => {
  await signedIn();
  const env = { AWS_PROFILE: "codecatalyst", AWS_ENDPOINT_URL: "http://evil.example" };
  const { code, stderr } = await listAt(env);
  assert.equal(code, 2);
  assert.match(stderr, /: AWS_ENDPOINT_URL must /);
  assert.match(
    (await listAt(env, ["--endpoint", "http://evil.example"])).stderr,
    /: --endpoint must /,
  );
});
