// The command line and secrets: what looks like a bearer token is never repeated, and a file that
// others can read is pointed out.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { closeSync, openSync } from "node:fs";
import { chmod, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { BEARER, configure, left, run, signIn } from "./cli-program.mjs";
import { cli, env, folder, home, rows, service, setUpSuite } from "./cli-suite.mjs";

setUpSuite("cli-secrets");

// ------------------------------------------------------------------ never repeated

/** As long as those of AWS SSO, with all kinds of characters that they have. */
const TOKEN = `aoaAAAAAGV${"x7+/Q:Zk_-=9".repeat(90)}`;
const FOUR_PIECES = [0, 300, 600, 900].map((start) => TOKEN.slice(start, start + 20));

/** Nothing of it was printed. */
function assertHidden({ stdout, stderr }) {
  for (const piece of FOUR_PIECES) assert.equal((stdout + stderr).includes(piece), false, stderr);
}

/** @type {[what: string, args: string[]][]} */
const MISPLACED = [
  ["a command", [TOKEN]],
  ["a word after list", ["list", TOKEN]],
  ["a header after list", ["list", `Bearer ${TOKEN}`]],
  ["--token", ["list", "--token", TOKEN]],
  ["--token=", ["list", `--token=${TOKEN}`]],
  ["--bearer-token=", ["list", `--bearer-token=${TOKEN}`]],
  ["--token without a sign of equality", ["list", `--token${TOKEN}`]],
  ["a flag", ["list", `--json=${TOKEN}`]],
  ["--token-stdin=", ["list", `--token-stdin=${TOKEN}`]],
  ["a short option", ["list", `-t${TOKEN}`]],
  ["an option's number", ["list", "--concurrency", TOKEN]],
  ["an option's time", ["list", "--timeout", TOKEN]],
  ["an endpoint", ["list", "--endpoint", TOKEN]],
];

for (const [what, args] of MISPLACED) {
  test(`a bearer token as ${what} is refused, and not repeated`, async () => {
    const result = await run(folder, args, { env: env() });
    assert.equal(result.code, 2, result.stderr);
    assertHidden(result);
  });
}

test("a bearer token as a profile is not repeated, nor in the advice to sign in", async () => {
  const without = { ...env(), AWS_BEARER_TOKEN_CODECATALYST: "" };
  /** @type {[args: string[], more: object][]} */
  const places = [
    [["--profile", TOKEN], {}],
    [[], { AWS_PROFILE: TOKEN }],
    [["--token-stdin"], { AWS_PROFILE: TOKEN }],
  ];
  for (const [args, more] of places) {
    const result = await run(folder, ["list", ...args], { env: { ...without, ...more } });
    assert.equal(result.code, 3);
    assertHidden(result);
    assert.match(result.stderr, /\(1090 characters, perhaps a bearer token\)/);
  }
});

for (const args of [[], ["--json"]]) {
  test(`a bearer token as an id fails, and is not repeated ${args.join("")}`, async () => {
    const result = await cli(["delete", TOKEN, "id-0", "--yes", ...args]);
    assert.deepEqual([result.code, left(service).length], [1, 4]);
    assertHidden(result);
    assert.match(
      result.stderr,
      /^failed {3}\(1090 characters, perhaps a bearer token\) {2}No token/m,
    );
    assert.match(result.stderr, /1 deleted, 1 failed\.\n$/);
  });
}

for (const args of [[], ["--json"]]) {
  test(`the token of the sign-in as an id is not shown, however short ${args.join("")}`, async () => {
    const { code, stdout, stderr } = await cli(["delete", BEARER, "id-0", "--yes", ...args]);
    assert.deepEqual([code, left(service).length], [1, 4]);
    assert.equal((stdout + stderr).includes(BEARER), false);
    assert.match(stderr, /^failed {3}\[token\] {2}/m);
  });
}

test("a bearer token among ids of standard input is not repeated by a rehearsal", async () => {
  const result = await cli(["delete", "-", "--dry-run"], { input: `id-0\n${TOKEN}\n` });
  assert.equal(result.code, 1);
  assert.match(result.stderr, /^Not among your tokens: \(1090 characters, perhaps/);
  const { stderr } = await cli(["delete", BEARER, "--dry-run"]);
  assert.match(stderr, /^Not among your tokens: \[token\]\n/);
  assertHidden(result);
});

test("a bearer token that was not tried is not repeated either", async () => {
  const refused = { method: "DELETE", status: 403, message: "No." };
  service.faults.push(...Array.from({ length: 20 }, () => refused));
  const ids = Array.from({ length: 10 }, (_, index) => `id-${index}`);
  const args = ["delete", ...ids, TOKEN, "--yes", "--json", "--concurrency", "1"];
  const result = await cli(args);
  assert.equal(rows(result.stdout).at(-1).status, "not tried");
  assertHidden(result);
});

test("what has 100 characters is shown as it was typed", async () => {
  const { stderr } = await run(folder, ["x".repeat(100)]);
  assert.ok(stderr.includes(`"${"x".repeat(100)}"`));
});

// ---------------------------------------------------------------- files others can read

const posix = { skip: process.platform === "win32" && "Windows has no such modes" };
const FILE = `${createHash("sha1").update("mine").digest("hex")}.json`;
const WARNING =
  `codecatalyst-pat: Warning: Others can read ~/.aws/sso/cache/${FILE}, ` +
  `which holds your sign-in. Type: chmod 600 ~/.aws/sso/cache/${FILE}\n`;

/** Signs in by a file of this mode, and not by a variable. */
async function signedInByFile(mode) {
  await configure(
    home,
    "[default]\nsso_session = mine\n[sso-session mine]\nsso_region = us-east-1\nsso_start_url = https://x/\n",
  );
  await signIn(home, "mine", { accessToken: BEARER, expiresAt: "2099-01-01T00:00:00Z" });
  await chmod(join(home, ".aws/sso/cache", FILE), mode);
  return { ...env(), AWS_BEARER_TOKEN_CODECATALYST: undefined };
}

/** @type {[mode: number, isWarned: boolean][]} */
const MODES = [
  [0o600, false],
  [0o400, false],
  [0o640, true],
  [0o604, true],
  [0o644, true],
];

for (const [mode, isWarned] of MODES) {
  const title = `a sign-in file of mode ${mode.toString(8)} ${isWarned ? "is warned of, once" : "is fine"}`;
  test(title, posix, async () => {
    const signedIn = await signedInByFile(mode);
    const { code, stderr } = await cli(["delete", "--all", "--yes"], { env: signedIn });
    assert.deepEqual([code, stderr], [0, `${isWarned ? WARNING : ""}5 deleted.\n`]);
  });
}

test(
  "a token's file on standard input that others can read is warned of, once",
  posix,
  async () => {
    const file = join(folder, "token");
    await writeFile(file, BEARER);
    for (const [mode, expected] of /** @type {const} */ ([
      [
        0o644,
        "codecatalyst-pat: Warning: Others can read the file with your token. Use chmod 600 on it.\n",
      ],
      [0o600, ""],
    ])) {
      await chmod(file, mode);
      const input = openSync(file, "r");
      const { code, stderr } = await cli(["list", "--token-stdin"], {
        stdio: [input, "pipe", "pipe"],
      });
      closeSync(input);
      assert.deepEqual([code, stderr], [0, expected]);
    }
  },
);
