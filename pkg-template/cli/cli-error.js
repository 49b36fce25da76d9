// Why the program ends early: a message for the user and an exit code for scripts.

import { formatError } from "../format-error.js";
import { CodeCatalystError } from "../index.js";
import { isSignInRefused } from "../stoppable.js";
import { escapeUnsafe } from "./format.js";

/** @typedef {import("./token-provider.js").TokenProvider} TokenProvider */

export const EXIT = {
  done: 0,
  failed: 1,
  usage: 2,
  notSignedIn: 3,
  hungUp: 129,
  interrupted: 130,
  terminated: 143,
};

const NO_CONNECTION = ["NetworkError", "TimeoutError"];

/** The message tells the user what was wrong and what to do. */
export class CliError extends Error {
  /**
   * @param {string} message
   * @param {number} code the exit code
   */
  constructor(message, code) {
    super(message);
    this.code = code;
  }
}

/** @param {string} message */
export const usageError = (message) => new CliError(message, EXIT.usage);

/** @param {string} message */
export const notSignedInError = (message) => new CliError(message, EXIT.notSignedIn);

/**
 * A failed call in one line that is safe to print.
 *
 * @param {CodeCatalystError} error
 */
export const describeFailure = (error) => escapeUnsafe(formatError(error));

/** @param {CodeCatalystError} error */
export const isNoConnection = ({ name }) => NO_CONNECTION.includes(name);

/**
 * The `CliError` for an error that ended a whole list or a whole run of deletions.
 *
 * @param {unknown} error
 * @param {TokenProvider} provider
 * @returns {CliError}
 */
export function toCliError(error, provider) {
  if (provider.error) return provider.error;
  if (!(error instanceof CodeCatalystError)) throw error;
  if (error.cause instanceof CliError) return error.cause;
  if (isSignInRefused(error)) return provider.rejectedBy(error);
  if (error.name === "InvalidArgumentError")
    return usageError(escapeUnsafe(nameOptions(error.message, provider)));
  const hint = isNoConnection(error) ? provider.networkHint : "";
  return new CliError(`${describeFailure(error)} ${hint}`.trim(), EXIT.failed);
}

/**
 * The library's message with the names that the user knows.
 *
 * @param {string} message
 * @param {TokenProvider} provider
 */
const nameOptions = (message, { endpoint }) =>
  message
    .replace("options.endpoint", endpoint?.source ?? "options.endpoint")
    .replace("options.", "--");
