#!/usr/bin/env node
// npx codecatalyst-pat: runs a command; the exit code tells how it went.

import { parseArguments } from "./arguments.js";
import { CliError, EXIT } from "./cli-error.js";
import { stopOnSignals } from "./signals.js";
import { Terminal } from "./terminal.js";

const REGION_IGNORED = "--region is ignored: CodeCatalyst is global.";

/**
 * Gives the exit code.
 *
 * @param {string[]} argv
 */
async function main(argv) {
  const terminal = new Terminal(process);
  const stop = stopOnSignals(process);
  try {
    const args = parseArguments(argv);
    terminal.quiet = args.quiet;
    if (args.region !== undefined && !args.quiet) await terminal.log(REGION_IGNORED);
    const run = await args.command.load();
    const code = await run(args, { terminal, stop, env: process.env });
    return await checkOutput(terminal, code);
  } catch (error) {
    return reportError(error, terminal, stop);
  }
}

/**
 * A reader such as `head` may leave early, but results lost to a full disk are a failure.
 *
 * @param {Terminal} terminal
 * @param {number} code
 */
async function checkOutput(terminal, code) {
  const { outputError } = terminal;
  if (outputError === undefined || outputError.code === "EPIPE") return code;
  await terminal.error(`Results could not be written to standard output (${outputError.code}).`);
  return code || EXIT.failed;
}

/**
 * @param {unknown} error
 * @param {Terminal} terminal
 * @param {import("./signals.js").Stop} stop
 */
async function reportError(error, terminal, stop) {
  if (stop.exitCode !== undefined) {
    await terminal.log("Interrupted. Nothing was deleted.");
    return stop.exitCode;
  }
  if (!(error instanceof CliError)) throw error;
  await terminal.error(error.message);
  return error.code;
}

process.exitCode = await main(process.argv.slice(2));
// Output that a pipe hasn't taken yet would be lost with the process.
await Promise.all(
  [process.stdout, process.stderr].map(
    (stream) => new Promise((resolve) => stream.write("", resolve)),
  ),
);
// Kept-alive connections, or a standard input that doesn't end, would keep Node running.
process.exit();
