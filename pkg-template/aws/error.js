// Why there is no bearer token, in words that are safe to print: names in the files may be anything.

import { escapeInput } from "../safe-text.js";

/** There is no bearer token. The message says why and what to do, and holds no token. */
export class SignInError extends Error {
  /**
   * @param {string} message
   * @param {"configuration" | "login"} reason
   */
  constructor(message, reason) {
    super(message);
    this.name = "SignInError";
    this.reason = reason;
  }
}

/**
 * What the variables, options and files say is wrong or not there.
 *
 * @param {string} message
 */
export const configurationError = (message) => new SignInError(message, "configuration");

/**
 * All is set up, but the user must sign in.
 *
 * @param {string} message
 * @param {string} profile
 */
export const loginError = (message, profile) =>
  new SignInError(`${message} Type: ${loginCommand(profile)}`, "login");

/**
 * The command that renews the login of a profile.
 *
 * @param {string} profile
 */
export function loginCommand(profile) {
  if (profile === "default") return "aws sso login";
  const name = escapeInput(profile);
  const isPlain = /^[\w.@:+-]+$/.test(name);
  return `aws sso login --profile ${isPlain ? name : JSON.stringify(name)}`;
}

/**
 * A name from a file or an option, in quotes.
 *
 * @param {string} name
 */
export const quote = (name) => `"${escapeInput(name)}"`;
