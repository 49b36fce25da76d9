// Parses the command line. Anything ambiguous is refused: this program deletes.

import { parseArgs } from "node:util";
import { nearest } from "../nearest.js";
import { usageError } from "./cli-error.js";
import { escapeInput, hideTokens } from "./format.js";
import { MAX_CONCURRENCY } from "./limits.js";

/** @typedef {"list" | "delete" | "help" | "version"} Command */

/**
 * @typedef {object} Args
 * @property {Command} command
 * @property {string[]} ids
 * @property {boolean} fromStdin whether more ids come from standard input
 * @property {boolean} all
 * @property {number | undefined} concurrency
 * @property {boolean} dryRun
 * @property {string | undefined} endpoint
 * @property {boolean} expired
 * @property {boolean} json
 * @property {string | undefined} name
 * @property {string | undefined} profile
 * @property {boolean} quiet
 * @property {number | undefined} timeoutMs
 * @property {boolean} tokenStdin
 * @property {boolean} yes
 */

/**
 * The options by name, without the dashes; a flag has an empty value.
 *
 * @typedef {Map<string, string>} Options
 */

/** @type {Record<string, { type: "boolean" | "string", short?: string }>} */
export const OPTIONS = {
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

/** @type {Command[]} */
const COMMANDS = ["list", "delete", "help", "version"];
const DELETE_ONLY = ["all", "dry-run", "yes"];

const SEE_HELP = '"codecatalyst-pat --help" tells more.';

/**
 * Parses the arguments that follow the program's name. Throws a `CliError` if they are wrong.
 *
 * @param {string[]} argv
 * @returns {Args}
 */
export function parseArguments(argv) {
  // Not strict: Node's own messages suggest no nearest option and take several lines.
  const { tokens } = parseArgs({
    args: argv,
    options: OPTIONS,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const passed = tokens.filter((token) => token.kind === "option");
  for (const command of /** @type {const} */ (["help", "version"]))
    if (passed.some(({ name }) => name === command)) return toArgs(command, [], new Map());
  /** @type {Options} */
  const options = new Map();
  for (const option of passed) addOption(options, option);
  const [name, ...words] = tokens
    .filter((token) => token.kind === "positional")
    .map(({ value }) => value);
  const command = checkCommand(name);
  checkCombination(command, words, options);
  return toArgs(command, words, options);
}

/**
 * @param {Options} options
 * @param {{ name: string, rawName: string, value?: string, inlineValue?: boolean }} option
 */
function addOption(options, { name, rawName, value, inlineValue }) {
  if (name === "token") throw usageError(TOKEN_REFUSED);
  if (!Object.hasOwn(OPTIONS, name)) {
    const shown = showOption(rawName, value, inlineValue);
    throw usageError(`There is no option ${shown}.${suggestOption(name)} ${SEE_HELP}`);
  }
  const takesValue = OPTIONS[name]?.type === "string";
  if (!takesValue && value !== undefined) throw usageError(`${rawName} takes no value.`);
  if (takesValue && isMissing(value, inlineValue))
    throw usageError(`${rawName} needs a value. ${SEE_HELP}`);
  if (takesValue && options.has(name))
    throw usageError(`${rawName} is there twice. Which one is meant?`);
  options.set(name, value ?? "");
}

/**
 * An option as it was typed, without its value. If it looks like a bearer token then as a whole: that
 * may hold a sign of equality, too.
 *
 * @param {string} rawName
 * @param {string | undefined} value
 * @param {boolean | undefined} isInline
 */
function showOption(rawName, value, isInline) {
  const typed = isInline ? `${rawName}=${value}` : rawName;
  return escapeInput(hideTokens(typed) === typed ? rawName : typed);
}

/**
 * A value that looks like an option is more likely the next option. `--name=-x` still works.
 *
 * @param {string | undefined} value
 * @param {boolean | undefined} isInline
 */
const isMissing = (value, isInline) => !value || (!isInline && value.startsWith("-"));

const TOKEN_REFUSED =
  "A token is never taken from an argument: other users of this machine can read those. " +
  "Use --token-stdin, AWS_BEARER_TOKEN_CODECATALYST, or the login of a profile.";

/** @param {string} name */
function suggestOption(name) {
  const suggestion = nearest(name, Object.keys(OPTIONS));
  return suggestion ? ` Do you mean --${suggestion}?` : "";
}

/** @param {string | undefined} name */
function checkCommand(name) {
  if (name === undefined) throw usageError(`Say what to do: list or delete. ${SEE_HELP}`);
  const command = COMMANDS.find((known) => known === name);
  if (command) return command;
  const suggestion = nearest(name, COMMANDS);
  const question = suggestion ? ` Do you mean ${suggestion}?` : "";
  throw usageError(`There is no command "${escapeInput(name)}".${question} ${SEE_HELP}`);
}

/**
 * @param {Command} command
 * @param {string[]} words
 * @param {Options} options
 */
function checkCombination(command, words, options) {
  if (command === "delete") checkDelete(words, options);
  if (command === "list") checkList(words, options);
  if (options.has("token-stdin") && options.has("profile"))
    throw usageError("--token-stdin and --profile: say from which of them the token comes.");
}

/**
 * @param {string[]} words
 * @param {Options} options
 */
function checkList([word], options) {
  if (word !== undefined)
    throw usageError(`list takes no ids: "${escapeInput(word)}". ${SEE_HELP}`);
  const misplaced = DELETE_ONLY.find((name) => options.has(name));
  if (misplaced) throw usageError(`--${misplaced} belongs to delete, not to list.`);
}

/**
 * @param {string[]} words
 * @param {Options} options
 */
function checkDelete(words, options) {
  const selection = ["all", "expired", "name"].filter((name) => options.has(name));
  if (words.length === 0 && selection.length === 0) {
    throw usageError(
      "Say which tokens: their ids, - for ids from standard input, " +
        "--expired, --name PATTERN or --all.",
    );
  }
  if (words.length > 0 && selection.length > 0)
    throw usageError(`Either ids or --${selection[0]}, not both.`);
  if (options.has("all") && selection.length > 1)
    throw usageError(`Either --all or --${selection[1]}, not both.`);
  if (words.includes("-") && options.has("token-stdin")) {
    throw usageError("Standard input can hold the token (--token-stdin) or the ids (-), not both.");
  }
}

/**
 * @param {Command} command
 * @param {string[]} words
 * @param {Options} options
 * @returns {Args}
 */
function toArgs(command, words, options) {
  return {
    command,
    ids: words.filter((word) => word !== "-"),
    fromStdin: words.includes("-"),
    all: options.has("all"),
    concurrency: parseConcurrency(options.get("concurrency")),
    dryRun: options.has("dry-run"),
    endpoint: options.get("endpoint"),
    expired: options.has("expired"),
    json: options.has("json"),
    name: options.get("name"),
    profile: options.get("profile"),
    quiet: options.has("quiet"),
    timeoutMs: parseTimeout(options.get("timeout")),
    tokenStdin: options.has("token-stdin"),
    yes: options.has("yes"),
  };
}

/** @param {string | undefined} text */
function parseConcurrency(text) {
  if (text === undefined) return undefined;
  const number = Number(text);
  if (/^\d+$/.test(text) && number >= 1 && number <= MAX_CONCURRENCY) return number;
  const expected = `a whole number from 1 to ${MAX_CONCURRENCY}`;
  throw usageError(`--concurrency must be ${expected}, not "${escapeInput(text)}".`);
}

/** @param {string | undefined} text */
function parseTimeout(text) {
  if (text === undefined) return undefined;
  const seconds = Number(text);
  if (/^\d*\.?\d+$/.test(text) && seconds > 0) return seconds * 1000;
  throw usageError(`--timeout must be a number of seconds above 0, not "${escapeInput(text)}".`);
}
