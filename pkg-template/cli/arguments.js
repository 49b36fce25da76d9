// Parses the command line. Anything ambiguous is refused: this program deletes.

import { parseArgs } from "node:util";
import { usageError } from "./cli-error.js";
import { COMMANDS, findCommand } from "./commands.js";
import { escapeInput } from "./format.js";
import { KEYS_BY_NAME, OPTIONS, optionOf } from "./options.js";
import { noCommandError, noOptionError, SEE_HELP } from "./suggestions.js";

/** @typedef {import("./commands.js").Command} Command */
/** @typedef {import("./options.js").Option} Option */
/** @typedef {import("./options.js").OptionKey} OptionKey */
/** @typedef {import("./options.js").OptionValues} OptionValues */
/** @typedef {NonNullable<OptionValues["output"]>} Output */

/**
 * The options that were passed.
 *
 * @typedef {Map<OptionKey, unknown>} Passed
 */

/**
 * @typedef {object} Operands
 * @property {Command} command
 * @property {string[]} operands the words after the command's name
 * @property {string[]} ids those of them that are ids
 * @property {boolean} fromStdin whether more ids come from standard input
 * @property {Output} output
 */

/** @typedef {Omit<OptionValues, "json" | "output"> & Operands} Args */

/**
 * Parses the arguments that follow the program's name. Throws a `CliError` if they are wrong.
 *
 * @param {string[]} argv
 * @returns {Args}
 */
export function parseArguments(argv) {
  const { options, words } = splitArguments(argv);
  const [name, ...operands] = words;
  for (const global of ["help", "version"])
    if (options.some((option) => option.name === global))
      return toArgs(checkCommand(global), name && findCommand(name) ? [name] : [], new Map());
  /** @type {Passed} */
  const passed = new Map();
  for (const option of options) addOption(passed, option);
  const command = checkCommand(name);
  checkCombination(command, operands, passed);
  return toArgs(command, operands, passed);
}

/**
 * The options, and the words that aren't options.
 *
 * @param {string[]} args
 */
export function splitArguments(args) {
  const options = Object.fromEntries(
    Object.values(OPTIONS).map((option) => [option.name, toNodeOption(option)]),
  );
  // Not strict: Node's own messages suggest no nearest option and take several lines.
  const { tokens } = parseArgs({
    args,
    options,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  return {
    options: tokens.filter((token) => token.kind === "option"),
    words: tokens.filter((token) => token.kind === "positional").map(({ value }) => value),
  };
}

/**
 * @param {Option} option
 * @returns {{ type: "boolean" | "string", short?: string }}
 */
const toNodeOption = ({ value, short }) => ({
  type: value === undefined ? "boolean" : "string",
  ...(short && { short }),
});

/**
 * @param {Passed} passed
 * @param {{ name: string, rawName: string, value?: string, inlineValue?: boolean }} typed
 */
function addOption(passed, typed) {
  const { rawName, value, inlineValue } = typed;
  const key = KEYS_BY_NAME.get(typed.name);
  if (key === undefined) throw noOptionError(typed);
  const option = optionOf(key);
  if (!option.parse && value !== undefined) throw usageError(`${rawName} takes no value.`);
  if (option.parse && isMissing(value, inlineValue))
    throw usageError(`${rawName} needs a value. ${SEE_HELP}`);
  if (option.parse && passed.has(key))
    throw usageError(`${rawName} is there twice. Which one is meant?`);
  passed.set(key, parseValue(option, value ?? ""));
}

/**
 * A value that looks like an option is more likely the next option. `--name=-x` still works.
 *
 * @param {string | undefined} value
 * @param {boolean | undefined} isInline
 */
const isMissing = (value, isInline) => !value || (!isInline && value.startsWith("-"));

/**
 * @param {Option} option
 * @param {string} text
 */
function parseValue({ name, parse, expected }, text) {
  const value = parse ? parse(text) : true;
  if (value !== undefined) return value;
  throw usageError(`--${name} must be ${expected}, not "${escapeInput(text)}".`);
}

/** @param {string | undefined} name */
function checkCommand(name) {
  if (name === undefined) throw usageError(`Say what to do: list or delete. ${SEE_HELP}`);
  const command = findCommand(name);
  if (!command) throw noCommandError(name);
  return command;
}

/**
 * @param {Command} command
 * @param {string[]} operands
 * @param {Passed} passed
 */
function checkCombination(command, operands, passed) {
  for (const key of passed.keys()) checkPlace(command, key);
  const [word] = operands;
  if (word !== undefined && !command.takesOperands)
    throw usageError(`${command.name} takes only options, not "${escapeInput(word)}". ${SEE_HELP}`);
  command.check?.(operands, passed);
  if (passed.has("tokenStdin") && passed.has("profile"))
    throw usageError("--token-stdin and --profile: say from which of them the token comes.");
  if (passed.has("json") && passed.has("output") && passed.get("output") !== "json")
    throw usageError(`Either --json or --output ${passed.get("output")}, not both.`);
}

/**
 * @param {Command} command
 * @param {OptionKey} key
 */
function checkPlace(command, key) {
  if (command.options.includes(key)) return;
  const owners = COMMANDS.filter(({ options }) => options.includes(key)).map(({ name }) => name);
  throw usageError(
    `--${optionOf(key).name} belongs to ${new Intl.ListFormat("en").format(owners)}, not to ${command.name}.`,
  );
}

const ABSENT = Object.fromEntries(
  Object.entries(OPTIONS).map(([key, option]) => [key, "parse" in option ? undefined : false]),
);

/**
 * @param {Command} command
 * @param {string[]} operands
 * @param {Passed} passed
 * @returns {Args}
 */
function toArgs(command, operands, passed) {
  const values = /** @type {OptionValues} */ ({ ...ABSENT, ...Object.fromEntries(passed) });
  const { json, output = "table", ...others } = values;
  return {
    ...others,
    command,
    operands,
    ids: operands.filter((word) => word !== "-"),
    fromStdin: operands.includes("-"),
    output: json ? "json" : output,
  };
}
