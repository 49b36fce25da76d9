// The commands: one entry for each. Parsing, help, suggestions and shell completion are derived from
// these.

import { checkShell, SHELLS } from "./completion.js";
import { checkDashboard } from "./dashboard-options.js";
import { checkDelete } from "./selection.js";

/** @typedef {import("./arguments.js").Args} Args */
/** @typedef {import("./options.js").OptionKey} OptionKey */

/**
 * Gives the exit code.
 *
 * @typedef {(args: Args, context: import("./tokens.js").Context) => Promise<number>} Run
 */

/**
 * @typedef {object} Command
 * @property {string} name
 * @property {string[]} aliases
 * @property {string} summary what it does, in a line
 * @property {{ line: string, note?: string }[]} usage ways to call it, without the program's name
 * @property {boolean} [takesOperands] whether words may follow its name
 * @property {OptionKey[]} options in the order of the help
 * @property {() => string[]} [completeOperand] what a shell offers for the first of these words
 * @property {(operands: string[], passed: import("./arguments.js").Passed) => void} [check] throws if these
 *   don't go together
 * @property {string} [details] what else the help says
 * @property {boolean} [hidden] whether no help names it
 * @property {() => Promise<Run>} load its code, which isn't loaded for other commands
 */

/** @type {OptionKey[]} */
const EVERYWHERE = ["help", "version"];

/** @type {OptionKey[]} */
const SIGNED_IN = [
  "tokenStdin",
  "profile",
  "endpoint",
  "timeoutMs",
  "debug",
  "region",
  ...EVERYWHERE,
];

const STOPPING = `Stopping
Ctrl-C, SIGTERM or SIGHUP: nothing new begins, waits end, and what is under way
may still finish (10 s at most), so nothing becomes unknown. A second one
cancels what is under way. Then it reports what was deleted and what wasn't. Ten
refusals in a row for the same reason end a run, too.`;

const SERVING = `Serving
The page is served to this machine only, and only to the browser in which its
address was opened: the address works once. The bearer token stays in this
program. It ends at Ctrl-C, with exit code 0; deletions under way may still
finish (10 s at most), and a second Ctrl-C cancels them.`;

const COMPLETION = `Setting it up
The program must be installed: npm install --global codecatalyst-pat
  bash  in ~/.bashrc: eval "$(codecatalyst-pat completion bash)"
  zsh   in ~/.zshrc, after compinit: eval "$(codecatalyst-pat completion zsh)"
  fish  in ~/.config/fish/config.fish: codecatalyst-pat completion fish | source
It completes commands, options, their values, and the profiles that you can sign
in with, and never sends a request.`;

/** @type {Command[]} */
export const COMMANDS = [
  {
    name: "list",
    aliases: ["ls"],
    summary: "show your access tokens",
    usage: [{ line: "list [OPTION...]" }],
    options: [
      "expired",
      "expiresBefore",
      "name",
      "output",
      "json",
      "sort",
      "reverse",
      "quiet",
      ...SIGNED_IN,
    ],
    load: async () => (await import("./list.js")).listCommand,
  },
  {
    name: "delete",
    aliases: ["rm"],
    summary: "delete access tokens, by their ids or by a selection",
    usage: [
      { line: "delete ID..." },
      { line: "delete -", note: "read ids from standard input, one a line" },
      { line: "delete [--expired] [--expires-before DATE] [--name PATTERN]" },
      { line: "delete --all" },
    ],
    takesOperands: true,
    options: [
      "expired",
      "expiresBefore",
      "name",
      "all",
      "dryRun",
      "yes",
      "concurrency",
      "output",
      "json",
      "quiet",
      ...SIGNED_IN,
    ],
    check: checkDelete,
    details: STOPPING,
    load: async () => (await import("./delete.js")).deleteCommand,
  },
  {
    name: "dashboard",
    aliases: [],
    summary: "show your access tokens on a page in your browser",
    usage: [
      { line: "dashboard [--profile NAME] [--port N] [--no-browser]" },
      { line: "dashboard --sample", note: "a first look: made-up tokens, no account" },
    ],
    options: [
      "sample",
      "port",
      "noBrowser",
      "askToken",
      "tokenStdin",
      "profile",
      "endpoint",
      ...EVERYWHERE,
    ],
    check: checkDashboard,
    details: SERVING,
    load: async () => (await import("./dashboard.js")).dashboardCommand,
  },
  {
    name: "completion",
    aliases: [],
    summary: "print the script for completion in a shell",
    usage: [{ line: "completion bash|zsh|fish" }],
    takesOperands: true,
    completeOperand: () => SHELLS,
    options: EVERYWHERE,
    check: checkShell,
    details: COMPLETION,
    load: async () => (await import("./completion.js")).completionCommand,
  },
  {
    name: "__complete",
    hidden: true,
    aliases: [],
    summary: "print what a shell can offer for the last of these words",
    usage: [{ line: "__complete -- WORD..." }],
    takesOperands: true,
    options: EVERYWHERE,
    load: async () => (await import("./complete.js")).completeCommand,
  },
  {
    name: "help",
    aliases: [],
    summary: "print the help, or that of one command",
    usage: [{ line: "help [COMMAND]" }],
    takesOperands: true,
    completeOperand: () => SHOWN_COMMANDS.map(({ name }) => name),
    options: EVERYWHERE,
    load: async () => (await import("./help.js")).helpCommand,
  },
  {
    name: "version",
    aliases: [],
    summary: "print the version",
    usage: [{ line: "version" }],
    options: EVERYWHERE,
    load: async () => (await import("./version.js")).versionCommand,
  },
];

/**
 * The command of this name or alias.
 *
 * @param {string} name
 */
export const findCommand = (name) =>
  COMMANDS.find((command) => command.name === name || command.aliases.includes(name));

/** The commands that are for people. */
export const SHOWN_COMMANDS = COMMANDS.filter(({ hidden }) => !hidden);
