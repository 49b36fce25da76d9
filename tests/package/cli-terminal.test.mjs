// The command line on a terminal, with questions, progress and Ctrl-C; and how stopping it ends.

import assert from "node:assert/strict";
import { join } from "node:path";
import { before, beforeEach, test } from "node:test";
import { pathToFileURL } from "node:url";
import { startService } from "../../www/service.mjs";
import {
  BEARER,
  deletions,
  left,
  newHome,
  onTerminal,
  start,
  tokensNamed,
} from "./cli-program.mjs";
import { packageIn, project, until } from "./installed.mjs";

// script of util-linux, which every Linux has, makes a terminal.
const terminal = { skip: process.platform !== "linux" && "there is no script of util-linux" };
const CTRL_C = "\x03";
const CTRL_D = "\x04";
const ESCAPE = "\x1b";

let folder;
let home;

before(async () => {
  folder = await project("cli-terminal");
  home = await newHome(folder);
});

let service;

beforeEach(async (t) => {
  service = await serviceWith(t, tokensNamed(["laptop", "ci-1", "ci-2", "old"], ["ci-2", "old"]));
});

async function serviceWith(t, tokens) {
  const started = await startService({ users: [{ name: "ana", bearer: BEARER, tokens }] });
  t.after(() => started.close());
  return started;
}

const env = (more) => ({
  HOME: home,
  USERPROFILE: home,
  AWS_BEARER_TOKEN_CODECATALYST: BEARER,
  ...more,
});
const cli = (t, args, /** @type {any} */ { more, ...options } = {}) =>
  onTerminal(t, folder, [...args, "--endpoint", service.url], { env: env(more), ...options });

const QUESTION = "[y/N]";
const HELD = { method: "DELETE", delayMs: 2 ** 30 };

// --------------------------------------------------------------------------- questions

async function answered(t, args, answer) {
  const running = cli(t, args);
  await running.printed(QUESTION);
  const before = running.stdout;
  assert.equal(deletions(service), 0);
  running.type(answer);
  return { before, ...(await running.ended) };
}

for (const answer of ["y\n", " YES \n"]) {
  test(
    `${JSON.stringify(answer)} deletes what was shown with names and number`,
    terminal,
    async (t) => {
      const { code, before, stdout } = await answered(t, ["delete", "--expired"], answer);
      assert.match(
        before,
        /id-2 .*ci-2.*id-3 .*old.*Delete these 2 tokens\? That can't be undone\./s,
      );
      assert.doesNotMatch(before, /laptop/);
      assert.deepEqual([code, left(service)], [0, ["id-0", "id-1"]]);
      assert.match(stdout, /2 deleted\.\r\n$/);
    },
  );
}

for (const answer of ["n\n", "\n", "yep\n", CTRL_D]) {
  test(`${JSON.stringify(answer)} deletes nothing, and says so`, terminal, async (t) => {
    const { code, stdout } = await answered(t, ["delete", "--all"], answer);
    assert.deepEqual([code, deletions(service)], [1, 0]);
    assert.match(stdout, /\nNothing was deleted\.\r\n$/);
  });
}

test("Ctrl-C at the question deletes nothing", terminal, async (t) => {
  const { code, stdout } = await answered(t, ["delete", "--name", "*"], CTRL_C);
  assert.deepEqual([code, deletions(service)], [130, 0]);
  assert.match(stdout, /\nInterrupted\. Nothing was deleted\.\r\n$/);
});

test("several ids are shown with their names, and an unknown id as such", terminal, async (t) => {
  const { before } = await answered(t, ["delete", "id-0", "mine?"], "n\n");
  assert.match(before, /id-0 .*laptop.*mine\? .*\(none of your tokens\).*these 2 tokens/s);
});

test("one id, and whatever is selected with --yes, is not asked about", terminal, async (t) => {
  for (const args of [
    ["delete", "id-0"],
    ["delete", "--all", "--yes"],
  ]) {
    const { code, stdout } = await cli(t, args).ended;
    assert.equal(code, 0);
    assert.ok(!stdout.includes(QUESTION));
  }
  assert.deepEqual(left(service), []);
});

test("where the question could not be seen it is not asked", terminal, async (t) => {
  const { code } = await cli(t, ["delete", "--all"], { redirect: "2>/dev/null" }).ended;
  assert.deepEqual([code, service.requests], [2, []]);
});

test("a token is not taken from a terminal, where it would be seen", terminal, async (t) => {
  const { code, stdout } = await cli(t, ["list", "--token-stdin"]).ended;
  assert.equal(code, 2);
  assert.match(stdout, /standard input is a terminal/);
});

// ------------------------------------------------------------------------------ colours

test("a terminal gets colours, unless NO_COLOR says otherwise", terminal, async (t) => {
  const { stdout } = await cli(t, ["list"]).ended;
  const red = stdout.split(`${ESCAPE}[31m`).map((text) => text.split(`${ESCAPE}[0m`)[0]);
  assert.match(`${red.at(-1)}`, /^id-3 .*old$/);
  for (const more of [{ NO_COLOR: "1" }, { NO_COLOR: "1", FORCE_COLOR: "1" }, { TERM: "dumb" }]) {
    assert.ok(!(await cli(t, ["list"], { more }).ended).stdout.includes(ESCAPE));
  }
});

test(
  "what a name could do to the terminal is harmless in the question too",
  terminal,
  async (t) => {
    service = await serviceWith(t, [
      { id: "a", name: "\x1b[2Jx" },
      { id: "b", name: "\u202ey" },
    ]);
    const { before } = await answered(t, ["delete", "--all"], "n\n");
    assert.ok(before.includes("\\u{1b}[2Jx"));
    assert.ok(before.includes("\\u{202e}y"));
  },
);

// ----------------------------------------------------------------------------- progress

const BAR = "] 2 of 4";

/** Deletes two tokens, is held up at the third, and is stopped there. */
async function heldUp(t, args, seen, options) {
  service.faults.push({ method: "DELETE", delayMs: 0 }, { method: "DELETE", delayMs: 0 }, HELD);
  const running = cli(t, ["delete", "--all", "--yes", "--concurrency", "1", ...args], options);
  await (seen ? running.printed(seen) : until(() => deletions(service) === 3));
  running.type(CTRL_C);
  return running.ended;
}

test("long work shows a bar, which is gone at the end", terminal, async (t) => {
  const { code, stdout } = await heldUp(t, [], BAR);
  assert.equal(code, 130);
  // What stands after the last clearing of the line.
  assert.match(stdout, /\[=+ +\] 2 of 4 {3}Ctrl-C stops/);
  assert.doesNotMatch(stdout.slice(stdout.lastIndexOf("\x1b[K")), /2 of 4/);
  assert.match(stdout, /Interrupted: 2 deleted, 0 failed, 1 unknown, 1 not tried\.\r\nUnknown: /);
});

test("where results go elsewhere, the terminal still has the bar", terminal, async (t) => {
  const { stdout } = await heldUp(t, [], BAR, { redirect: ">/dev/null" });
  assert.doesNotMatch(stdout, /deleted {2}id/);
});

test("--quiet has no bar", terminal, async (t) => {
  assert.ok(!(await heldUp(t, ["--quiet"])).stdout.includes(" of 4"));
});

test("a terminal that can't move its cursor has no bar", terminal, async (t) => {
  const { stdout } = await heldUp(t, [], undefined, { more: { TERM: "dumb" } });
  assert.ok(!stdout.includes(ESCAPE));
  assert.ok(!stdout.includes(" of 4"));
});

// --------------------------------------------------------------------------- being stopped

/** Deletes 1,000 ids, some unknown to the service, and is stopped while it waits after 200 replies. */
async function stopped(t, signal, args = []) {
  const tokens = tokensNamed(Array.from({ length: 1000 }, (_, index) => `token ${index}`));
  service = await serviceWith(
    t,
    tokens.filter((_, index) => index % 40 !== 7),
  );
  service.faults.push(
    ...Array.from({ length: 200 }, () => ({ method: "DELETE", delayMs: 0 })),
    ...Array(10).fill(HELD),
  );
  const running = start(t, folder, ["delete", "-", "--yes", "--endpoint", service.url, ...args], {
    env: env(),
  });
  running.child.stdin.end(tokens.map(({ id }) => `${id}\n`).join(""));
  await until(() => deletions(service) === 204);
  running.child.kill(signal);
  return { ...(await running.ended), took: 975 - left(service).length };
}

for (const [signal, expected] of [
  ["SIGINT", 130],
  ["SIGTERM", 143],
]) {
  test(`${signal} amid 1,000 deletions: what is told is what the service counted`, async (t) => {
    const { code, stdout, stderr, took } = await stopped(t, signal);
    const summary =
      /^Interrupted: (\d+) deleted, (\d+) failed, (\d+) unknown, (\d+) not tried\.$/m.exec(stderr);
    const [deleted, failed, unknown, notTried] = (summary ?? assert.fail(stderr))
      .slice(1)
      .map(Number);
    assert.deepEqual([code, deleted + failed, unknown, notTried], [expected, 200, 4, 796]);
    // The deletions under way had been carried out, but no reply came.
    assert.deepEqual([deleted, failed], [took - 4, 5]);
    assert.equal(stdout.match(/^deleted {2}/gm)?.length, deleted);
  });
}

test("--json prints one line for each of 1,000 ids, also for those not tried", async (t) => {
  const { stdout } = await stopped(t, "SIGINT", ["--json"]);
  const rows = stdout
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  assert.equal(new Set(rows.map(({ id }) => id)).size, 1000);
  const count = (wanted) => rows.filter(({ status }) => status === wanted).length;
  assert.deepEqual(["deleted", "failed", "unknown", "not tried"].map(count), [195, 5, 4, 796]);
});

// A second signal at once counts as the same: npx forwards a Ctrl-C that the terminal has sent
// already. Here it is a SIGTERM, because two signals of one kind may arrive as one.
test("a stop does not wait for standard input, and a second signal changes nothing", async (t) => {
  service.faults.push(HELD);
  const running = start(
    t,
    folder,
    ["delete", "-", "--yes", "--concurrency", "1", "--endpoint", service.url],
    { env: env() },
  );
  running.type("id-0\nid-1\n");
  await until(() => deletions(service) === 1);
  running.child.kill("SIGINT");
  await running.printed("unknown  id-0");
  running.child.kill("SIGTERM");
  const { code, stderr } = await running.ended;
  assert.equal(code, 130);
  assert.match(stderr, /Interrupted: 0 deleted, 0 failed, 1 unknown, at least 1 not tried\.\n/);
});

test("a list that is stopped deleted nothing", async (t) => {
  service.faults.push({ method: "POST", delayMs: 2 ** 30 });
  const running = start(t, folder, ["delete", "--all", "--yes", "--endpoint", service.url], {
    env: env(),
  });
  await until(() => service.requests.length === 1);
  running.child.kill("SIGINT");
  assert.deepEqual(await running.ended, {
    code: 130,
    stdout: "",
    stderr: "Interrupted. Nothing was deleted.\n",
  });
});

// ------------------------------------------------------------------------------- patterns

/** @type {[pattern: string, text: string, expected: boolean][]} */
const PATTERNS = [
  ["*", "", true],
  ["", "a", false],
  ["ci-*", "ci-", true],
  ["ci-*", "xci-1", false],
  ["*-?", "a-b-c", true],
  ["a*b*c", "aXbXbXc", true],
  ["a*b*c", "aXbXbXcX", false],
  ["?", "😀", true],
  ["[a].+", "[a].+", true],
  ["[a].+", "a..", false],
  [`${"*a".repeat(50)}b`, "a".repeat(100), false],
];

for (const [pattern, text, expected] of PATTERNS) {
  const called = `the pattern ${JSON.stringify(pattern.slice(0, 12))}`;
  test(`${called} ${expected ? "matches" : "does not match"} ${JSON.stringify(text.slice(0, 12))}`, async () => {
    const { matchesGlob } = await import(
      pathToFileURL(join(packageIn(folder), "cli/glob.js")).href
    );
    assert.equal(matchesGlob(pattern, text), expected);
  });
}
