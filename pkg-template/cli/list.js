// codecatalyst-pat list

import { EXIT } from "./cli-error.js";
import { formatJson, formatTable, tokenToJson } from "./format.js";
import { createSession, fetchTokens, tokenMatcher } from "./tokens.js";

/** @typedef {import("../index.js").AccessToken} AccessToken */
/** @typedef {import("./arguments.js").Args} Args */
/** @typedef {import("./terminal.js").Terminal} Terminal */

/**
 * Runs the command and gives the exit code.
 *
 * @param {Args} args
 * @param {import("./tokens.js").Context} context
 */
export async function listCommand(args, context) {
  const { terminal } = context;
  const owned = await fetchTokens(await createSession(args, context), terminal);
  const selected = owned.filter(tokenMatcher(args));
  if (owned.length === 0) await terminal.log("You have no access tokens.");
  else if (selected.length === 0) await terminal.log(describeNoMatch(owned));
  else await printTokens(selected, args, terminal);
  return EXIT.done;
}

/** @param {AccessToken[]} owned */
export const describeNoMatch = (owned) => `None of your ${owned.length} access tokens matches.`;

/**
 * @param {AccessToken[]} tokens
 * @param {Args} args
 * @param {Terminal} terminal
 */
export async function printTokens(tokens, args, terminal) {
  const lines =
    args.output === "json"
      ? tokens.map((token) => formatJson(tokenToJson(token)))
      : formatTable(tokens, terminal.paint);
  for (const line of lines) await terminal.print(line);
}
