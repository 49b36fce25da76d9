// codecatalyst-pat help: what the tables of commands and options say.

import { EXIT } from "./cli-error.js";
import { findCommand, SHOWN_COMMANDS } from "./commands.js";
import { optionOf } from "./options.js";
import { noCommandError } from "./suggestions.js";

/** @typedef {import("./commands.js").Command} Command */
/** @typedef {import("./options.js").Option} Option */

const PROGRAM = "codecatalyst-pat";
const WIDTH = 80;

const GENERAL = `Signing in
Sign in with the AWS CLI: "aws sso login". The bearer token comes from the
first of these that is set:
  --token-stdin      standard input
  --profile NAME     the login of this profile, which the AWS CLI's files name
  AWS_BEARER_TOKEN_CODECATALYST
  AWS_DEFAULT_PROFILE, then AWS_PROFILE, as in botocore:
                     the login of this profile, otherwise of "default"
It is never an argument: other users of the machine can read those. A file with
a login that they can read is warned of.

Output
Results go to standard output; questions, progress, failures and the summary go
to standard error. NO_COLOR turns colours off.

Exit codes
  0  all done               1  not all deleted, or not confirmed
  2  wrong usage            3  not signed in
  129  stopped by SIGHUP    130  stopped by Ctrl-C    143  stopped by SIGTERM`;

/**
 * Runs the command and gives the exit code.
 *
 * @param {import("./arguments.js").Args} args
 * @param {import("./tokens.js").Context} context
 */
export async function helpCommand({ operands: [name] }, { terminal }) {
  await terminal.print(helpFor(name));
  return EXIT.done;
}

/**
 * The help of a command, or of the program.
 *
 * @param {string | undefined} name
 */
export function helpFor(name) {
  if (name === undefined) return generalHelp();
  const command = findCommand(name);
  if (!command) throw noCommandError(name);
  return commandHelp(command);
}

function generalHelp() {
  return joinParts([
    `${PROGRAM}: lists and deletes your Amazon CodeCatalyst access tokens`,
    `  ${PROGRAM} COMMAND [OPTION...]`,
    `Commands\n${formatList(SHOWN_COMMANDS.map((command) => [withAliases(command), command.summary]))}`,
    `"${PROGRAM} help COMMAND" lists the options of a command.`,
    GENERAL,
  ]);
}

/** @param {Command} command */
function commandHelp(command) {
  const { name, aliases, summary, usage, options, details } = command;
  return joinParts([
    `${PROGRAM} ${name}: ${summary}`,
    formatList(usage.map(formatUsage)),
    aliases.length > 0 && `Also: ${PROGRAM} ${aliases.join(", ")}`,
    ...formatSections(options.map(optionOf)),
    details,
  ]);
}

/** @param {(string | false | undefined)[]} parts */
const joinParts = (parts) => parts.filter((part) => part).join("\n\n");

/** @param {Command} command */
const withAliases = ({ name, aliases }) => [name, ...aliases].join(", ");

/**
 * @param {Command["usage"][number]} usage
 * @returns {[string, string]}
 */
const formatUsage = ({ line, note = "" }) => [`${PROGRAM} ${line}`, note];

/** @param {Option[]} options */
function formatSections(options) {
  const indent = indentOf(options.map(formatOption));
  const sections = [...new Set(options.map(({ section }) => section))];
  return sections.map((name) => {
    const members = options.filter(({ section }) => section === name);
    const rows = members.map((option) => formatRow(formatOption(option), option.help, indent));
    return [name, ...rows].join("\n");
  });
}

/** @param {Option} option */
const formatOption = ({ name, short, value }) =>
  `--${name}${short ? `, -${short}` : ""}${value ? ` ${value}` : ""}`;

/**
 * Two columns: what there is, and what it does.
 *
 * @param {[term: string, text: string][]} rows
 */
function formatList(rows) {
  const indent = indentOf(rows.map(([term, text]) => (text ? term : "")));
  return rows.map(([term, text]) => formatRow(term, text, indent)).join("\n");
}

/** @param {string[]} terms */
const indentOf = (terms) => 4 + Math.max(...terms.map(({ length }) => length));

/**
 * @param {string} term
 * @param {string} text
 * @param {number} indent
 */
function formatRow(term, text, indent) {
  const lines = wrap(text, WIDTH - indent);
  const margin = `\n${" ".repeat(indent)}`;
  return `  ${term.padEnd(indent - 2)}${lines.join(margin)}`.trimEnd();
}

/**
 * @param {string} text
 * @param {number} width
 */
function wrap(text, width) {
  /** @type {string[]} */
  const lines = [];
  for (const word of text.split(" ")) {
    const line = lines.at(-1);
    if (line !== undefined && line.length + 1 + word.length <= width)
      lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(word);
  }
  return lines;
}
