// The user's tokens.

import { listAccessTokens } from "../index.js";
import { toCliError } from "./cli-error.js";
import { debugOptions } from "./debug.js";
import { isExpired } from "./format.js";
import { matchesGlob } from "./glob.js";
import { MAX_ATTEMPTS } from "./limits.js";
import { withProgress } from "./progress.js";
import { createTokenProvider } from "./token-provider.js";

/** @typedef {import("../index.js").AccessToken} AccessToken */
/** @typedef {import("./arguments.js").Args} Args */
/** @typedef {import("./terminal.js").Terminal} Terminal */

/**
 * What the commands get from the program around them.
 *
 * @typedef {object} Context
 * @property {Terminal} terminal
 * @property {import("./signals.js").Stop} stop
 * @property {NodeJS.ProcessEnv} env
 */

/**
 * What every call of the library needs.
 *
 * @typedef {Awaited<ReturnType<typeof createSession>>} Session
 */

/**
 * Finds the sign-in. Throws a `CliError` if there is none.
 *
 * @param {Args} args
 * @param {Context} context
 */
export async function createSession(args, context) {
  const { timeoutMs } = args;
  const provider = await createTokenProvider(args, context);
  if (args.endpoint !== undefined) provider.endpoint = { url: args.endpoint, source: "--endpoint" };
  const endpoint = provider.endpoint?.url;
  const debug = args.debug ? await debugOptions(context.terminal) : {};
  const options = { endpoint, timeoutMs, maxAttempts: MAX_ATTEMPTS, ...debug };
  return { provider, options, signal: context.stop.signal };
}

/**
 * Lists all tokens of the user.
 *
 * @param {Session} session
 * @param {Terminal} terminal
 */
export async function fetchTokens({ provider, signal, options }, terminal) {
  /** @type {AccessToken[]} */
  const tokens = [];
  const fetchAll = async () => {
    for await (const token of listAccessTokens(provider.getToken, { ...options, signal }))
      tokens.push(token);
  };
  try {
    await withProgress(terminal, () => `Fetching your tokens: ${tokens.length}`, fetchAll);
  } catch (error) {
    throw toCliError(error, provider);
  }
  return tokens;
}

/**
 * Gives a function that tells whether a token is selected.
 *
 * @param {Args} args
 * @returns {(token: AccessToken) => boolean}
 */
export function tokenMatcher({ expired, expiresBefore, name }) {
  const now = Date.now();
  return (token) =>
    (!expired || isExpired(token, now)) &&
    (expiresBefore === undefined || expires(token, expiresBefore)) &&
    (name === undefined || matchesGlob(name, token.name));
}

/**
 * Whether a token expires before a time. One without a time never does.
 *
 * @param {AccessToken} token
 * @param {Date} before
 */
const expires = ({ expiresTime }, before) => expiresTime !== undefined && expiresTime < before;
