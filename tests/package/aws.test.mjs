// codecatalyst-pat/aws: how it is imported, what it takes and what it gives.

import assert from "node:assert/strict";
import { join } from "node:path";
import { before, beforeEach, test } from "node:test";
import { pathToFileURL } from "node:url";
import { BEARER, configure, later, newHome, signIn } from "./cli-program.mjs";
import { packageIn, project, rejection, script } from "./installed.mjs";

const CONFIG = `[profile p]
sso_session = s
[sso-session s]
sso_region = us-east-1
sso_start_url = https://view.awsapps.com/start
`;

let folder;
let home;
let fromEnv;
let fromProfile;
let SignInError;

before(async () => {
  folder = await project("aws");
  const url = pathToFileURL(join(packageIn(folder), "aws/index.js"));
  ({ fromEnv, fromProfile, SignInError } = await import(url.href));
});

let expiresAt;

beforeEach(async () => {
  home = await newHome(folder);
  await configure(home, CONFIG);
  expiresAt = later();
  await signIn(home, "s", { accessToken: BEARER, expiresAt });
});

const files = () => ({
  profile: "p",
  configFile: join(home, ".aws/config"),
  credentialsFile: join(home, ".aws/credentials"),
  cacheDir: join(home, ".aws/sso/cache"),
});

test("a profile gives its token, and when that expires", async () => {
  assert.deepEqual(await fromProfile(files())(), {
    token: BEARER,
    expiration: new Date(expiresAt),
  });
});

test("a login is used as long as it is valid, although the section of its session is missing", async () => {
  await configure(home, "[profile p]\nsso_session = s\n");
  assert.equal((await fromProfile(files())()).token, BEARER);
  const renewable = {
    ...{ accessToken: BEARER, refreshToken: "r", clientId: "c", clientSecret: "d" },
    registrationExpiresAt: expiresAt,
  };
  const soon = new Date(Date.now() + 60_000).toISOString();
  await signIn(home, "s", { ...renewable, expiresAt: soon });
  assert.equal((await fromProfile(files())()).token, BEARER);
  await signIn(home, "s", { ...renewable, expiresAt: "2020-01-01T00:00:00Z" });
  const { message, reason } = await rejection(fromProfile(files())());
  assert.match(message, /there is no \[sso-session s\] with settings/);
  assert.equal(reason, "configuration");
});

test("a login that is renewed in the meantime is used", async () => {
  const token = fromProfile(files());
  await token();
  await signIn(home, "s", { accessToken: "another", expiresAt });
  assert.equal((await token()).token, "another");
});

test("a configuration that is repaired is read again", async () => {
  const token = fromProfile(files());
  await configure(home, "nonsense");
  await rejection(token());
  await configure(home, CONFIG);
  assert.equal((await token()).token, BEARER);
});

const USES = {
  mjs: 'import { fromEnv, fromProfile, SignInError } from "codecatalyst-pat/aws";',
  cjs: 'const { fromEnv, fromProfile, SignInError } = require("codecatalyst-pat/aws");',
};

for (const type of /** @type {const} */ (["mjs", "cjs"]))
  test(`a .${type} file gets the same, with the files of the user`, async () => {
    const code = `${USES[type]}
      fromProfile()().then(({ token }) => console.log(token));
      fromEnv()().catch((error) => console.log(error instanceof SignInError));`;
    const env = { ...withoutAws(), HOME: home, USERPROFILE: home, AWS_PROFILE: "p" };
    const { stdout, stderr } = await script(folder, code, { type, env });
    assert.deepEqual([stdout.split("\n").sort(), stderr], [["", BEARER, "true"].sort(), ""]);
  });

test("where Node can't require ES modules, there is a CommonJS file", async () => {
  const code = `const { fromEnv } = require("codecatalyst-pat/aws");
    fromEnv()().then(({ token }) => console.log(token));`;
  const env = {
    AWS_BEARER_TOKEN_CODECATALYST: "t",
    NODE_OPTIONS: "--no-experimental-require-module",
  };
  const { stdout, stderr } = await script(folder, code, { type: "cjs", env });
  assert.deepEqual([stdout, stderr], ["t\n", ""]);
});

/** Undefined for each variable of the AWS CLI, which takes it from the environment of a process. */
const withoutAws = () =>
  Object.fromEntries(
    ["AWS_BEARER_TOKEN_CODECATALYST", "AWS_DEFAULT_PROFILE", "AWS_CONFIG_FILE"].map((name) => [
      name,
      undefined,
    ]),
  );

test("the variable is read at every call, without spaces around the token", async (t) => {
  const { AWS_BEARER_TOKEN_CODECATALYST: previous } = process.env;
  t.after(() => {
    if (previous === undefined) delete process.env.AWS_BEARER_TOKEN_CODECATALYST;
    else process.env.AWS_BEARER_TOKEN_CODECATALYST = previous;
  });
  const token = fromEnv();
  process.env.AWS_BEARER_TOKEN_CODECATALYST = " one\n";
  assert.deepEqual(await token(), { token: "one" });
  process.env.AWS_BEARER_TOKEN_CODECATALYST = `${BEARER} two`;
  const error = await rejection(token());
  assert.ok(error instanceof SignInError);
  assert.deepEqual(
    [error.message, error.reason],
    ["AWS_BEARER_TOKEN_CODECATALYST holds something that is no bearer token.", "configuration"],
  );
});

/** @type {Record<string, [options: any, message: RegExp]>} */
const REFUSED = {
  "an unknown option": [{ profil: "p" }, /no option "profil"\. Do you mean profile\?/],
  "an option of another type": [{ profile: 7 }, /options\.profile must be a string/],
  "options that are no object": ["p", /options must be an object/],
};

for (const [what, [options, message]] of Object.entries(REFUSED))
  test(`${what} is refused by the function that is given, not before`, async () => {
    const token = fromProfile(options);
    const error = await rejection(token());
    assert.ok(error instanceof TypeError);
    assert.match(error.message, message);
  });

test("options that throw when they are read reject, too", async () => {
  const options = {
    get profile() {
      throw new RangeError("mine");
    },
  };
  assert.equal((await rejection(fromProfile(options)())).message, "mine");
});

test("null and undefined count as absent, and inherited options don't count", async () => {
  const inherited = Object.assign(Object.create({ profile: "none" }), files(), {
    credentialsFile: null,
  });
  assert.equal((await fromProfile(inherited)()).token, BEARER);
  assert.equal(typeof fromProfile(null), "function");
});

test("names from the files are made safe to print", async () => {
  await configure(home, "[profile p]\nsso_session = a\u001b[31m\u202eb\n");
  const { message } = await rejection(fromProfile(files())());
  assert.match(message, /sso_session = a\\u\{1b\}\[31m\\u\{202e\}b, but/);
});

test("a session whose name could be a token isn't quoted", async () => {
  await configure(home, `[profile p]\nsso_session = ${"x".repeat(200)}\n`);
  assert.doesNotMatch((await rejection(fromProfile(files())())).message, /x{100}/);
});
