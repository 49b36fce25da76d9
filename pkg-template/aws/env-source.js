// The bearer token in the environment.

import { isBearerToken } from "../safe-text.js";
import { configurationError } from "./error.js";

/** The AWS CLI and the AWS SDKs take it too. */
export const VARIABLE = "AWS_BEARER_TOKEN_CODECATALYST";

/**
 * The token in the variable. Throws a `SignInError` if it holds none.
 *
 * @param {NodeJS.ProcessEnv} env
 * @param {string} [advice] for that error
 */
export const envToken = (env, advice) => checkToken(env[VARIABLE], VARIABLE, advice);

/**
 * The token in a text. Throws a `SignInError` if it is none.
 *
 * @param {string | undefined} text
 * @param {string} source where the text is from
 * @param {string} [advice] for that error
 * @returns {import("./index.js").BearerToken}
 */
export function checkToken(text, source, advice) {
  const token = text?.trim();
  if (isBearerToken(token)) return { token };
  const content = token ? "something that is no bearer token" : "no token";
  throw configurationError([`${source} holds ${content}.`, advice].filter(Boolean).join(" "));
}
