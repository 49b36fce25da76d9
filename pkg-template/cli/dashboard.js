// codecatalyst-pat dashboard

import { once } from "node:events";
import { configuredEndpoint } from "../aws/endpoint.js";
import { startServer } from "../dashboard/server.js";
import { whyUnusable } from "../dashboard/upstream.js";
import { describeStop, STOP_LIMIT_MS } from "../stoppable.js";
import { browserCommands, openInBrowser } from "./browser.js";
import { CliError, EXIT, notSignedInError, usageError } from "./cli-error.js";
import { DEFAULT_ENDPOINT } from "./limits.js";
import { proxyHint } from "./proxy-hint.js";
import { createTokenProvider } from "./token-provider.js";

/** @typedef {import("../aws/endpoint.js").Endpoint} Endpoint */
/** @typedef {import("../dashboard/server.js").ServerOptions} ServerOptions */
/** @typedef {import("./arguments.js").Args} Args */
/** @typedef {import("./terminal.js").Terminal} Terminal */
/** @typedef {import("./token-provider.js").TokenProvider} TokenProvider */
/** @typedef {import("./tokens.js").Context} Context */
/** @typedef {Awaited<ReturnType<typeof startServer>>} DashboardServer */

/**
 * What the dashboard shows: whose tokens, of which service.
 *
 * @typedef {Pick<ServerOptions, "service" | "signIn" | "isSample"> & { close(): Promise<void> }} Source
 */

/**
 * Serves the dashboard until a signal stops it, and gives the exit code.
 *
 * @param {Args} args
 * @param {Context} context
 */
export async function dashboardCommand(args, context) {
  const source = args.sample ? await startSample() : await findSource(args, context);
  try {
    await serve(source, args, context);
  } finally {
    await source.close();
  }
  return EXIT.done;
}

/** @returns {Promise<Source>} */
async function startSample() {
  const { sample, startService } = await import("../testing/index.js");
  const service = await startService();
  const getToken = async () => ({ token: sample.bearer });
  const signIn = { name: "sample tokens", getToken };
  return { service: service.url, signIn, isSample: true, close: () => service.close() };
}

/**
 * @param {Args} args
 * @param {Context} context
 * @returns {Promise<Source>}
 */
async function findSource(args, context) {
  const provider = args.askToken ? undefined : await findSignIn(args, context);
  const configured = provider ? provider.endpoint : configuredEndpoint("codecatalyst", context.env);
  const endpoint = args.endpoint ? { url: args.endpoint, source: "--endpoint" } : configured;
  return {
    service: checkEndpoint(endpoint),
    signIn: provider && { name: provider.name, getToken: () => tokenOrProblem(provider) },
    close: async () => {},
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

/**
 * @param {Source} source
 * @param {Args} args
 * @param {Context} context
 */
async function serve(source, { port, noBrowser }, { terminal, stop, env }) {
  const onFailure = warnOfChanges(terminal);
  const server = await startServer({ ...source, port, onFailure }).catch((error) => {
    throw toPortError(error, port);
  });
  const stopped = once(stop.signal, "abort");
  const surroundings = { platform: process.platform, env };
  const address = server.createAddress();
  const opens = !noBrowser && browserCommands(address, surroundings).length > 0;
  await announce(source, address, opens, { terminal, env });
  if (opens && !(await openInBrowser(address, surroundings)))
    await terminal.log("No browser could be opened. Open the address above.");
  if (!stop.signal.aborted) await stopped;
  await stopServer(server, terminal, stop.abortSignal);
}

/**
 * The address goes to standard output, so that a program can read it.
 *
 * @param {Source} source
 * @param {string} address
 * @param {boolean} opens
 * @param {Pick<Context, "terminal" | "env">} context
 */
async function announce(source, address, opens, { terminal, env }) {
  await terminal.log(describeSource(source));
  await terminal.log(
    opens
      ? "It opens in your browser. If it doesn't, open this address, which works once:"
      : "Open this address in your browser. It works once:",
  );
  await terminal.print(address);
  if (env.SSH_CONNECTION) await terminal.log(describeForwarding(new URL(address).port));
  await terminal.log("Press Ctrl-C to stop.");
}

/** @param {Source} source */
function describeSource({ service, signIn, isSample }) {
  if (isSample)
    return `The dashboard for sample tokens, of a stand-in for the service at ${service}.`;
  const how = signIn ? `signed in with ${signIn.name}` : "which asks for a bearer token";
  return `The dashboard for ${service}, ${how}.`;
}

/** @param {string} port */
const describeForwarding = (port) =>
  `On the machine with the browser, forward the port first: ssh -L ${port}:127.0.0.1:${port} HOST`;

/**
 * Warns of each failure to reach the service, but not of the same one again and again.
 *
 * @param {Terminal} terminal
 */
function warnOfChanges(terminal) {
  let last = "";
  return (/** @type {string} */ message) => {
    if (message !== last) terminal.warn(`${message} ${proxyHint(process)}`.trim());
    last = message;
  };
}

/**
 * @param {any} error
 * @param {number | undefined} port
 */
function toPortError(error, port) {
  /** @type {Record<string, string>} */
  const reasons = { EADDRINUSE: "is in use", EACCES: "may not be used" };
  const reason = reasons[error.code];
  return reason
    ? new CliError(
        `Port ${port} ${reason}. Choose another with --port, or leave it out.`,
        EXIT.failed,
      )
    : error;
}

/**
 * @param {DashboardServer} server
 * @param {Terminal} terminal
 * @param {AbortSignal} abortSignal
 */
async function stopServer(server, terminal, abortSignal) {
  if (server.underWayCount > 0) {
    const again = "Press Ctrl-C again to cancel.";
    await terminal.log(`${describeStop(server.underWayCount)} ${again}`);
  }
  await server.stop(AbortSignal.any([abortSignal, AbortSignal.timeout(STOP_LIMIT_MS)]));
  await terminal.log("Stopped.");
}
