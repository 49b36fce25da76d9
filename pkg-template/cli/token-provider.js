// Finds the bearer token. It goes to the service and into no message.

import { once } from "node:events";
import { addAbortSignal } from "node:stream";
import { text } from "node:stream/consumers";
import { configuredEndpoint } from "../aws/endpoint.js";
import { checkToken, envToken, VARIABLE } from "../aws/env-source.js";
import { loginCommand, SignInError } from "../aws/error.js";
import { MIN_SECRET_LENGTH } from "../cause.js";
import { formatDate } from "../format-date.js";
import { escapeUnsafe } from "../safe-text.js";
import { describeFailure, notSignedInError, usageError } from "./cli-error.js";
import { warnIfExposed, warnIfStdinIsExposed } from "./exposed-file.js";
import { hideTokens } from "./format.js";
import { loadFetch, useNetworkSettings } from "./network.js";

/** @typedef {import("../aws/endpoint.js").Endpoint} Endpoint */
/** @typedef {import("../aws/index.js").SignInToken} SignInToken */
/** @typedef {import("../index.js").CodeCatalystError} CodeCatalystError */
/** @typedef {import("./tokens.js").Context} Context */
/** @typedef {{ tokenStdin: boolean, profile: string | undefined }} Source */
/** @typedef {ReadonlyMap<string, unknown>} Settings */

/** Gives the token for each request, so that a login renewed in the meantime is used. */
export class TokenProvider {
  /**
   * Why there is no token, once reading it has failed.
   *
   * @type {import("./cli-error.js").CliError | undefined}
   */
  error;
  /** What to know about proxy and certificates if there is no connection. */
  networkHint = "";
  #token = "";
  /** @type {Date | undefined} when the token expires by this machine's clock */
  #expiration;
  #read;
  #advice;

  /**
   * @param {string} name where the token is from
   * @param {() => SignInToken | Promise<SignInToken>} read
   * @param {string} advice how to get another token
   * @param {Endpoint | undefined} endpoint one that the environment or the profile sets
   */
  constructor(name, read, advice, endpoint) {
    this.name = name;
    this.#read = read;
    this.#advice = advice;
    this.endpoint = endpoint;
  }

  getToken = async () => {
    try {
      const { token, expiration } = await this.#read();
      this.#expiration = expiration;
      this.#token = token;
      return token;
    } catch (error) {
      this.error = toNotSignedIn(error);
      throw this.error;
    }
  };

  /**
   * An id as it may be shown: somebody may have passed a bearer token for one.
   *
   * @param {string} id
   */
  shownId(id) {
    const isSecret = this.#token.length >= MIN_SECRET_LENGTH;
    return hideTokens(isSecret ? id.replaceAll(this.#token, "[token]") : id);
  }

  /**
   * The error for a token that the service rejected.
   *
   * @param {CodeCatalystError} error
   */
  rejectedBy(error) {
    const hint = describeExpiry(this.#expiration);
    return notSignedInError(
      `The service does not accept the sign-in. ${describeFailure(error)} ${hint}${this.#advice}`,
    );
  }
}

/**
 * The `CliError` for what was thrown while looking for a token.
 *
 * @param {unknown} error
 */
function toNotSignedIn(error) {
  if (error instanceof SignInError) return notSignedInError(error.message);
  throw error;
}

/** @param {Date | undefined} expiration */
function describeExpiry(expiration) {
  if (!expiration || expiration.getTime() > Date.now()) return "";
  return `By the clock of this machine it expired at ${formatDate(expiration)}. `;
}

/**
 * The provider that the arguments and the environment select. Throws if it has no token now, or when
 * a signal of the system stops the program: a login may have to be renewed first.
 *
 * @param {Source} source
 * @param {Context} context
 */
export async function createTokenProvider(source, context) {
  const { provider, settings } = await selectProvider(source, context).catch((error) => {
    throw toNotSignedIn(error);
  });
  provider.networkHint = await useNetworkSettings(context.env, settings);
  loadFetch();
  const { signal } = context.stop;
  const stopped = once(signal, "abort").then(() => signal.throwIfAborted());
  await Promise.race([provider.getToken(), stopped]);
  return provider;
}

/**
 * The provider, and the settings of the profile if there is one.
 *
 * @param {Source} source
 * @param {Context} context
 * @returns {Promise<{ provider: TokenProvider, settings?: Settings }>}
 */
async function selectProvider({ tokenStdin, profile }, context) {
  const { env } = context;
  if (!tokenStdin && (profile || env[VARIABLE] === undefined)) return ofProfile(profile, context);
  const login = loginCommand(profile || env.AWS_DEFAULT_PROFILE || env.AWS_PROFILE || "default");
  const endpoint = configuredEndpoint("codecatalyst", env);
  if (!tokenStdin) {
    const advice = `Renew ${VARIABLE}, or unset it and type: ${login}`;
    return { provider: new TokenProvider(VARIABLE, () => envToken(env, advice), advice, endpoint) };
  }
  const token = await readStdin(context);
  const advice = `Get a new token: ${login}`;
  const read = () => checkToken(token, "Standard input", advice);
  return { provider: new TokenProvider("a token from standard input", read, advice, endpoint) };
}

/**
 * @param {string | undefined} name
 * @param {Context} context
 */
async function ofProfile(name, { env, terminal }) {
  const { LoginSource } = await import("../aws/login-source.js");
  const source = new LoginSource({ profile: name }, env);
  const { profile, place, config } = await source.locate();
  await warnIfExposed(place.path, place.displayName, terminal);
  const advice = `Type: ${loginCommand(profile)}`;
  const endpoint = configuredEndpoint("codecatalyst", env, config, profile);
  const provider = new TokenProvider(
    `profile ${escapeUnsafe(profile)}`,
    source.getToken,
    advice,
    endpoint,
  );
  return { provider, settings: config.profiles.get(profile) };
}

/**
 * Rejects when a signal of the system stops the program: what prints the token may be stuck.
 *
 * @param {Context} context
 */
async function readStdin({ terminal, stop }) {
  // What is typed would stay on the screen.
  if (process.stdin.isTTY)
    throw usageError(
      "--token-stdin reads from a pipe or a file, but standard input is a terminal.",
    );
  await warnIfStdinIsExposed(terminal);
  return text(addAbortSignal(stop.signal, process.stdin));
}
