// What the arguments ask for. Whatever is not clear is refused: this program deletes.

import { parseArgs } from "node:util";
import { nearest } from "./nearest.js";
import { usage } from "./problem.js";
import { shown } from "./text.js";

const OPTIONS = {
  all: { type: "boolean" },
  concurrency: { type: "string" },
  "dry-run": { type: "boolean" },
  endpoint: { type: "string" },
  expired: { type: "boolean" },
  help: { type: "boolean", short: "h" },
  json: { type: "boolean" },
  name: { type: "string" },
  profile: { type: "string" },
  quiet: { type: "boolean" },
  timeout: { type: "string" },
  "token-stdin": { type: "boolean" },
  version: { type: "boolean" },
  yes: { type: "boolean", short: "y" },
};
const COMMANDS = ["list", "delete", "help", "version"];
const ONLY_DELETE = ["all", "dry-run", "yes"];

const MORE = '"codecatalyst-pat --help" tells more.';

/** What is asked for, as one object; `command` says what to do. */
export function understood(argv) {
  // Not strict: Node's own messages know no nearest option, and take several lines.
  const { tokens } = parseArgs({
    args: argv,
    options: OPTIONS,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const options = tokens.filter(({ kind }) => kind === "option");
  for (const name of ["help", "version"])
    if (options.some((option) => option.name === name)) return { command: name };
  const given = {};
  for (const option of options) take(option, given);
  const [command, ...words] = tokens
    .filter(({ kind }) => kind === "positional")
    .map(({ value }) => value);
  checkCommand(command, words, given);
  return {
    command,
    ...values(given),
    ids: words.filter((word) => word !== "-"),
    fromStdin: words.includes("-"),
  };
}

function take({ name, rawName, value, inlineValue }, given) {
  if (name === "token") throw usage(NO_TOKEN);
  if (!Object.hasOwn(OPTIONS, name))
    throw usage(`There is no option ${shown(rawName)}.${suggestion(name)} ${MORE}`);
  const needsValue = OPTIONS[name].type === "string";
  if (!needsValue && value !== undefined) throw usage(`${rawName} takes no value.`);
  if (needsValue && isMissing(value, inlineValue)) throw usage(`${rawName} needs a value. ${MORE}`);
  if (needsValue && Object.hasOwn(given, name))
    throw usage(`${rawName} is there twice. Which one is meant?`);
  given[name] = value ?? true;
}

// What looks like the next option was hardly meant as a value. Whoever does mean it writes --name=-x.
const isMissing = (value, inline) => !value || (!inline && value.startsWith("-"));

const NO_TOKEN =
  "A token is never taken from an argument: other users of this machine can read those. " +
  "Use --token-stdin, AWS_BEARER_TOKEN_CODECATALYST, or the login of a profile.";

function suggestion(name) {
  const near = nearest(name, Object.keys(OPTIONS));
  return near ? ` Do you mean --${near}?` : "";
}

function checkCommand(command, words, given) {
  if (command === undefined) throw usage(`Say what to do: list or delete. ${MORE}`);
  if (!COMMANDS.includes(command)) throw usage(unknownCommand(command));
  if (command === "delete") checkDelete(words, given);
  if (command === "list") checkList(words, given);
  if (given["token-stdin"] && given.profile)
    throw usage("--token-stdin and --profile: say from which of them the token comes.");
}

function unknownCommand(command) {
  const near = nearest(command, COMMANDS);
  return `There is no command "${shown(command)}".${near ? ` Do you mean ${near}?` : ""} ${MORE}`;
}

function checkList(words, given) {
  if (words.length > 0) throw usage(`list takes no ids: "${shown(words[0])}". ${MORE}`);
  const stranger = ONLY_DELETE.find((name) => given[name]);
  if (stranger) throw usage(`--${stranger} belongs to delete, not to list.`);
}

function checkDelete(words, given) {
  const selection = ["all", "expired", "name"]
    .filter((name) => given[name])
    .map((name) => `--${name}`);
  if (words.length === 0 && selection.length === 0) {
    throw usage(
      "Say which tokens: their ids, - for ids from standard input, --expired, --name PATTERN or --all.",
    );
  }
  if (words.length > 0 && selection.length > 0)
    throw usage(`Either ids or ${selection[0]}, not both.`);
  if (given.all && selection.length > 1) throw usage(`Either --all or ${selection[1]}, not both.`);
  if (words.includes("-") && given["token-stdin"]) {
    throw usage("Standard input can hold the token (--token-stdin) or the ids (-), not both.");
  }
}

function values(given) {
  return {
    all: given.all === true,
    concurrency: concurrency(given.concurrency),
    dryRun: given["dry-run"] === true,
    endpoint: given.endpoint,
    expired: given.expired === true,
    json: given.json === true,
    name: given.name,
    profile: given.profile,
    quiet: given.quiet === true,
    timeoutMs: timeoutMs(given.timeout),
    tokenStdin: given["token-stdin"] === true,
    yes: given.yes === true,
  };
}

function concurrency(text) {
  if (text === undefined) return undefined;
  const number = Number(text);
  if (/^\d+$/.test(text) && number >= 1 && number <= 64) return number;
  throw usage(`--concurrency must be a whole number from 1 to 64, not "${shown(text)}".`);
}

function timeoutMs(text) {
  if (text === undefined) return undefined;
  const seconds = Number(text);
  if (/^\d*\.?\d+$/.test(text) && seconds > 0) return seconds * 1000;
  throw usage(`--timeout must be a number of seconds above 0, not "${shown(text)}".`);
}
