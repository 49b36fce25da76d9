// Finds the bearer token. It goes to the service and into no message.

import { addAbortSignal } from "node:stream";
import { text } from "node:stream/consumers";
import { describeFailure, notSignedInError, usageError } from "./cli-error.js";
import { warnIfExposed, warnIfStdinIsExposed } from "./exposed-file.js";
import { isBearerToken, loginCommand, readSsoToken, ssoCacheFile } from "./sso-login.js";

/** @typedef {import("../index.js").CodeCatalystError} CodeCatalystError */
/** @typedef {import("./tokens.js").Context} Context */
/** @typedef {{ tokenStdin: boolean, profile: string | undefined }} Source */

const VARIABLE = "AWS_BEARER_TOKEN_CODECATALYST";

/** Gives the token for each request, so that a login renewed in the meantime is used. */
export class TokenProvider {
  /**
   * Why there is no token, once reading it has failed.
   *
   * @type {import("./cli-error.js").CliError | undefined}
   */
  error;
  #read;
  #advice;

  /**
   * @param {() => string | Promise<string>} read
   * @param {string} advice how to get another token
   */
  constructor(read, advice) {
    this.#read = read;
    this.#advice = advice;
  }

  getToken = async () => {
    try {
      return await this.#read();
    } catch (error) {
      this.error = /** @type {import("./cli-error.js").CliError} */ (error);
      throw error;
    }
  };

  /**
   * The error for a token that the service rejected.
   *
   * @param {CodeCatalystError} error
   */
  rejectedBy(error) {
    return notSignedInError(
      `The service does not accept the sign-in. ${describeFailure(error)} ${this.#advice}`,
    );
  }
}

/**
 * The provider that the arguments and the environment select. Throws if it has no token now.
 *
 * @param {Source} source
 * @param {Context} context
 */
export async function createTokenProvider(source, context) {
  const provider = await selectProvider(source, context);
  await provider.getToken();
  return provider;
}

/**
 * @param {Source} source
 * @param {Context} context
 */
async function selectProvider({ tokenStdin, profile }, context) {
  const { env, terminal } = context;
  // In the order of botocore, so that it is the user of the AWS CLI whose tokens are deleted.
  const name = profile || env.AWS_DEFAULT_PROFILE || env.AWS_PROFILE || "default";
  const login = loginCommand(name);
  if (tokenStdin)
    return fromText(await readStdin(context), "Standard input", `Get a new token: ${login}`);
  const token = env[VARIABLE];
  if (!profile && token)
    return fromText(token, VARIABLE, `Renew ${VARIABLE}, or unset it and type: ${login}`);
  const { path, displayName } = await ssoCacheFile(name, env);
  await warnIfExposed(path, displayName, terminal);
  return new TokenProvider(() => readSsoToken(path, name), `Type: ${login}`);
}

/**
 * @param {string} untrimmed
 * @param {string} source
 * @param {string} advice
 */
function fromText(untrimmed, source, advice) {
  const token = untrimmed.trim();
  return new TokenProvider(() => {
    if (isBearerToken(token)) return token;
    const content = token === "" ? "no token" : "something that is no bearer token";
    throw notSignedInError(`${source} holds ${content}. ${advice}`);
  }, advice);
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
