// codecatalyst-pat delete

import { addAbortSignal } from "node:stream";
import { formatCount } from "../format-error.js";
import { EXIT } from "./cli-error.js";
import { checkCanConfirm, confirm, needsConfirmation } from "./confirm.js";
import { runDeletions } from "./deletion-run.js";
import { escapeInput } from "./format.js";
import { IdQueue, readLines } from "./id-queue.js";
import { describeNoMatch, printTokens } from "./list.js";
import { isSelection } from "./selection.js";
import { createSession, fetchTokens, tokenMatcher } from "./tokens.js";

/** @typedef {import("../index.js").AccessToken} AccessToken */
/** @typedef {import("./arguments.js").Args} Args */
/** @typedef {import("./terminal.js").Terminal} Terminal */
/** @typedef {import("./tokens.js").Context} Context */

/**
 * Runs the command and gives the exit code.
 *
 * @param {Args} args
 * @param {Context} context
 */
export async function deleteCommand(args, context) {
  const { terminal } = context;
  checkCanConfirm(args, terminal);
  const session = await createSession(args, context);
  const selects = isSelection(args);
  const needsList = selects || args.dryRun || needsConfirmation(args);
  const owned = needsList ? await fetchTokens(session, terminal) : [];
  const selected = selects ? owned.filter(tokenMatcher(args)) : undefined;
  if (selected?.length === 0) return reportNoMatch(owned, args, terminal);
  const known = new Map(owned.map((token) => [token.id, token]));
  const chosen = selected?.map(({ id }) => id) ?? args.ids;
  const ids = new IdQueue(chosen, args.fromStdin ? readLines(process.stdin) : undefined);
  if (args.dryRun) return dryRun(ids, known, args, context);
  if (needsConfirmation(args) && !(await confirmIds(chosen, known, context))) {
    await terminal.log("Nothing was deleted.");
    return EXIT.failed;
  }
  return runDeletions({ ids, known, args, session, ...context });
}

/**
 * @param {AccessToken[]} owned
 * @param {Args} args
 * @param {Terminal} terminal
 */
async function reportNoMatch(owned, args, terminal) {
  const message =
    owned.length === 0
      ? "You have no access tokens."
      : `${describeNoMatch(owned)} Nothing to delete.`;
  if (!args.quiet) await terminal.log(message);
  return EXIT.done;
}

/**
 * Shows the ids with their names. An id that isn't the user's will fail, and is shown as such.
 *
 * @param {string[]} ids
 * @param {Map<string, AccessToken>} known
 * @param {Context} context
 */
function confirmIds(ids, known, { terminal, stop }) {
  const tokens = [...new Set(ids)].map(
    (id) => known.get(id) ?? { id, name: "(none of your tokens)" },
  );
  return confirm(tokens, terminal, stop.signal);
}

/**
 * Shows what would be deleted.
 *
 * @param {IdQueue} ids
 * @param {Map<string, AccessToken>} known
 * @param {Args} args
 * @param {Context} context
 */
async function dryRun(ids, known, args, { terminal, stop }) {
  // Ends the wait for more ids.
  if (args.fromStdin) addAbortSignal(stop.signal, process.stdin);
  /** @type {AccessToken[]} */
  const found = [];
  /** @type {string[]} */
  const notFound = [];
  for await (const id of ids) {
    const token = known.get(id);
    if (token) found.push(token);
    else notFound.push(id);
  }
  if (found.length > 0) await printTokens(found, args, terminal);
  const label = terminal.paintError("red", "not found");
  for (const id of notFound)
    await terminal.log(`${label}  ${escapeInput(id)}  You own no token with this id.`);
  if (!args.quiet)
    await terminal.log(
      `Dry run: ${formatCount(found.length, "token")} would be deleted. Nothing was.`,
    );
  return notFound.length === 0 ? EXIT.done : EXIT.failed;
}
