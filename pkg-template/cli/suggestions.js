// What to say about an option or a command that there isn't: what was probably meant.

import { nearest } from "../nearest.js";
import { usageError } from "./cli-error.js";
import { COMMANDS } from "./commands.js";
import { escapeInput, hideTokens } from "./format.js";
import { KEYS_BY_NAME } from "./options.js";

export const SEE_HELP = '"codecatalyst-pat --help" tells more.';

const TOKEN_REFUSED =
  "A token is never taken from an argument: other users of this machine can read those. " +
  "Use --token-stdin, AWS_BEARER_TOKEN_CODECATALYST, or the login of a profile.";

/**
 * @param {{ name: string, rawName: string, value?: string, inlineValue?: boolean }} typed
 */
export function noOptionError({ name, rawName, value, inlineValue }) {
  if (name === "token") return usageError(TOKEN_REFUSED);
  const shown = showOption(rawName, value, inlineValue);
  const suggestion = nearest(name, [...KEYS_BY_NAME.keys()]);
  const question = suggestion ? ` Do you mean --${suggestion}?` : "";
  return usageError(`There is no option ${shown}.${question} ${SEE_HELP}`);
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

/** @param {string} name */
export function noCommandError(name) {
  const names = COMMANDS.flatMap((command) => [command.name, ...command.aliases]);
  const suggestion = nearest(name, names);
  const question = suggestion ? ` Do you mean ${suggestion}?` : "";
  return usageError(`There is no command "${escapeInput(name)}".${question} ${SEE_HELP}`);
}
