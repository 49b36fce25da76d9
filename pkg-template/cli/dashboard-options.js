// Which options of the dashboard go together.

import { usageError } from "./cli-error.js";
import { optionOf } from "./options.js";

/** @type {import("./options.js").OptionKey[]} */
const SOURCES = ["sample", "askToken", "tokenStdin", "profile"];

/**
 * Throws a `CliError` if the options name more than one source of tokens.
 *
 * @param {string[]} _
 * @param {import("./arguments.js").Passed} passed
 */
export function checkDashboard(_, passed) {
  const named = SOURCES.filter((key) => passed.has(key));
  // The stand-in is at an address of its own.
  if (passed.has("sample") && passed.has("endpoint")) named.push("endpoint");
  if (named.length < 2) return;
  const [first, second] = named.map((key) => `--${optionOf(key).name}`);
  throw usageError(`Either ${first} or ${second}, not both.`);
}
