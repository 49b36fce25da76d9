// codecatalyst-pat list

import { EXIT } from "./cli-error.js";
import { formatJson, formatText, tokenToFields, tokenToJson } from "./format.js";
import { sortTokens } from "./sort.js";
import { formatTable } from "./table.js";
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
  else await printTokens(sortTokens(selected, args), args, terminal);
  return EXIT.done;
}

/** @param {AccessToken[]} owned */
export const describeNoMatch = (owned) => `None of your ${owned.length} access tokens matches.`;

/**
 * @param {AccessToken[]} tokens
 * @param {Args} args
 * @param {Terminal} terminal
 */
export async function printTokens(tokens, { output }, terminal) {
  for (const line of FORMATS[output](tokens, terminal)) await terminal.print(line);
}

/** @type {Record<Args["output"], (tokens: AccessToken[], terminal: Terminal) => string[]>} */
const FORMATS = {
  json: (tokens) => tokens.map((token) => formatJson(tokenToJson(token))),
  text: (tokens) => tokens.map((token) => formatText(tokenToFields(token))),
  table: (tokens, { paint, columns }) => formatTable(tokens, paint, columns),
};
