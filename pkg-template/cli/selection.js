// Which tokens to delete or list: by their ids, or by what they are.

import { usageError } from "./cli-error.js";
import { optionOf } from "./options.js";

/** @typedef {import("./arguments.js").Args} Args */

const SELECTIONS = /** @type {const} */ (["all", "expired", "expiresBefore", "name"]);

/**
 * Whether an option selects tokens, rather than ids.
 *
 * @param {Pick<Args, (typeof SELECTIONS)[number]>} args
 */
export const isSelection = (args) => SELECTIONS.some((key) => args[key]);

/**
 * Throws a `CliError` unless it is clear which tokens to delete.
 *
 * @param {string[]} operands
 * @param {import("./arguments.js").Passed} passed
 */
export function checkDelete(operands, passed) {
  const selection = SELECTIONS.filter((key) => passed.has(key)).map((key) => optionOf(key).name);
  if (operands.length === 0 && selection.length === 0) {
    throw usageError(
      "Say which tokens: their ids, - for ids from standard input, " +
        "--expired, --expires-before DATE, --name PATTERN or --all.",
    );
  }
  if (operands.length > 0 && selection.length > 0)
    throw usageError(`Either ids or --${selection[0]}, not both.`);
  if (passed.has("all") && selection.length > 1)
    throw usageError(`Either --all or --${selection[1]}, not both.`);
  if (operands.includes("-") && passed.has("tokenStdin")) {
    throw usageError("Standard input can hold the token (--token-stdin) or the ids (-), not both.");
  }
}
