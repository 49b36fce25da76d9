// The command line on pipes: the list.

import assert from "node:assert/strict";
import { closeSync, existsSync, openSync } from "node:fs";
import { test } from "node:test";
import { formatDate } from "../../pkg-template/format-date.js";
import { start, tokensNamed } from "./cli-program.mjs";
import { cli, env, folder, rows, serveTokens, service, setUpSuite } from "./cli-suite.mjs";

setUpSuite("cli-list");

// --------------------------------------------------------------------------- list

test("list shows a table of all tokens, with names last, without colours", async () => {
  const { code, stdout, stderr } = await cli(["list"]);
  assert.deepEqual([stderr, code], ["", 0]);
  const [heading, ...lines] = stdout.trimEnd().split("\n");
  assert.match(heading, /^ID {4}EXPIRES +NAME$/);
  assert.equal(lines.length, 5);
  const [valid, expired] = [0, 4].map((index) =>
    formatDate(new Date(service.state().users.ana[index].expiresTime)),
  );
  assert.equal(lines[0], `id-0  ${valid}           laptop`);
  assert.equal(lines[4], `id-4  ${expired}  expired  old`);
});

test("list --json gives one object a line, with the time as the service gave it", async () => {
  const { stdout } = await cli(["list", "--json", "--name", "old"]);
  const { expiresTime } = service.state().users.ana.at(-1);
  assert.deepEqual(rows(stdout), [{ id: "id-4", name: "old", expiresTime, expired: true }]);
});

test("list --output json is list --json", async () => {
  const json = await cli(["list", "--json"]);
  assert.deepEqual(await cli(["ls", "--output", "json"]), json);
});

test("list --output text has a line for each token, a tab between the fields, and names last", async (t) => {
  const expiresTime = new Date("2030-01-02T03:04:05.678Z");
  await serveTokens(t, [
    { id: "a", name: "for\tever" },
    { id: "b", name: "a name with blanks", expiresTime },
  ]);
  const { stdout, stderr } = await cli(["list", "--output", "text"]);
  assert.equal(stdout, "a\tNone\tfor\\u{9}ever\nb\t2030-01-02T03:04:05.678Z\ta name with blanks\n");
  assert.equal(stderr, "");
});

test("a token that never expires doesn't match --expires-before", async (t) => {
  await serveTokens(t, [{ id: "a", name: "for ever" }]);
  const { stdout, stderr } = await cli(["list", "--expires-before", "9999-12-31"]);
  assert.deepEqual([stdout, stderr], ["", "None of your 1 access tokens matches.\n"]);
});

test("delete takes --expires-before for a selection", async () => {
  const { code, stdout } = await cli(["rm", "--expires-before", "0d", "--yes"]);
  assert.deepEqual([code, stdout], [0, "deleted  id-2  ci-2\ndeleted  id-4  old\n"]);
});

test("delete --output text has a line for each id: what became of it, and the error", async () => {
  const { code, stdout, stderr } = await cli([
    ...["rm", "id-0", "gone", "--yes", "--output", "text", "--concurrency", "1"],
  ]);
  assert.equal(code, 1);
  assert.equal(
    stdout,
    "deleted\tid-0\tNone\tNone\nfailed\tgone\tResourceNotFoundException\tNone\n",
  );
  assert.equal(stderr, "failed   gone  You own no token with this id.\n1 deleted, 1 failed.\n");
});

/** @type {[options: string[], order: string[]][]} */
const ORDERS = [
  [[], ["b", "a10", "a9", "c"]],
  [["--reverse"], ["c", "a9", "a10", "b"]],
  [
    ["--sort", "id"],
    ["a9", "a10", "b", "c"],
  ],
  [
    ["--sort", "name"],
    ["c", "a9", "a10", "b"],
  ],
  [
    ["--sort", "expires"],
    ["c", "a10", "b", "a9"],
  ],
  [
    ["--sort", "expires", "--reverse"],
    ["a9", "b", "a10", "c"],
  ],
];

for (const [options, order] of ORDERS) {
  test(`the order of list ${options.join(" ")}`, async (t) => {
    await serveTokens(t, [
      { id: "b", name: "zulu" },
      { id: "a10", name: "ci-10", expiresTime: new Date("2031-01-01") },
      { id: "a9", name: "ci-9" },
      { id: "c", name: "Alpha", expiresTime: new Date("2030-01-01") },
    ]);
    const { stdout } = await cli(["list", "--json", ...options]);
    assert.deepEqual(
      rows(stdout).map(({ id }) => id),
      order,
    );
  });
}

test("--region is ignored, with a word on standard error", async () => {
  const { code, stdout, stderr } = await cli(["list", "--region", "us-west-2"]);
  assert.deepEqual([code, stderr], [0, "--region is ignored: CodeCatalyst is global.\n"]);
  assert.equal(stdout, (await cli(["list", "--quiet", "--region=eu-west-1"])).stdout);
});

test("a pipe gets colours only if FORCE_COLOR wants them", async () => {
  const colored = async (more) =>
    (await cli(["list"], { env: { ...env(), ...more } })).stdout.includes("\x1b[31m");
  assert.equal(await colored({ FORCE_COLOR: "1" }), true);
  for (const more of [{}, { FORCE_COLOR: "0" }, { FORCE_COLOR: "" }])
    assert.equal(await colored(more), false);
  assert.equal(await colored({ FORCE_COLOR: "1", NO_COLOR: "1" }), false);
});

test("a token without a time has none in either form", async (t) => {
  await serveTokens(t, [{ id: "a", name: "for ever" }]);
  assert.match((await cli(["list"])).stdout, /^a {3}never +for ever$/m);
  assert.deepEqual(rows((await cli(["list", "--json"])).stdout), [
    { id: "a", name: "for ever", expired: false },
  ]);
});

const SELECTIONS = {
  "--expired": ["id-2", "id-4"],
  "--expires-before 0h": ["id-2", "id-4"],
  "--expires-before 2h": ["id-0", "id-1", "id-2", "id-3", "id-4"],
  "--expires-before 2000-01-01": [],
  "--expires-before 2h --name ci-?": ["id-1", "id-2"],
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
