// codecatalyst-pat dashboard

import { once } from "node:events";
import { startServer } from "../dashboard/server.js";
import { describeStop, STOP_LIMIT_MS } from "../stoppable.js";
import { browserCommands, openInBrowser } from "./browser.js";
import { CliError, EXIT } from "./cli-error.js";
import { findSource, startSample } from "./dashboard-source.js";

/** @typedef {import("./arguments.js").Args} Args */
/** @typedef {import("./dashboard-source.js").Source} Source */
/** @typedef {import("./terminal.js").Terminal} Terminal */
/** @typedef {import("./tokens.js").Context} Context */
/** @typedef {Awaited<ReturnType<typeof startServer>>} DashboardServer */

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
    await source.close?.();
  }
  return EXIT.done;
}

/**
 * @param {Source} source
 * @param {Args} args
 * @param {Context} context
 */
async function serve(source, { port, noBrowser }, { terminal, stop, env }) {
  const onFailure = warnOfChanges(terminal, source.networkHint);
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
 * @param {string} [hint]
 */
function warnOfChanges(terminal, hint = "") {
  let last = "";
  return (/** @type {string} */ message) => {
    if (message !== last) terminal.warn(`${message} ${hint}`.trim());
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
