// What shells offer while a command is typed. It never sends a request.

import { splitArguments } from "./arguments.js";
import { EXIT } from "./cli-error.js";
import { findCommand, SHOWN_COMMANDS } from "./commands.js";
import { escapeUnsafe } from "./format.js";
import { KEYS_BY_NAME, optionOf } from "./options.js";

/** @typedef {import("./options.js").Option} Option */
/** @typedef {{ word: string, help?: string }} Candidate */

/**
 * Runs the command that the scripts for the shells call: prints a candidate a line, with its help
 * after a tab.
 *
 * @param {import("./arguments.js").Args} args
 * @param {import("./tokens.js").Context} context
 */
export async function completeCommand({ operands }, { terminal, env }) {
  for (const { word, help = "" } of await complete(operands, env))
    if (escapeUnsafe(word) === word) await terminal.print(`${word}\t${help}`);
  return EXIT.done;
}

/**
 * The candidates for the last of these words, which is still being typed.
 *
 * @param {string[]} words those after the program's name
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<Candidate[]>}
 */
export async function complete(words, env) {
  const joined = joinAssignments(words);
  const before = joined.slice(0, -1);
  const current = joined.at(-1) ?? "";
  if (before.includes("--")) return [];
  const assignment = /^--([^=]+)=(.*)$/.exec(current);
  if (assignment) {
    const [, name = "", start = ""] = assignment;
    const values = startingWith(start, await valuesOf(findOption(name), env));
    // bash takes what follows the sign for a word of its own.
    const prefix = words.at(-1) === current ? `--${name}=` : "";
    return values.map(({ word }) => ({ word: prefix + word }));
  }
  const option = findOption(before.at(-1)?.replace(/^--/, "") ?? "");
  if (option?.parse) return startingWith(current, await valuesOf(option, env));
  return startingWith(current, candidatesAfter(before, current));
}

/**
 * bash splits `--output=json` into three words.
 *
 * @param {string[]} words
 */
function joinAssignments(words) {
  /** @type {string[]} */
  const joined = [];
  for (const word of words) {
    const last = joined.at(-1);
    if (last?.startsWith("--") && (word === "=" || last.endsWith("=")))
      joined[joined.length - 1] = last + word;
    else joined.push(word);
  }
  return joined;
}

/** @param {string} name */
function findOption(name) {
  const key = KEYS_BY_NAME.get(name);
  return key && optionOf(key);
}

/**
 * @param {Option | undefined} option
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<Candidate[]>}
 */
async function valuesOf(option, env) {
  const values = option?.choices ?? (await option?.complete?.(env)) ?? [];
  return values.map((word) => ({ word }));
}

/**
 * @param {string[]} before
 * @param {string} current
 * @returns {Candidate[]}
 */
function candidatesAfter(before, current) {
  const { options, words } = splitArguments(before);
  const [name, ...operands] = words;
  const command = name === undefined ? undefined : findCommand(name);
  if (current.startsWith("-"))
    return optionsOf(
      command,
      options.map((option) => option.name),
    );
  if (name === undefined)
    return SHOWN_COMMANDS.map(({ name: word, summary: help }) => ({ word, help }));
  return operands.length > 0 ? [] : (command?.completeOperand?.() ?? []).map((word) => ({ word }));
}

/**
 * The options that can still be added.
 *
 * @param {import("./commands.js").Command | undefined} command
 * @param {string[]} passed
 */
function optionsOf(command, passed) {
  const options = (command?.options ?? ["help", "version"]).map(optionOf);
  return options
    .filter(({ name }) => !passed.includes(name))
    .map(({ name, help }) => ({ word: `--${name}`, help: firstClause(help) }));
}

/** @param {string} text */
const firstClause = (text) => text.split(/[.:;](?: |$)/, 1)[0];

/**
 * @param {string} start
 * @param {Candidate[]} candidates
 */
const startingWith = (start, candidates) => candidates.filter(({ word }) => word.startsWith(start));
