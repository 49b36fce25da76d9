// Ctrl-C and SIGTERM stop the work, not the program: it still reports what was done.

import { EXIT } from "./cli-error.js";

/**
 * `signal` ends the calls; `exitCode` is set once it has fired.
 *
 * @typedef {{ readonly signal: AbortSignal, exitCode: number | undefined }} Stop
 */

const EXIT_CODES = { SIGINT: EXIT.interrupted, SIGTERM: EXIT.terminated };
// npx forwards a Ctrl-C that the terminal has sent to both processes: a second signal within this
// time is the same one.
const REPEAT_MS = 1000;

/**
 * @param {NodeJS.Process} process
 * @returns {Stop}
 */
export function abortOnSignals(process) {
  const controller = new AbortController();
  /** @type {Stop} */
  const stop = { signal: controller.signal, exitCode: undefined };
  let firstAt = Infinity;
  for (const [name, code] of Object.entries(EXIT_CODES)) {
    process.on(name, () => {
      if (performance.now() - firstAt > REPEAT_MS) process.exit(code);
      firstAt = Math.min(firstAt, performance.now());
      stop.exitCode ??= code;
      controller.abort();
    });
  }
  return stop;
}
