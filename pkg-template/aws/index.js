// codecatalyst-pat/aws: the bearer token, found where the AWS CLI finds it. For Node.

import { nearest } from "../nearest.js";
import { escapeInput } from "../safe-text.js";
import { envToken } from "./env-source.js";
import { LoginSource } from "./login-source.js";

export { SignInError } from "./error.js";

/** @typedef {import("./index.js").ProfileOptions} ProfileOptions */

const OPTIONS = ["profile", "configFile", "credentialsFile", "cacheDir"];

/**
 * Gives a function that gives the token of a profile: documented in index.d.ts.
 *
 * @param {ProfileOptions | null} [options]
 */
export function fromProfile(options) {
  const source = createSource(options);
  return async () => {
    if (source instanceof LoginSource) return source.getToken();
    throw source.error;
  };
}

/**
 * Every failure is a rejected promise: what is wrong with the options is kept until the first call.
 *
 * @param {ProfileOptions | null | undefined} options
 */
function createSource(options) {
  try {
    return new LoginSource(copyOptions(options ?? {}), process.env);
  } catch (error) {
    return { error };
  }
}

/**
 * @param {object} options
 * @returns {import("./login-source.js").Options}
 */
function copyOptions(options) {
  if (typeof options !== "object") throw new TypeError("options must be an object");
  for (const [name, value] of Object.entries(options)) checkOption(name, value);
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value != null));
}

/**
 * @param {string} name
 * @param {unknown} value
 */
function checkOption(name, value) {
  if (!OPTIONS.includes(name)) {
    const suggestion = nearest(name, OPTIONS);
    const question = suggestion ? ` Do you mean ${suggestion}?` : "";
    throw new TypeError(`There is no option "${escapeInput(name)}".${question}`);
  }
  if (value != null && typeof value !== "string")
    throw new TypeError(`options.${name} must be a string`);
}

/** Gives a function that gives the token of the variable: documented in index.d.ts. */
export function fromEnv() {
  return async () => envToken(process.env);
}
