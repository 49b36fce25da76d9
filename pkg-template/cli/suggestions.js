// What to say about an option or a command that there isn't: what was probably meant.

import { nearest } from "../nearest.js";
import { usageError } from "./cli-error.js";
import { SHOWN_COMMANDS } from "./commands.js";
import { escapeInput, hideTokens } from "./format.js";
import { KEYS_BY_NAME } from "./options.js";

export const SEE_HELP = '"codecatalyst-pat --help" tells more.';

const TOKEN_REFUSED =
  "A token is never taken from an argument: other users of this machine can read those. " +
  "Use --token-stdin, AWS_BEARER_TOKEN_CODECATALYST, or the login of a profile.";

const TOKEN_OPTIONS = ["token", "access-token", "bearer-token"];

const IDS = "Ids need no option: codecatalyst-pat delete ID.";
const PAGES = "All pages are fetched, always.";
const PAGER = "There is no pager to turn off.";
const COLORS = "NO_COLOR=1 turns colours off, FORCE_COLOR=1 turns them on.";
const CERTIFICATES =
  "AWS_CA_BUNDLE=FILE names the authorities to trust, NODE_EXTRA_CA_CERTS=FILE adds some.";

/** What to use instead of options of the AWS CLI, and of other programs, that have another name. */
const INSTEAD = new Map([
  ["access-token-id", IDS],
  ["ca-bundle", CERTIFICATES],
  ["cli-connect-timeout", "Do you mean --timeout?"],
  ["cli-read-timeout", "Do you mean --timeout?"],
  ["color", COLORS],
  ["filter", "Do you mean --name?"],
  ["force", "Do you mean --yes?"],
  ["id", IDS],
  ["max-items", `${PAGES} "| head -n 5" shows the first ones.`],
  ["no-cli-auto-prompt", "Nothing is asked but whether to delete; --yes answers that."],
  ["no-cli-pager", PAGER],
  ["no-color", COLORS],
  ["no-paginate", PAGES],
  ["no-verify-ssl", `Certificates are always checked. ${CERTIFICATES}`],
  ["page-size", PAGES],
  ["query", "--json prints what jq can filter: --json | jq -r .id"],
  ["starting-token", PAGES],
  ["token-id", IDS],
  ["verbose", "Do you mean --debug?"],
]);

/** @typedef {{ name: string, rawName: string, value?: string, inlineValue?: boolean }} Typed */

/** @param {Typed} typed */
export function noOptionError(typed) {
  if (TOKEN_OPTIONS.includes(typed.name)) return usageError(TOKEN_REFUSED);
  const advice = INSTEAD.get(typed.name) ?? suggest(typed.name, [...KEYS_BY_NAME.keys()], "--");
  return usageError(`There is no option ${showOption(typed)}. ${advice}`);
}

/**
 * An option as it was typed, without its value. If it looks like a bearer token then as a whole: that
 * may hold a sign of equality, too.
 *
 * @param {Typed} typed
 */
function showOption({ rawName, value, inlineValue }) {
  const typed = inlineValue ? `${rawName}=${value}` : rawName;
  return escapeInput(hideTokens(typed) === typed ? rawName : typed);
}

/** @param {string} name */
export function noCommandError(name) {
  const names = SHOWN_COMMANDS.flatMap((command) => [command.name, ...command.aliases]);
  return usageError(`There is no command "${escapeInput(name)}". ${suggest(name, names, "")}`);
}

/**
 * @param {string} name
 * @param {string[]} names
 * @param {string} prefix
 */
function suggest(name, names, prefix) {
  const suggestion = nearest(name, names);
  return `${suggestion ? `Do you mean ${prefix}${suggestion}? ` : ""}${SEE_HELP}`;
}
