// Whose tokens the dashboard shows: those of the sign-in, or samples.

import { configuredEndpoint } from "../aws/endpoint.js";
import { whyUnusable } from "../dashboard/upstream.js";
import { CliError, EXIT, notSignedInError, usageError } from "./cli-error.js";
import { DEFAULT_ENDPOINT } from "./limits.js";
import { useNetworkSettings } from "./network.js";
import { createTokenProvider } from "./token-provider.js";

/** @typedef {import("../aws/endpoint.js").Endpoint} Endpoint */
/** @typedef {import("../dashboard/server.js").ServerOptions} ServerOptions */
/** @typedef {import("./arguments.js").Args} Args */
/** @typedef {import("./token-provider.js").TokenProvider} TokenProvider */
/** @typedef {import("./tokens.js").Context} Context */

/**
 * What the server of the dashboard needs to know.
 *
 * @typedef {object} More
 * @property {string} [networkHint] what to know if there is no connection
 * @property {() => Promise<void>} [close]
 *
 * @typedef {Pick<ServerOptions, "service" | "signIn" | "isSample"> & More} Source
 */

/**
 * Starts a stand-in for the service, with sample tokens.
 *
 * @returns {Promise<Source>}
 */
export async function startSample() {
  const { sample, startService } = await import("../testing/index.js");
  const service = await startService();
  const getToken = async () => ({ token: sample.bearer });
  const signIn = { name: "sample tokens", getToken };
  return { service: service.url, signIn, isSample: true, close: () => service.close() };
}

/**
 * Finds the sign-in, unless the page is to ask for a token, and the endpoint. Throws a `CliError` if
 * there is none, or if it can't be used.
 *
 * @param {Args} args
 * @param {Context} context
 * @returns {Promise<Source>}
 */
export async function findSource(args, context) {
  const provider = args.askToken ? undefined : await findSignIn(args, context);
  const configured = provider ? provider.endpoint : configuredEndpoint("codecatalyst", context.env);
  const endpoint = args.endpoint ? { url: args.endpoint, source: "--endpoint" } : configured;
  return {
    service: checkEndpoint(endpoint),
    signIn: provider && { name: provider.name, getToken: () => tokenOrProblem(provider) },
    networkHint: provider ? provider.networkHint : await useNetworkSettings(context.env),
  };
}

/**
 * @param {Args} args
 * @param {Context} context
 */
async function findSignIn(args, context) {
  try {
    return await createTokenProvider(args, context);
  } catch (error) {
    if (!(error instanceof CliError) || error.code !== EXIT.notSignedIn) throw error;
    const hint = "For a look without an account: codecatalyst-pat dashboard --sample";
    throw notSignedInError(`${error.message}\n${hint}`);
  }
}

/** @param {Endpoint | undefined} endpoint */
function checkEndpoint(endpoint) {
  if (endpoint === undefined) return DEFAULT_ENDPOINT;
  const why = whyUnusable(endpoint.url);
  if (why) throw usageError(`${endpoint.source} ${why}.`);
  return endpoint.url;
}

/** @param {TokenProvider} provider */
async function tokenOrProblem(provider) {
  try {
    return { token: await provider.getToken() };
  } catch (error) {
    if (error instanceof CliError) return { problem: error.message };
    throw error;
  }
}
