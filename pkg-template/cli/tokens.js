// The user's tokens.

import { WaitTracker } from "../describe-wait.js";
import { listAccessTokens } from "../index.js";
import { toCliError } from "./cli-error.js";
import { isExpired } from "./format.js";
import { matchesGlob } from "./glob.js";
import { MAX_ATTEMPTS } from "./limits.js";
import { withProgress } from "./progress.js";
import { createTokenProvider } from "./token-provider.js";

/** @typedef {import("../index.js").AccessToken} AccessToken */
/** @typedef {import("./arguments.js").Args} Args */
/** @typedef {import("../index.js").ListAccessTokensOptions} Options */
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
  const debug = args.debug ? await loadDebugOptions(context) : {};
  /** @type {Options} */
  const options = { endpoint, timeoutMs, maxAttempts: MAX_ATTEMPTS, ...debug };
  return { provider, options, signal: context.stop.signal };
}

/** @param {Context} context */
const loadDebugOptions = async ({ terminal }) =>
  (await import("./debug.js")).debugOptions(terminal);

/**
 * Lists all tokens of the user.
 *
 * @param {Session} session
 * @param {Terminal} terminal
 */
export async function fetchTokens({ provider, signal, options }, terminal) {
  /** @type {AccessToken[]} */
  const tokens = [];
  const waits = new WaitTracker(options.maxAttempts);
  const fetchAll = async () => {
    const tracked = { ...tellRetries(options, waits), signal };
    for await (const token of listAccessTokens(provider.getToken, tracked)) {
      waits.settle();
      tokens.push(token);
    }
  };
  const describe = () => `Fetching your tokens: ${tokens.length}`;
  try {
    await withProgress(terminal, { describe, wait: () => waits.current }, fetchAll);
  } catch (error) {
    throw toCliError(error, provider);
  }
  return tokens;
}

/**
 * The options, with an `onRetry` that tells the tracker of waits too.
 *
 * @param {Options} options
 * @param {WaitTracker} waits
 * @returns {Options}
 */
const tellRetries = (options, waits) => ({
  ...options,
  onRetry: (event) => {
    waits.onRetry(event);
    options.onRetry?.(event);
  },
});

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
