// The command line on a terminal: questions, colours, progress and Ctrl-C.

import assert from "node:assert/strict";
import { join } from "node:path";
import { before, beforeEach, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { stripVTControlCharacters } from "node:util";
import { startService } from "../../pkg-template/testing/index.js";
import {
  AGAIN_MS,
  BEARER,
  deletions,
  left,
  newHome,
  onTerminal,
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
const STOPPING =
  "Stopping: 1 deletion under way may still finish (10 s at most). Press Ctrl-C again to cancel it.";
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

test("one id is shown with its name and asked about too", terminal, async (t) => {
  const { before } = await answered(t, ["delete", "id-0"], "n\n");
  assert.match(before, /id-0 .*laptop.*Delete this token\? That can't be undone\./s);
});

test("an id that is none of the user's is named before the question", terminal, async (t) => {
  const { before, stdout, code } = await answered(t, ["delete", "id-0", "mine?"], "y\n");
  assert.match(
    before,
    /id-0 .*laptop.*Not among your tokens:\S+ mine\?\r\n\S+Delete this token\?/s,
  );
  assert.match(
    stdout,
    /failed \S+ {2}mine\? {2}You own no token with this id\..*1 deleted, 1 failed\./s,
  );
  assert.equal(code, 1);
});

test("where no id is the user's there is no question, and nothing is sent", terminal, async (t) => {
  const running = cli(t, ["delete", "mine?", BEARER]);
  // Would be the answer.
  running.type("n\n");
  const { code, stdout } = await running.ended;
  assert.match(
    stripVTControlCharacters(stdout),
    /tokens: mine\?\r\nNot among your tokens: \[token\]\r\nNothing was deleted\.\r\n$/,
  );
  assert.ok(!stdout.includes(QUESTION));
  assert.deepEqual([code, deletions(service)], [1, 0]);
});

test("with --yes nothing is asked", terminal, async (t) => {
  for (const args of [
    ["delete", "id-0", "--yes"],
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
    // The bar of a slow list would move the cursor.
    assert.ok(!(await cli(t, ["list", "--quiet"], { more }).ended).stdout.includes(ESCAPE));
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

/** Deletes two tokens, is held up at the third, and is stopped and cancelled there. */
async function heldUp(t, args, seen, options) {
  service.faults.push({ method: "DELETE", delayMs: 0 }, { method: "DELETE", delayMs: 0 }, HELD);
  const running = cli(t, ["delete", "--all", "--yes", "--concurrency", "1", ...args], options);
  await (seen ? running.printed(seen) : until(() => deletions(service) === 3));
  running.type(CTRL_C);
  await running.printed(STOPPING);
  await pause(AGAIN_MS);
  running.type(CTRL_C);
  return running.ended;
}

test("Ctrl-C says what may still finish, and how to cancel that", terminal, async (t) => {
  const { stdout } = await heldUp(t, [], BAR);
  assert.match(stdout, /Ctrl-C again to cancel it\.\r\n.*\] 2 of 4 {3}stopping/s);
});

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
