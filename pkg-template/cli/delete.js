// codecatalyst-pat delete

import { addAbortSignal } from "node:stream";
import { formatCount } from "../format-error.js";
import { EXIT } from "./cli-error.js";
import { checkCanConfirm, confirm, needsConfirmation } from "./confirm.js";
import { runDeletions } from "./deletion-run.js";
import { IdQueue, readLines } from "./id-queue.js";
import { describeNoMatch, printTokens } from "./list.js";
import { logNotFound, lookUp } from "./lookup.js";
import { isSelection } from "./selection.js";
import { formatTable } from "./table.js";
import { createSession, fetchTokens, tokenMatcher } from "./tokens.js";

/** @typedef {import("../index.js").AccessToken} AccessToken */
/** @typedef {import("./arguments.js").Args} Args */
/** @typedef {import("./terminal.js").Terminal} Terminal */
/** @typedef {import("./tokens.js").Context} Context */

/**
 * What the steps of the command work on.
 *
 * @typedef {object} Deletion
 * @property {Args} args
 * @property {import("./tokens.js").Session} session
 * @property {IdQueue} ids
 * @property {Map<string, AccessToken>} known the user's tokens by id, if listed
 */

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
  const deletion = { args, session, ids, known };
  if (args.dryRun) return dryRun(deletion, context);
  if (needsConfirmation(args) && !(await showAndConfirm(chosen, deletion, context))) {
    await terminal.log("Nothing was deleted.");
    return EXIT.failed;
  }
  return runDeletions({ ...deletion, ...context });
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
 * Shows the tokens, names the ids that are none of them, and asks. Where there is no token to delete
 * there is nothing to ask, and that means no.
 *
 * @param {string[]} ids
 * @param {Deletion} deletion
 * @param {Context} context
 */
async function showAndConfirm(ids, { known, session }, { terminal, stop }) {
  const lookup = await lookUp(new Set(ids), known);
  const { found } = lookup;
  if (found.length > 0)
    for (const line of formatTable(found, terminal.paintError, terminal.errorColumns))
      await terminal.log(line);
  await logNotFound(lookup, session.provider, terminal);
  return found.length > 0 && confirm(found.length, terminal, stop.signal);
}

/**
 * Shows what would be deleted.
 *
 * @param {Deletion} deletion
 * @param {Context} context
 */
async function dryRun({ args, session, ids, known }, { terminal, stop }) {
  // Ends the wait for more ids.
  if (args.fromStdin) addAbortSignal(stop.signal, process.stdin);
  const lookup = await lookUp(ids, known);
  const { found, notFound } = lookup;
  if (found.length > 0) await printTokens(found, args, terminal);
  await logNotFound(lookup, session.provider, terminal);
  if (!args.quiet)
    await terminal.log(
      `Dry run: ${formatCount(found.length, "token")} would be deleted. Nothing was.`,
    );
  return notFound.length === 0 ? EXIT.done : EXIT.failed;
}
