// The command line on pipes: the list.

import assert from "node:assert/strict";
import { closeSync, existsSync, openSync } from "node:fs";
import { test } from "node:test";
import { start, tokensNamed } from "./cli-program.mjs";
import { cli, env, folder, rows, serveTokens, service, setUpSuite } from "./cli-suite.mjs";

setUpSuite("cli-list");

// --------------------------------------------------------------------------- list

test("list shows a table of all tokens, with names last, without colours", async () => {
  const { code, stdout, stderr } = await cli(["list"]);
  assert.deepEqual([stderr, code], ["", 0]);
  const [heading, ...lines] = stdout.trimEnd().split("\n");
  assert.match(heading, /^ID {4}EXPIRES \(UTC\) +NAME$/);
  assert.equal(lines.length, 5);
  assert.match(lines[0], /^id-0 {2}\d{4}-\d\d-\d\d {10}laptop$/);
  assert.match(lines[4], /^id-4 {2}\d{4}-\d\d-\d\d expired {2}old$/);
});

test("list --json gives one object a line, with the time as the service gave it", async () => {
  const { stdout } = await cli(["list", "--json", "--name", "old"]);
  const { expiresTime } = service.state().users.ana.at(-1);
  assert.deepEqual(rows(stdout), [{ id: "id-4", name: "old", expiresTime, expired: true }]);
});

test("a token without a time has none in either form", async (t) => {
  await serveTokens(t, [{ id: "a", name: "for ever" }]);
  assert.match((await cli(["list"])).stdout, /^a {3}- +for ever$/m);
  assert.deepEqual(rows((await cli(["list", "--json"])).stdout), [
    { id: "a", name: "for ever", expired: false },
  ]);
});

const SELECTIONS = {
  "--expired": ["id-2", "id-4"],
  "--name ci-?": ["id-1", "id-2"],
  "--name *": ["id-0", "id-1", "id-2", "id-3", "id-4"],
  "--name ci": [],
  "--name *-* --expired": ["id-2"],
};

for (const [selection, ids] of Object.entries(SELECTIONS)) {
  test(`list ${selection} shows ${ids.length === 0 ? "nothing" : ids.join(", ")}`, async () => {
    const { code, stdout } = await cli(["list", "--json", ...selection.split(" ")]);
    assert.equal(code, 0);
    assert.deepEqual(stdout === "" ? [] : rows(stdout).map(({ id }) => id), ids);
  });
}

test("an empty list is reported on standard error, and is no failure", async (t) => {
  await serveTokens(t, []);
  assert.deepEqual(await cli(["list"]), {
    code: 0,
    stdout: "",
    stderr: "You have no access tokens.\n",
  });
});

// An escape sequence, a C1 control, a direction mark, a line break, a surrogate pair, a joiner.
const NASTY = "\x1b[2J \x9b1m \u202eevil \n \u{e0041} \u200d";

test("control characters in a name are escaped in both forms", async (t) => {
  await serveTokens(t, [{ id: "\x1b]0;a", name: NASTY }]);
  const [plain, json] = [await cli(["list"]), await cli(["list", "--json"])];
  for (const { stdout } of [plain, json])
    assert.doesNotMatch(stdout.replaceAll("\n", ""), /[\p{Cc}\u202e\u{e0041}]/u);
  assert.ok(plain.stdout.includes("\\u{1b}[2J \\u{9b}1m \\u{202e}evil \\u{a} \\u{e0041}"));
  assert.equal(rows(json.stdout)[0].name, NASTY);
});

test("a long list reaches a slow reader as a whole", async (t) => {
  await serveTokens(
    t,
    tokensNamed(Array.from({ length: 1000 }, (_, index) => `${index} `.padEnd(100, "x"))),
  );
  const running = start(t, folder, ["list", "--json", "--endpoint", service.url], { env: env() });
  running.child.stdout.pause();
  await new Promise((resolve) => running.child.stdout.once("readable", resolve));
  running.child.stdout.resume();
  const { code, stdout } = await running.ended;
  assert.deepEqual([code, rows(stdout).length], [0, 1000]);
});

test("a reader that leaves early ends a list silently", async (t) => {
  const running = start(t, folder, ["list", "--endpoint", service.url], { env: env() });
  running.child.stdout.destroy();
  const { code, stderr } = await running.ended;
  assert.deepEqual([stderr, code], ["", 0]);
});

test("a failure to write results is reported", { skip: !existsSync("/dev/full") }, async () => {
  const full = openSync("/dev/full", "w");
  const { code, stderr } = await cli(["list"], { stdio: ["pipe", full, "pipe"] });
  closeSync(full);
  assert.equal(code, 1);
  assert.match(stderr, /could not be written to standard output \(ENOSPC\)\.\n$/);
});
