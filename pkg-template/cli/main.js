#!/usr/bin/env node
// npx codecatalyst-pat: does what the arguments ask for, and ends with an exit code that tells how it went.

import { readFile } from "node:fs/promises";
import { setFlagsFromString } from "node:v8";
import { understood } from "./arguments.js";
import { remove } from "./delete.js";
import { HELP } from "./help.js";
import { list } from "./list.js";
import { EXIT, Problem } from "./problem.js";
import { Screen } from "./screen.js";
import { onSignals } from "./stop.js";

// At its exit Node waits until the engine has optimised the WebAssembly of Node's own `fetch`, some 100 ms, although nobody needs
// it any more. So that is never begun. It has to be said before the first request.
setFlagsFromString("--liftoff-only");

const COMMANDS = { help, version, list, delete: remove };

async function help(_, { screen }) {
  await screen.print(HELP);
  return EXIT.done;
}

async function version(_, { screen }) {
  const manifest = await readFile(new URL("../package.json", import.meta.url), "utf8");
  await screen.print(JSON.parse(manifest).version);
  return EXIT.done;
}

/** Gives the exit code. */
async function main(argv) {
  const screen = new Screen(process);
  const stop = onSignals(process);
  try {
    const asked = understood(argv);
    screen.quiet = asked.quiet;
    const code = await COMMANDS[asked.command](asked, { screen, stop, env: process.env });
    return await lostResults(screen, code);
  } catch (error) {
    return tell(error, screen, stop);
  }
}

/** A reader that has seen enough, as head, may leave. But nobody wants a full disk. */
async function lostResults(screen, code) {
  const { broken } = screen;
  if (broken === undefined || broken.code === "EPIPE") return code;
  await screen.complain(`Results could not be written to standard output (${broken.code}).`);
  return code || EXIT.failed;
}

function tell(error, screen, stop) {
  if (stop.code !== undefined) {
    screen.say("Interrupted. Nothing was deleted.");
    return stop.code;
  }
  if (!(error instanceof Problem)) throw error;
  screen.complain(error.message);
  return error.code;
}

process.exitCode = await main(process.argv.slice(2));
// What a pipe has not taken yet would be lost with the process.
await Promise.all(
  [process.stdout, process.stderr].map(
    (stream) => new Promise((resolve) => stream.write("", resolve)),
  ),
);
// Connections that are kept for a next request, and a standard input that nobody ends, would keep Node waiting.
process.exit();
