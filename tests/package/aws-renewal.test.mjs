// A login that is about to expire is renewed, and saved for the AWS CLI too.

import assert from "node:assert/strict";
import { mkdir, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { before, beforeEach, test } from "node:test";
import { pathToFileURL } from "node:url";
import { configure, newHome, signIn } from "./cli-program.mjs";
import { packageIn, project, rejection } from "./installed.mjs";
import { inMinutes, renewable, startOidc } from "./sso-oidc.mjs";

// The SHA-1 of the session's name.
const FILE = ".aws/sso/cache/a0f1490a20d0211c997b44bc357e1972deab8ae3.json";
const SECRETS = /client-secret|refresh-\d|old-token|renewed-\d/;

let folder;
let home;
let oidc;
let LoginSource;

before(async () => {
  folder = await project("aws-renewal");
  const file = join(packageIn(folder), "aws/login-source.js");
  ({ LoginSource } = await import(pathToFileURL(file).href));
});

beforeEach(async (/** @type {any} */ t) => {
  home = await newHome(folder);
  await configure(home, config());
  oidc = await startOidc();
  t.after(() => oidc.close());
});

const config = (region = "us-east-1") =>
  `[default]\nsso_session = s\n[sso-session s]\nsso_region = ${region}\nsso_start_url = https://view.awsapps.com/start\n`;

const source = (env = {}, options = {}) =>
  new LoginSource(options, { HOME: home, AWS_ENDPOINT_URL_SSO_OIDC: oidc.url, ...env });

const saved = async () => JSON.parse(await readFile(join(home, FILE), "utf8"));

/** Signs in with a login of so many minutes, and gives the token that is found then. */
async function find(minutes, fields, env) {
  await signIn(home, "s", renewable(minutes, fields));
  return (await source(env).getToken()).token;
}

test("it sends what the AWS CLI sends, and leaves what the AWS CLI leaves", async () => {
  const fixture = join(import.meta.dirname, "fixtures/aws-cli-renewal.json");
  const recorded = JSON.parse(await readFile(fixture, "utf8"));
  assert.equal(await find(5), "renewed-1");
  const file = await saved();
  assert.deepEqual(oidc.requests, [recorded.request]);
  assert.equal(((await stat(join(home, FILE))).mode & 0o777).toString(8), recorded.mode);
  assert.deepEqual(Object.keys(file), Object.keys(recorded.file));
  for (const [name, value] of Object.entries(recorded.file)) {
    if (value === "a time") assert.match(file[name], /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    else assert.equal(file[name], value);
  }
  assert.deepEqual(await readdir(dirname(join(home, FILE))), [FILE.split("/").at(-1)]);
});

test("the new time is the service's, counted from now", async () => {
  await find(5);
  const hours = (Date.parse((await saved()).expiresAt) - Date.now()) / 3_600_000;
  assert.ok(hours > 7.9 && hours <= 8, `${hours} hours`);
});

test("it is due 15 minutes before the login expires, and not earlier", async () => {
  assert.equal(await find(16), "old-token");
  assert.equal(oidc.requests.length, 0);
  assert.equal(await find(14), "renewed-1");
});

for (const name of ["refreshToken", "clientId", "clientSecret", "registrationExpiresAt"])
  test(`without ${name} nothing is sent, and the token is used while it is valid`, async () => {
    assert.equal(await find(5, { [name]: undefined }), "old-token");
    assert.equal(oidc.requests.length, 0);
  });

test("once the registration has expired, nothing is sent", async () => {
  assert.equal(await find(5, { registrationExpiresAt: inMinutes(-1) }), "old-token");
  assert.equal(oidc.requests.length, 0);
});

test("without a new refresh token none is kept, as in the AWS CLI", async () => {
  oidc.faults.push({ status: 200, body: { accessToken: "renewed-x", expiresIn: 100 } });
  assert.equal(await find(5), "renewed-x");
  assert.equal("refreshToken" in (await saved()), false);
});

// -------------------------------------------------------------------------- failures

test("a passing fault is tried again, three times in all", async () => {
  oidc.faults.push({ cut: true }, { status: 503 });
  assert.equal(await find(5), "renewed-1");
  oidc.faults.push({ cut: true }, { status: 429 }, { status: 500 }, { status: 500 });
  oidc.requests.length = 0;
  assert.equal(await find(5), "old-token");
  assert.equal(oidc.requests.length, 3);
});

/** @type {Record<string, import("./sso-oidc.mjs").Fault>} */
const FINAL = {
  "a refusal": { status: 400, body: { error: "invalid_grant" } },
  "a redirect": { status: 307, headers: { location: "http://127.0.0.1:9/" } },
  "an answer that is no JSON": { status: 200, body: "<html>" },
  "an answer that is null": { status: 200, body: "null" },
  "an answer without a token": { status: 200, body: { expiresIn: 100 } },
  "an answer without a time": { status: 200, body: { accessToken: "x" } },
  "a token that is none": { status: 200, body: { accessToken: "a b", expiresIn: 100 } },
};

for (const [what, fault] of Object.entries(FINAL))
  test(`${what} is final: the old token is used while it is valid`, async () => {
    oidc.faults.push(fault);
    assert.equal(await find(5), "old-token");
    assert.equal(oidc.requests.length, 1);
    assert.equal((await saved()).accessToken, "old-token");
  });

test("a failure is tried again after a minute, not with every request", async (t) => {
  await signIn(home, "s", renewable(5));
  oidc.faults.push({ status: 400 }, { status: 400 });
  const { getToken } = source();
  await getToken();
  await getToken();
  assert.equal(oidc.requests.length, 1);
  const now = Date.now();
  t.mock.method(Date, "now", () => now + 61_000);
  await getToken();
  assert.equal(oidc.requests.length, 2);
});

test("a token that has expired a few minutes ago is sent: this clock may be wrong", async () => {
  assert.equal(await find(-14, { refreshToken: undefined }), "old-token");
});

test("after that the user must sign in, and is told why it wasn't renewed, without any secret", async () => {
  oidc.faults.push({ status: 400, body: { error: "invalid_grant" } });
  const error = await rejection(find(-16));
  assert.deepEqual([error.name, error.reason], ["SignInError", "login"]);
  assert.match(
    error.message,
    /^The login of the profile "default" expired at .* UTC\S*\. It can't be renewed: 127\.0\.0\.1:\d+ answered 400 invalid_grant\. Type: aws sso login$/,
  );
  assert.doesNotMatch(JSON.stringify([error.message, error.stack, { ...error }]), SECRETS);
});

test("why it can't be renewed has the code of the system", async () => {
  oidc.close();
  assert.match(
    (await rejection(find(-16))).message,
    /It can't be renewed: 127\.0\.0\.1:\d+ can't be reached \(ECONNREFUSED\)\./,
  );
});

test("secrets go to no place but by https:, or to this machine", async () => {
  const env = { AWS_ENDPOINT_URL_SSO_OIDC: "http://oidc.example" };
  assert.match(
    (await rejection(find(-16, {}, env))).message,
    /AWS_ENDPOINT_URL_SSO_OIDC must be an https: URL, or http: to this machine/,
  );
  await configure(home, config("evil.example/#"));
  const none = { AWS_ENDPOINT_URL_SSO_OIDC: "" };
  assert.match((await rejection(find(-16, {}, none))).message, /sso_region is no region/);
});

test("otherwise they go to the region's endpoint", async (t) => {
  const asked = t.mock.method(globalThis, "fetch", async () => Response.json({}, { status: 400 }));
  await find(5, {}, { AWS_ENDPOINT_URL_SSO_OIDC: "" });
  assert.equal(
    String(asked.mock.calls[0].arguments[0]),
    "https://oidc.us-east-1.amazonaws.com/token",
  );
});

test("AWS_ENDPOINT_URL counts where there is none for SSO-OIDC, unless both are to be ignored", async (t) => {
  const env = { AWS_ENDPOINT_URL_SSO_OIDC: undefined, AWS_ENDPOINT_URL: `${oidc.url}/prefix/` };
  assert.equal(await find(5, {}, env), "renewed-1");
  assert.equal(oidc.requests[0].url, "/prefix/token");
  const asked = t.mock.method(globalThis, "fetch", async () => Response.json({}, { status: 400 }));
  await find(5, {}, { AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: "true" });
  assert.match(String(asked.mock.calls[0].arguments[0]), /amazonaws\.com/);
});

// ------------------------------------------------------------------- others at the same time

const THEIRS = renewable(300, { accessToken: "theirs", refreshToken: "refresh-theirs" });
const theySignIn = () => signIn(home, "s", THEIRS);

test("who renewed it first wins: theirs is used when ours is refused", async () => {
  oidc.faults.push({ before: theySignIn, status: 400, body: { error: "invalid_grant" } });
  assert.equal(await find(5), "theirs");
  assert.deepEqual(await saved(), THEIRS);
});

test("who signs in during a renewal is not overwritten", async () => {
  oidc.faults.push({ before: theySignIn });
  assert.equal(await find(5), "theirs");
  assert.deepEqual(await saved(), THEIRS);
});

test("who signs out during a renewal stays signed out", async () => {
  oidc.faults.push({ before: () => rm(join(home, FILE)) });
  assert.match((await rejection(find(5))).message, /^You are not signed in/);
  assert.deepEqual(await readdir(dirname(join(home, FILE))), []);
});

test("many processes at once all get a token, and the file is whole after each step", async () => {
  await signIn(home, "s", renewable(5));
  const sources = Array.from({ length: 8 }, () => source());
  const tokens = await Promise.all(sources.map((each) => each.getToken()));
  const kept = await saved();
  assert.equal(kept.accessToken, "renewed-1");
  assert.equal(kept.refreshToken, "refresh-1");
  for (const { token } of tokens) assert.match(token, /^(?:old-token|renewed-1)$/);
  assert.deepEqual(await readdir(dirname(join(home, FILE))), [FILE.split("/").at(-1)]);
});

test("callers that arrive together share one renewal", async () => {
  await signIn(home, "s", renewable(5));
  const { getToken } = source();
  const tokens = await Promise.all([getToken(), getToken(), getToken()]);
  assert.deepEqual(new Set(tokens.map(({ token }) => token)), new Set(["renewed-1"]));
  assert.equal(oidc.requests.length, 1);
});

test("a renewed login that can't be saved is used until the program ends", async () => {
  // The file beside the login, which would take its place, has a path that is too long.
  let cacheDir = join(home, "cache");
  while (cacheDir.length < 3_850) cacheDir = join(cacheDir, "x".repeat(190));
  cacheDir = join(cacheDir, "x".repeat(4_035 - cacheDir.length));
  await mkdir(cacheDir, { recursive: true });
  const file = join(cacheDir, FILE.split("/").at(-1) ?? "");
  await writeFile(file, JSON.stringify(renewable(5)));
  const { getToken } = source({}, { cacheDir });
  assert.equal((await getToken()).token, "renewed-1");
  assert.equal((await getToken()).token, "renewed-1");
  assert.equal(oidc.requests.length, 1);
  assert.equal(JSON.parse(await readFile(file, "utf8")).accessToken, "old-token");
});
