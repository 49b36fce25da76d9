// The command line: wrong usage, what the service says, and the help.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { run as runTool } from "../../scripts/tools.mjs";
import { BEARER, run } from "./cli-program.mjs";
import { cli, cliModule, env, folder, rows, service, setUpSuite } from "./cli-suite.mjs";
import { packageIn } from "./installed.mjs";

setUpSuite("cli-usage");

// ---------------------------------------------------------------------------- usage

for (const what of ["--expired", "--name *", "--all", "id-0", "id-0 id-1", "-"]) {
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
  [["list", "id-0"], /list takes only options, not "id-0"/],
  [["list", "--all"], /--all belongs to delete/],
  [["list", "--exprd"], /no option --exprd\. Do you mean --expired\?/],
  [["list", "--endpoint-url=x"], /no option --endpoint-url\. Do you mean --endpoint\?/],
  [["list", "--zzz"], /no option --zzz\. "codecatalyst-pat --help"/],
  [["list", "--query", "items[].id"], /no option --query\. --json prints what jq can filter/],
  [["list", "--max-items", "5"], /no option --max-items\. All pages are fetched/],
  [["list", "--no-cli-pager"], /no option --no-cli-pager\. There is no pager/],
  [["delete", "--token-id", "x"], /no option --token-id\. Ids need no option/],
  [["delete", "--force"], /no option --force\. Do you mean --yes\?/],
  [["list", "--access-token", "x"], /never taken from an argument/],
  [["list-access-tokens"], /There is no command "list-access-tokens"\. Do you mean list\?/],
  [["delete-access-token"], /Do you mean delete\?/],
  [["list", "-x"], /no option -x\./],
  [["list", "--json=yes"], /--json takes no value/],
  [["list", "--profile"], /--profile needs a value/],
  [["list", "--profile", "--json"], /--profile needs a value/],
  [["list", "--name="], /--name needs a value/],
  [["list", "--name", "a", "--name", "b"], /--name is there twice/],
  [["list", "--timeout", "0"], /--timeout must be a number of seconds above 0, not "0"/],
  [["list", "--timeout", "1e3"], /--timeout must be/],
  [["list", "--concurrency", "4"], /--concurrency belongs to delete, not to list\./],
  [["help", "--json"], /--json belongs to list and delete, not to help\./],
  [["rm", "--all", "--concurrency", "65"], /--concurrency must be a whole number from 1 to 64/],
  [["list", "--output", "yaml"], /--output must be json, text or table, not "yaml"/],
  [["list", "--json", "--output", "table"], /Either --json or --output table, not both/],
  [["list", "--sort", "date"], /--sort must be expires, name or id, not "date"/],
  [["list", "--expires-before", "soon"], /--expires-before must be a date .* or a time from now/],
  [["delete", "--all", "--expires-before", "7d"], /Either --all or --expires-before, not both/],
  [["delete", "id-0", "--expires-before", "7d"], /Either ids or --expires-before, not both/],
  [["delete", "--all", "--sort", "name"], /--sort belongs to list, not to delete/],
  [["completion"], /Say for which shell: bash, zsh or fish/],
  [["completion", "tcsh"], /Say for which shell: bash, zsh or fish/],
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
  const { stderr } = await run(folder, ["delete", "--yes", "--endpoint", service.url, "--", "-x"], {
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
  const { code, stderr } = await cli(["delete", "id-0", "--yes"]);
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
  for (const args of [["--help"], ["help"], ["-h", "--nonsense"]]) {
    const { code, stdout, stderr } = await run(folder, args);
    assert.deepEqual([stderr, code], ["", 0]);
    assert.match(stdout, /^codecatalyst-pat: /);
  }
});

test("--help after a command, and help before it, give the help of that command", async () => {
  const { stdout } = await run(folder, ["help", "delete"]);
  assert.match(stdout, /^codecatalyst-pat delete: /);
  for (const args of [
    ["delete", "--help"],
    ["-h", "rm"],
    ["delete", "id-0", "--nonsense", "-h"],
  ])
    assert.equal((await run(folder, args)).stdout, stdout);
  assert.equal((await run(folder, ["help", "lsit"])).code, 2);
});

test("the help of a command names each of its options, and fits a terminal", async () => {
  const { SHOWN_COMMANDS } = await cliModule("commands.js");
  const { optionOf } = await cliModule("options.js");
  const { helpFor } = await cliModule("help.js");
  for (const { name, options } of SHOWN_COMMANDS) {
    const help = helpFor(name);
    const missing = options.filter((key) => !help.includes(`  --${optionOf(key).name}`));
    assert.deepEqual(missing, []);
  }
  for (const name of [undefined, ...SHOWN_COMMANDS.map((command) => command.name)]) {
    const tooLong = helpFor(name)
      .split("\n")
      .filter((line) => line.length > 80);
    assert.deepEqual(tooLong, []);
  }
});

test("the help of the program names each command with its aliases", async () => {
  const { SHOWN_COMMANDS } = await cliModule("commands.js");
  const { helpFor } = await cliModule("help.js");
  for (const { name, aliases } of SHOWN_COMMANDS)
    assert.match(helpFor(), new RegExp(`^  ${[name, ...aliases].join(", ")}  `, "m"));
});

test("each command has code to run", async () => {
  const { COMMANDS } = await cliModule("commands.js");
  for (const { load } of COMMANDS) assert.equal(typeof (await load()), "function");
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
