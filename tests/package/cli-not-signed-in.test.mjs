// What the command line says when there is no sign-in, or the service doesn't accept it.

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  BEARER,
  configure,
  deletions,
  earlier,
  later,
  left,
  run,
  signIn,
  start,
} from "./cli-program.mjs";
import {
  at,
  folder,
  home,
  list,
  login,
  README,
  service,
  session,
  setUpSignIn,
  signedIn,
} from "./cli-signin-suite.mjs";

setUpSignIn("cli-not-signed-in");

const minutesAgo = (minutes) => new Date(Date.now() - minutes * 60_000).toISOString();

// ------------------------------------------------------------------------- not signed in

/** Not signed in: exit code 3, one line on standard error, nothing sent. */
async function refused(args, env, input) {
  const { code, stdout, stderr } = await list(args, env, input);
  assert.deepEqual([code, stdout, service.requests], [3, "", []], stderr);
  assert.match(stderr, /^codecatalyst-pat: [^\n]+\n$/);
  return stderr;
}

/** @type {Record<string, [kept: any, message: RegExp]>} */
const LOGINS = {
  "a missing login": [undefined, /You are not signed in with the profile "codecatalyst"\./],
  "an expired login": [login(BEARER, earlier()), /expired at \d{4}-\d\d-\d\d \d\d:\d\d UTC\S*\./],
  "an expired login in the older form": [
    login(BEARER, earlier().replace(/\.\d+Z/, "UTC")),
    /expired at/,
  ],
  "a login without a time": [{ accessToken: BEARER }, /can't be read\./],
  "a login without a token": [{ expiresAt: later() }, /can't be read\./],
  "a file that is not JSON": [`{"accessToken":"${BEARER}`, /can't be read\./],
  "a file that holds no object": ["null", /can't be read\./],
};

for (const [what, [kept, message]] of Object.entries(LOGINS)) {
  test(`${what} is told, with the aws sso login to type`, async () => {
    await configure(home, README);
    if (kept) await signIn(home, "codecatalyst", kept);
    const stderr = await refused(["--profile", "codecatalyst"]);
    assert.match(stderr, message);
    assert.match(stderr, / Type: aws sso login --profile codecatalyst\n$/);
  });
}

test("the profile default needs no name to sign in", async () => {
  await configure(home, `[default]\nsso_session = mine\n${session("mine")}`);
  assert.match(await refused(), / Type: aws sso login\n$/);
});

test("a profile that has no session is not replaced by another, which is only named", async () => {
  await signedIn();
  assert.match(
    await refused(),
    /no profile "default" in ~\/\.aws\/config or ~\/\.aws\/credentials\. Name the one .*, --profile codecatalyst\.\n$/,
  );
  await signedIn(`[default]\nregion = x\n${README}`);
  assert.match(await refused(), /profile "default" has no sso_session\. Name the one/);
});

test("where nothing is configured, it says what to set up and then to type", async () => {
  assert.match(
    await refused(),
    /Set one up for CodeCatalyst.*: aws sso login --profile codecatalyst\n$/,
  );
  assert.match(
    await refused(["--profile", "my own"]),
    /no profile "my own".*: aws sso login --profile "my own"\n$/,
  );
});

test("a configuration that the AWS CLI can't read is told, by its line and without quoting it", async () => {
  await configure(home, "[profile p]\naws_secret_access_key 0123456789\n");
  assert.match(
    await refused(),
    /: ~\/\.aws\/config can't be read: line 2 is neither a heading nor a setting\.\n$/,
  );
});

test("a session that doesn't exist is named as such", async () => {
  await configure(home, "[default]\nsso_session = mine\n");
  assert.match(
    await refused(),
    /The profile "default" has sso_session = mine, but there is no \[sso-session mine\] with settings in/,
  );
});

test("a profile of the older form, which has no bearer token in the AWS CLI either, is told", async () => {
  await signedIn("[default]\nsso_start_url = https://x/\nsso_region = us-east-1\n", "https://x/");
  assert.match(await refused(), /has no sso_session, only an sso_start_url as in older versions/);
});

test("a variable that is set but empty is told", async () => {
  await signedIn();
  assert.match(await refused([], { AWS_PROFILE: "" }), /: AWS_PROFILE is empty\. Unset it/);
  assert.match(
    await refused([], { AWS_BEARER_TOKEN_CODECATALYST: "" }),
    /AWS_BEARER_TOKEN_CODECATALYST holds no token\./,
  );
});

test("what is no token is told, and not repeated", async () => {
  const broken = `${BEARER} and more`;
  const env = { AWS_BEARER_TOKEN_CODECATALYST: broken };
  assert.match(
    await refused([], env),
    /AWS_BEARER_TOKEN_CODECATALYST holds something that is no bearer token\..*login\n$/,
  );
  assert.match(
    await refused(["--token-stdin"], {}, broken),
    /Standard input holds something that is no bearer token\./,
  );
  assert.match(
    await refused(["--token-stdin"], {}, "\n"),
    /Standard input holds no token\..*aws sso login\n$/,
  );
});

// --------------------------------------------------------- what the service thinks of it

for (const status of [401, 403]) {
  test(`a list that the service refuses with ${status} is: not signed in`, async () => {
    await signedIn();
    service.faults.push({ status, message: "Expired." });
    const { code, stderr } = await list(["--profile", "codecatalyst"]);
    assert.equal(code, 3);
    assert.match(
      stderr,
      /does not accept the sign-in\. \w+Exception: Expired\. Type: aws sso login --profile codecatalyst\n$/,
    );
  });
}

test("a login that has expired a few minutes ago is sent: the service decides, and a hint follows", async () => {
  await configure(home, README);
  await signIn(home, "codecatalyst", login(BEARER, minutesAgo(5)));
  assert.equal((await list(["--profile", "codecatalyst"])).code, 0);
  service.faults.push({ status: 401, message: "Expired." });
  const { code, stderr } = await list(["--profile", "codecatalyst"]);
  assert.equal(code, 3);
  assert.match(
    stderr,
    /Expired\. By the clock of this machine it expired at \d{4}-\d\d-\d\d \d\d:\d\d UTC\S*\. Type: aws sso login/,
  );
});

const denied = (count) =>
  Array.from({ length: count }, () => ({ method: "DELETE", status: 403, message: "No." }));
const remove = (args, input = "") => {
  const env = at({ AWS_BEARER_TOKEN_CODECATALYST: BEARER });
  return run(folder, ["delete", "--endpoint", service.url, "--concurrency", "1", ...args], {
    env,
    input,
  });
};

test("deletions that were all refused are: not signed in", async () => {
  service.faults.push(...denied(3));
  const { code, stderr } = await remove(["--all", "--yes"]);
  assert.equal(code, 3);
  assert.match(
    stderr,
    /does not accept the sign-in.*Renew AWS_BEARER_\S+,.*aws sso login\n0 deleted, 3 failed\.\n$/,
  );
});

test("one refusal among others is a failure of that deletion", async () => {
  service.faults.push(...denied(1));
  const { code, stderr } = await remove(["--all", "--yes"]);
  assert.equal(code, 1);
  assert.match(
    stderr,
    /^failed {3}id-0 {2}a {2}AccessDeniedException: No\.\n2 deleted, 1 failed\.\n$/,
  );
});

test("ten refusals in a row end the run: what is left would be refused too", async () => {
  service.faults.push(...denied(100));
  const ids = Array.from({ length: 50 }, (_, index) => `id-${index}`);
  const { code, stderr } = await remove(["-", "--yes"], ids.join("\n"));
  assert.deepEqual([code, deletions(service)], [3, 10]);
  assert.match(stderr, /0 deleted, 10 failed, 0 unknown, 40 not tried\.\n$/);
});

// ---------------------------------------------------------------------- during a long run

async function longRun(t) {
  await signedIn();
  const args = ["delete", "-", "--yes", "--profile", "codecatalyst", "--endpoint", service.url];
  const running = start(t, folder, args, { env: at() });
  running.type("id-0\n");
  await running.printed("deleted  id-0\n");
  return running;
}

test("a login that is renewed during a long run counts from then on", async (t) => {
  const running = await longRun(t);
  service.expireBearer(BEARER);
  service.addBearer("ana", "renewed-bearer");
  await signIn(home, "codecatalyst", login("renewed-bearer"));
  running.child.stdin.end("id-1\nid-2\n");
  const { code, stderr } = await running.ended;
  assert.deepEqual([code, stderr, left(service)], [0, "3 deleted.\n", []]);
});

test("a login that expires during a long run ends it, and nothing more is tried", async (t) => {
  const running = await longRun(t);
  await signIn(home, "codecatalyst", login(BEARER, earlier()));
  running.child.stdin.end("id-1\nid-2\n");
  const { code, stderr } = await running.ended;
  assert.deepEqual([code, left(service), deletions(service)], [3, ["id-1", "id-2"], 1]);
  assert.match(
    stderr,
    /expired at .* Type: aws sso login --profile codecatalyst\n1 deleted, .*, 2 not tried\.\n$/,
  );
});
