// Asks before anything is deleted.

import { createInterface } from "node:readline";
import { usageError } from "./cli-error.js";

/** @typedef {import("./arguments.js").Args} Args */
/** @typedef {import("./terminal.js").Terminal} Terminal */

/** @param {Args} args */
export const needsConfirmation = ({ yes, dryRun }) => !yes && !dryRun;

const INSTEAD = "Look with --dry-run first, then add --yes.";

/**
 * Throws before anything is sent if confirmation is needed and there is no one to ask.
 *
 * @param {Args} args
 * @param {Terminal} terminal
 */
export function checkCanConfirm(args, terminal) {
  if (!needsConfirmation(args)) return;
  if (args.fromStdin)
    throw usageError(`The ids come from standard input, so it can't take an answer. ${INSTEAD}`);
  if (!terminal.canPrompt)
    throw usageError(`Deleting must be confirmed, and there is no terminal to ask on. ${INSTEAD}`);
}

/**
 * Asks whether to delete the tokens that were shown. Any answer but yes means no.
 *
 * @param {number} count
 * @param {Terminal} terminal
 * @param {AbortSignal} signal
 */
export async function confirm(count, terminal, signal) {
  const these = count === 1 ? "this token" : `these ${count} tokens`;
  terminal.prompt(`Delete ${these}? That can't be undone. [y/N]`);
  const answer = await readAnswer(terminal, signal);
  return /^\s*y(es)?\s*$/i.test(answer);
}

/**
 * One line of standard input; empty if it ends before. Rejects when the signal fires.
 *
 * @param {Terminal} terminal
 * @param {AbortSignal} signal
 * @returns {Promise<string>}
 */
function readAnswer(terminal, signal) {
  // Not readline's own `question`: it would take Ctrl-C for itself.
  const lines = createInterface({ input: process.stdin, terminal: false });
  /** @type {Promise<string>} */
  const answer = new Promise((resolve, reject) => {
    const onAbort = () => {
      terminal.endLine();
      reject(signal.reason);
    };
    lines.once("line", resolve);
    lines.once("close", () => {
      terminal.endLine();
      resolve("");
    });
    if (signal.aborted) onAbort();
    else signal.addEventListener("abort", onAbort, { once: true });
  });
  return answer.finally(() => lines.removeAllListeners("close").close());
}
