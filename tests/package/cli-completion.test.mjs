// The command line: what shells complete, asked of the program and of real shells.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { commandOnTerminal, configure, newHome, run } from "./cli-program.mjs";
import { packageIn, project } from "./installed.mjs";

let folder;
let home;

// An address where nothing answers: a request would fail.
const env = () => ({
  HOME: home,
  USERPROFILE: home,
  AWS_ENDPOINT_URL: "http://127.0.0.1:1",
  PATH: `${join(folder, "node_modules/.bin")}${delimiter}${process.env.PATH}`,
});

before(async () => {
  folder = await project("cli-completion");
  home = await newHome(folder);
  await configure(
    home,
    [
      "[profile work]\nsso_session = a",
      '[profile "two words"]\nsso_session = a',
      "[profile keys-only]\nregion = us-west-2",
      "[profile wide:colon]\nsso_session = a",
    ].join("\n"),
  );
});

const cliModule = (file) => import(pathToFileURL(join(packageIn(folder), "cli", file)).href);

const OPTIONS_OF_HELP = ["--help", "--version"];

/** @type {[words: string[], expected: string[]][]} */
const CASES = [
  [[""], ["list", "delete", "dashboard", "completion", "help", "version"]],
  [["de"], ["delete"]],
  [["--"], OPTIONS_OF_HELP],
  [["list", ""], []],
  [["list", "--so"], ["--sort"]],
  [
    ["ls", "--re"],
    ["--reverse", "--region"],
  ],
  [["list", "--json", "--js"], []],
  [["list", "--all"], []],
  [["rm", "--al"], ["--all"]],
  [
    ["list", "--output", ""],
    ["json", "text", "table"],
  ],
  [
    ["list", "--output", "t"],
    ["text", "table"],
  ],
  [["list", "--sort=n"], ["--sort=name"]],
  [["list", "--sort", "=", "n"], ["name"]],
  [
    ["list", "--sort", "="],
    ["expires", "name", "id"],
  ],
  [["--profile", "x", "li"], ["list"]],
  [["--output", "=", "json", "li"], ["list"]],
  [["list", "--endpoint", ""], []],
  [
    ["list", "--profile", ""],
    ["work", "two words", "wide:colon"],
  ],
  [
    ["list", "--profile=w"],
    ["--profile=work", "--profile=wide:colon"],
  ],
  [["help", "de"], ["delete"]],
  [["help", "list", ""], []],
  [
    ["completion", ""],
    ["bash", "zsh", "fish"],
  ],
  [["delete", "--", "--a"], []],
  [["nonsense", "x"], []],
];

for (const [words, expected] of CASES) {
  test(`what can follow: ${words.join(" ")}`, async () => {
    const { complete } = await cliModule("complete.js");
    const candidates = await complete(words, env());
    assert.deepEqual(
      candidates.map(({ word }) => word),
      expected,
    );
  });
}

test("every command and every option can be completed, with a short help", async () => {
  const { complete } = await cliModule("complete.js");
  const { SHOWN_COMMANDS } = await cliModule("commands.js");
  for (const { name, options } of SHOWN_COMMANDS) {
    const candidates = await complete([name, "-"], env());
    assert.equal(candidates.length, options.length);
    for (const { help } of candidates) assert.match(help, /^[^.]{4,80}$/);
  }
});

test("without files of the AWS CLI, or with broken ones, there are no profiles", async () => {
  const { complete } = await cliModule("complete.js");
  await writeFile(join(folder, "broken"), "no section");
  for (const file of ["missing", "broken"])
    assert.deepEqual(
      await complete(["list", "--profile", ""], {
        AWS_CONFIG_FILE: join(folder, file),
        HOME: home,
      }),
      [],
    );
});

test("completing prints words with their help, and nothing on standard error", async () => {
  assert.deepEqual(await run(folder, ["__complete", "--", "l"], { env: env() }), {
    code: 0,
    stdout: "list\tshow your access tokens\n",
    stderr: "",
  });
});

test("the hidden command is in no help and in no suggestion", async () => {
  const { stdout } = await run(folder, ["help"]);
  assert.ok(!stdout.includes("__complete"));
  assert.doesNotMatch((await run(folder, ["__completion"])).stderr, /__complete\?/);
});

// ------------------------------------------------------------------------- real shells

const has = (shell) => spawnSync(shell, ["--version"]).status === 0;
const needs = (shell) => ({ skip: !has(shell) && `there is no ${shell}` });

const TO_START = "\x01"; // Ctrl-A

/** Types a command with the tab key in a shell on a terminal, and has its words printed. */
async function typed(t, { shell, setUp, keys, expected }) {
  const running = commandOnTerminal(t, folder, shell, { ...env(), PS1: "$ " });
  running.type(`${setUp}\necho is-"ready"\n`);
  await running.printed("is-ready");
  running.type(`${keys}${TO_START}printf '[%s]' \nexit\n`);
  const { stdout } = await running.ended;
  assert.ok(stdout.includes(expected.map((word) => `[${word}]`).join("")), stdout);
}

const BASH = {
  shell: "bash --norc --noprofile -i",
  setUp: 'eval "$(codecatalyst-pat completion bash)"',
};
const ZSH = {
  shell: "zsh -f -i",
  setUp: 'autoload -U compinit; compinit -u -D; eval "$(codecatalyst-pat completion zsh)"',
};

/** @type {[keys: string, expected: string[]][]} */
const KEYS = [
  ["li\t--so\tna\t", ["list", "--sort", "name"]],
  ["rm --output=te\t", ["rm", "--output=text"]],
  ["ls --profile tw\t--profile wi\t", ["ls", "--profile", "two words", "--profile", "wide:colon"]],
];

for (const [keys, words] of KEYS) {
  const command = { keys: `codecatalyst-pat ${keys}`, expected: ["codecatalyst-pat", ...words] };
  const title = JSON.stringify(keys);
  test(`bash completes ${title}`, needs("bash"), (t) => typed(t, { ...BASH, ...command }));
  test(`zsh completes ${title}`, needs("zsh"), (t) => typed(t, { ...ZSH, ...command }));
}

test("fish completes commands, options, values and profiles", needs("fish"), () => {
  const complete = (line) => {
    const script = `codecatalyst-pat completion fish | source; complete -C ${JSON.stringify(line)}`;
    const { stdout } = spawnSync("fish", ["--no-config", "-c", script], {
      cwd: folder,
      env: env(),
    });
    return `${stdout}`.trimEnd().split("\n");
  };
  assert.deepEqual(complete("codecatalyst-pat li"), ["list\tshow your access tokens"]);
  assert.deepEqual(complete("codecatalyst-pat list --output te"), ["text"]);
  assert.deepEqual(complete("codecatalyst-pat list --sort=n"), ["--sort=name"]);
  assert.deepEqual(complete("codecatalyst-pat ls --profile wo"), ["work"]);
  assert.deepEqual(complete("codecatalyst-pat list "), [""]);
});
