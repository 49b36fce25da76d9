// The command line on pipes, as a script uses it.

import assert from "node:assert/strict";
import { closeSync, existsSync, openSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { before, beforeEach, test } from "node:test";
import { pathToFileURL } from "node:url";
import { run as runTool } from "../../scripts/tools.mjs";
import { startService } from "../../www/service.mjs";
import { BEARER, deletions, left, newHome, run, start, tokensNamed } from "./cli-program.mjs";
import { packageIn, project } from "./installed.mjs";

let folder;
let home;

before(async () => {
  folder = await project("cli");
  home = await newHome(folder);
});

let service;

beforeEach(async (t) => {
  service = await serviceWith(
    t,
    tokensNamed(["laptop", "ci-1", "ci-2", "Ci-3", "old"], ["ci-2", "old"]),
  );
});

async function serviceWith(t, tokens) {
  const started = await startService({ users: [{ name: "ana", bearer: BEARER, tokens }] });
  t.after(() => started.close());
  return started;
}

const env = () => ({ HOME: home, USERPROFILE: home, AWS_BEARER_TOKEN_CODECATALYST: BEARER });

const cliModule = (file) => import(pathToFileURL(join(packageIn(folder), "cli", file)).href);

/** Runs it against the service of the test, signed in. */
const cli = (args, options) =>
  run(folder, [...args, "--endpoint", service.url], { env: env(), ...options });

const rows = (text) =>
  text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));

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
  service = await serviceWith(t, [{ id: "a", name: "for ever" }]);
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
  service = await serviceWith(t, []);
  assert.deepEqual(await cli(["list"]), {
    code: 0,
    stdout: "",
    stderr: "You have no access tokens.\n",
  });
});

// An escape sequence, a C1 control, a direction mark, a line break, a surrogate pair, a joiner.
const NASTY = "\x1b[2J \x9b1m \u202eevil \n \u{e0041} \u200d";

test("control characters in a name are escaped in both forms", async (t) => {
  service = await serviceWith(t, [{ id: "\x1b]0;a", name: NASTY }]);
  const [plain, json] = [await cli(["list"]), await cli(["list", "--json"])];
  for (const { stdout } of [plain, json])
    assert.doesNotMatch(stdout.replaceAll("\n", ""), /[\p{Cc}\u202e\u{e0041}]/u);
  assert.ok(plain.stdout.includes("\\u{1b}[2J \\u{9b}1m \\u{202e}evil \\u{a} \\u{e0041}"));
  assert.equal(rows(json.stdout)[0].name, NASTY);
});

test("a long list reaches a slow reader as a whole", async (t) => {
  service = await serviceWith(
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

// ------------------------------------------------------------------------- delete

test("one id is deleted without a question and without asking for the list", async () => {
  const { code, stdout, stderr } = await cli(["delete", "id-1"]);
  assert.deepEqual([code, stdout, stderr], [0, "deleted  id-1\n", "1 deleted.\n"]);
  assert.deepEqual(
    service.requests.map(({ method }) => method),
    ["DELETE"],
  );
});

test("ids that the user does not own fail", async () => {
  const { code, stdout, stderr } = await cli(["delete", "id-1", "gone", "id-1", "--yes"]);
  assert.equal(code, 1);
  assert.equal(stdout, "deleted  id-1\n");
  assert.equal(stderr, "failed   gone  You own no token with this id.\n1 deleted, 1 failed.\n");
});

test("ids come from standard input, with any line ends and blank lines", async () => {
  const input = "\n id-1\r\n\n\tid-2\nid-1\nid-3";
  const { code, stdout } = await cli(["delete", "id-0", "-", "--yes", "--concurrency", "1"], {
    input,
  });
  assert.equal(code, 0);
  assert.equal(stdout, "deleted  id-0\ndeleted  id-1\ndeleted  id-2\ndeleted  id-3\n");
  assert.deepEqual(left(service), ["id-4"]);
});

test("each id of standard input is deleted when it comes", async (t) => {
  const running = start(t, folder, ["delete", "-", "--yes", "--endpoint", service.url], {
    env: env(),
  });
  for (const id of ["id-3", "id-0"]) {
    running.type(`${id}\n`);
    await running.printed(`deleted  ${id}\n`);
  }
  running.child.stdin.end();
  const { code, stderr } = await running.ended;
  assert.deepEqual([code, stderr], [0, "2 deleted.\n"]);
});

test("an argument that can't be an id fails, and the others are deleted", async () => {
  const { code, stdout, stderr } = await cli(["delete", "x".repeat(37), "id-0", "..", "--yes"]);
  assert.deepEqual([code, stdout], [1, "deleted  id-0\n"]);
  assert.equal(stderr.match(/^failed {3}\S+ {2}No token can have this id: .*$/gm)?.length, 2);
  assert.match(stderr, /\n1 deleted, 2 failed\.\n$/);
});

test("a standard input that can't be read is reported", async () => {
  const input = openSync(join(folder, "write-only"), "w");
  const { code, stdout, stderr } = await cli(["delete", "id-0", "-", "--yes"], {
    stdio: [input, "pipe", "pipe"],
  });
  closeSync(input);
  assert.deepEqual([code, stdout], [1, "deleted  id-0\n"]);
  assert.match(stderr, /^codecatalyst-pat: Standard input can't be read \(EBADF\)\.\n1 deleted/);
});

test("an empty standard input deletes nothing", async () => {
  assert.deepEqual(await cli(["delete", "-", "--yes"]), {
    code: 0,
    stdout: "",
    stderr: "0 deleted.\n",
  });
});

test("a selection that matches nothing is reported, and is no failure", async () => {
  const { code, stdout, stderr } = await cli(["delete", "--name", "nobody", "--yes"]);
  assert.deepEqual(
    [code, stdout, stderr],
    [0, "", "None of your 5 access tokens matches. Nothing to delete.\n"],
  );
});

test("--all deletes everything", async () => {
  const { code, stderr } = await cli(["delete", "--all", "--yes"]);
  assert.deepEqual([code, stderr, left(service)], [0, "5 deleted.\n", []]);
});

test("--quiet says only what went wrong", async () => {
  assert.deepEqual(await cli(["delete", "--expired", "--yes", "--quiet"]), {
    code: 0,
    stdout: "",
    stderr: "",
  });
  const { code, stdout, stderr } = await cli(["delete", "id-0", "id-2", "--yes", "--quiet"]);
  assert.deepEqual([code, stdout], [1, ""]);
  assert.equal(stderr, "failed   id-2  You own no token with this id.\n1 deleted, 1 failed.\n");
});

test("delete --json gives one object for each deletion, whatever became of it", async () => {
  service.faults.push({
    method: "DELETE",
    status: 409,
    name: "ConflictException",
    message: "Busy.",
  });
  const { code, stdout } = await cli([
    "delete",
    "--expired",
    "--yes",
    "--json",
    "--concurrency",
    "1",
  ]);
  const [failed, deleted] = rows(stdout);
  assert.equal(code, 1);
  const { error, ...rest } = failed;
  assert.deepEqual(rest, { id: "id-2", name: "ci-2", status: "failed" });
  assert.deepEqual(
    [error.name, error.message, error.status, error.outcomeUnknown],
    ["ConflictException", "Busy.", 409, false],
  );
  const { requestId, ...gone } = deleted;
  assert.deepEqual(gone, {
    id: "id-4",
    name: "old",
    status: "deleted",
    attempts: 1,
    alreadyDeleted: false,
  });
  assert.match(requestId, /^[0-9a-f-]{36}$/);
});

test("a listed token that the service no longer knows counts as gone already", async () => {
  service.faults.push({
    method: "DELETE",
    status: 404,
    name: "ResourceNotFoundException",
    message: "No such token.",
  });
  const { code, stdout, stderr } = await cli(["delete", "--name", "laptop", "--yes"]);
  assert.deepEqual([code, stdout], [0, "deleted  id-0  laptop  (was gone already)\n"]);
  assert.equal(stderr, "1 deleted (1 of them gone already).\n");
});

test("an unknown outcome is reported as unknown", async () => {
  const lost = { method: "DELETE", status: 500, headers: { "retry-after": "3600" }, effect: true };
  service.faults.push(lost);
  const { code, stderr } = await cli(["delete", "id-0"]);
  assert.equal(code, 1);
  assert.match(stderr, /^unknown {2}id-0 {2}InternalServerException: .* Try again in 3600 s\.$/m);
  assert.match(stderr, /\n0 deleted, 1 unknown\.\nUnknown: .*deleting again is safe\.\n$/);
});

const THREE_FAULTS = [
  { method: "DELETE", cut: "after" },
  { method: "DELETE", status: 429, name: "ThrottlingException", headers: { "retry-after": "1" } },
  { method: "DELETE", status: 503 },
];
const nine = (method) => Array.from({ length: 9 }, () => ({ method, delayMs: 0 }));

test("of 100 tokens exactly the 20 expired are deleted, although replies fail", async (t) => {
  const names = Array.from({ length: 100 }, (_, index) => `token ${index}`);
  const expired = names.filter((_, index) => index % 5 === 0);
  service = await serviceWith(t, tokensNamed(names, expired));
  service.faults.push({ method: "POST", status: 503 }, ...nine("POST"));
  for (const fault of THREE_FAULTS) service.faults.push(fault, ...nine("DELETE"));
  const { code, stdout, stderr } = await cli(["delete", "--expired", "--yes"]);
  assert.deepEqual([stderr, code], ["20 deleted.\n", 0]);
  assert.equal(stdout.match(/^deleted {2}/gm)?.length, 20);
  const kept = names.map((_, index) => `id-${index}`).filter((_, index) => index % 5 !== 0);
  assert.deepEqual(left(service), kept);
  // All three faults were met.
  assert.equal(deletions(service), 23);
});

test("deletions go on when the reader of the results has left", async (t) => {
  const running = start(t, folder, ["delete", "--all", "--yes", "--endpoint", service.url], {
    env: env(),
  });
  running.child.stdout.destroy();
  const { code, stderr } = await running.ended;
  assert.deepEqual([code, stderr, left(service)], [0, "5 deleted.\n", []]);
});

// ------------------------------------------------------------------------ rehearsal

test("--dry-run shows what would be deleted, asks nothing, and deletes nothing", async () => {
  const { code, stdout, stderr } = await cli(["delete", "--expired", "--dry-run"]);
  assert.equal(code, 0);
  assert.deepEqual(
    [...stdout.matchAll(/^id-\d/gm)].map(([id]) => id),
    ["id-2", "id-4"],
  );
  assert.equal(stderr, "Dry run: 2 tokens would be deleted. Nothing was.\n");
  assert.equal(deletions(service), 0);
});

test("--dry-run reports ids that would fail, also from standard input", async () => {
  const input = "id-0\nstranger\n";
  const { code, stdout, stderr } = await cli(["delete", "-", "--dry-run", "--json"], { input });
  assert.deepEqual(
    [code, rows(stdout).map(({ name }) => name), deletions(service)],
    [1, ["laptop"], 0],
  );
  assert.equal(
    stderr,
    "not found  stranger  You own no token with this id.\nDry run: 1 token would be deleted. Nothing was.\n",
  );
});

// ---------------------------------------------------------------------------- usage

for (const what of ["--expired", "--name *", "--all", "id-0 id-1", "-"]) {
  test(`delete ${what} without terminal and --yes is refused, and nothing is sent`, async () => {
    const { code, stdout, stderr } = await cli(["delete", ...what.split(" ")], { input: "id-0\n" });
    assert.deepEqual([code, stdout], [2, ""]);
    assert.match(stderr, /^codecatalyst-pat: .*--dry-run.*--yes\.\n$/);
    assert.deepEqual(service.requests, []);
  });
}

/** @type {[args: string[], message: RegExp][]} */
const MISTAKES = [
  [[], /Say what to do: list or delete\./],
  [["lsit"], /There is no command "lsit"\. Do you mean list\?/],
  [["frobnicate"], /There is no command "frobnicate"\. "codecatalyst-pat --help" tells more\./],
  [["\x1b[2J"], /There is no command "\\u\{1b\}\[2J"/],
  [["list", "id-0"], /list takes no ids/],
  [["list", "--all"], /--all belongs to delete/],
  [["list", "--exprd"], /no option --exprd\. Do you mean --expired\?/],
  [["list", "--endpoint-url=x"], /no option --endpoint-url\. Do you mean --endpoint\?/],
  [["list", "--zzz"], /no option --zzz\. "codecatalyst-pat --help"/],
  [["list", "-x"], /no option -x\./],
  [["list", "--json=yes"], /--json takes no value/],
  [["list", "--profile"], /--profile needs a value/],
  [["list", "--profile", "--json"], /--profile needs a value/],
  [["list", "--name="], /--name needs a value/],
  [["list", "--name", "a", "--name", "b"], /--name is there twice/],
  [["list", "--timeout", "0"], /--timeout must be a number of seconds above 0, not "0"/],
  [["list", "--timeout", "1e3"], /--timeout must be/],
  [["list", "--concurrency", "65"], /--concurrency must be a whole number from 1 to 64/],
  [["list", "--token-stdin", "--profile", "x"], /--token-stdin and --profile/],
  [["delete"], /Say which tokens/],
  [["delete", "id-0", "--all"], /Either ids or --all, not both/],
  [["delete", "-", "--expired"], /Either ids or --expired, not both/],
  [["delete", "--all", "--expired"], /Either --all or --expired, not both/],
  [["delete", "-", "--token-stdin"], /Standard input can hold the token .* or the ids/],
];

for (const [args, message] of MISTAKES) {
  test(`wrong usage is refused: ${JSON.stringify(args.join(" "))}`, async () => {
    const { parseArguments } = await cliModule("arguments.js");
    assert.throws(() => parseArguments(args), { code: 2, message });
    assert.throws(() => parseArguments(args), { message: /^[^\n]+$/ });
  });
}

test("wrong usage is one line on standard error and exit code 2", async () => {
  assert.deepEqual(await run(folder, ["lsit"]), {
    code: 2,
    stdout: "",
    stderr:
      'codecatalyst-pat: There is no command "lsit". Do you mean list? "codecatalyst-pat --help" tells more.\n',
  });
});

test("a token as an argument is refused, and not repeated", async () => {
  for (const args of [
    ["list", "--token", BEARER],
    ["list", `--token=${BEARER}`],
  ]) {
    const { code, stderr } = await run(folder, args, { env: env() });
    assert.equal(code, 2);
    assert.match(stderr, /never taken from an argument.*--token-stdin/);
  }
});

test("an endpoint that the package refuses is wrong usage", async () => {
  const { code, stderr } = await run(
    folder,
    ["list", "--endpoint", "http://codecatalyst.example"],
    { env: env() },
  );
  assert.equal(code, 2);
  assert.match(stderr, /^codecatalyst-pat: --endpoint must be https: .*\n$/);
});

test("an id may begin with a dash after --", async () => {
  const { stderr } = await run(folder, ["delete", "--endpoint", service.url, "--", "-x"], {
    env: env(),
  });
  assert.equal(stderr, "failed   -x  You own no token with this id.\n0 deleted, 1 failed.\n");
});

// ------------------------------------------------------------------ what the service says

test("a service that does not answer is one line with the code of the system", async () => {
  await service.close();
  const { code, stdout, stderr } = await cli(["list"]);
  assert.deepEqual([code, stdout], [1, ""]);
  assert.match(stderr, /^codecatalyst-pat: NetworkError: .*\(ECONNREFUSED\)\.\n$/);
});

test("--timeout is seconds for each request", async () => {
  service.faults.push({ delayMs: 2 ** 30 });
  const { code, stdout } = await cli(["list", "--json", "--timeout", ".5"]);
  assert.deepEqual([code, rows(stdout).length, service.requests.length], [0, 5, 2]);
});

test("control characters in a message of the service are escaped", async () => {
  service.faults.push({
    status: 400,
    name: "ValidationException",
    message: "\x1b[2Jno \u202e \u009b",
  });
  const { code, stderr } = await cli(["delete", "id-0"]);
  assert.equal(code, 1);
  assert.doesNotMatch(stderr.replaceAll("\n", ""), /[\p{Cc}\u202e]/u);
});

// ----------------------------------------------------------------------------- help

test("--help and --version go to standard output, wherever they stand", async () => {
  const { version } = JSON.parse(await readFile(join(packageIn(folder), "package.json"), "utf8"));
  assert.deepEqual(await run(folder, ["delete", "--all", "--version"]), {
    code: 0,
    stdout: `${version}\n`,
    stderr: "",
  });
  for (const args of [["--help"], ["help"], ["delete", "-h", "--nonsense"]]) {
    const { code, stdout, stderr } = await run(folder, args);
    assert.deepEqual([stderr, code], ["", 0]);
    assert.match(stdout, /^codecatalyst-pat: /);
  }
});

test("the help fits a terminal and names every option that there is", async () => {
  const { stdout } = await run(folder, ["--help"]);
  const { OPTIONS } = await cliModule("arguments.js");
  const options = Object.keys(OPTIONS).map((name) => `--${name}`);
  assert.ok(options.length > 10);
  assert.deepEqual(
    options.filter((option) => !stdout.includes(option)),
    [],
  );
  assert.deepEqual(
    stdout.split("\n").filter((line) => line.length > 80),
    [],
  );
});

test("the limits and defaults of the help are those of the library", async () => {
  const limits = await cliModule("limits.js");
  const { deleteAccessTokens } = await import(
    pathToFileURL(join(packageIn(folder), "index.js")).href
  );
  const withConcurrency = (concurrency) => deleteAccessTokens(BEARER, [], { concurrency }).next();
  assert.deepEqual(await withConcurrency(limits.MAX_CONCURRENCY), { done: true, value: undefined });
  await assert.rejects(withConcurrency(limits.MAX_CONCURRENCY + 1), {
    name: "InvalidArgumentError",
  });
  const types = await readFile(join(packageIn(folder), "index.d.ts"), "utf8");
  const defaultOf = (option) =>
    JSON.parse(
      new RegExp(`@default (\\S+)\\s+\\*/\\s+readonly ${option}\\?`).exec(types)?.[1] ?? "",
    );
  assert.equal(defaultOf("concurrency"), limits.DEFAULT_CONCURRENCY);
  assert.equal(defaultOf("timeoutMs"), limits.DEFAULT_TIMEOUT_S * 1_000);
  assert.equal(defaultOf("endpoint"), limits.DEFAULT_ENDPOINT);
});

test("installed, it is a command of its own", { skip: process.platform === "win32" }, async () => {
  const { stdout } = await runTool(join(folder, "node_modules/.bin/codecatalyst-pat"), [
    "--version",
  ]);
  assert.match(stdout, /^\d+\.\d+\.\d+\n$/);
});
