// Ctrl-C, SIGTERM and SIGHUP stop the work, not the program: it still reports what was done.

import { EXIT } from "./cli-error.js";

/**
 * What the signals of the system ask for.
 *
 * @typedef {object} Stop
 * @property {AbortSignal} signal fires at the first signal: nothing new begins, and waits end
 * @property {AbortSignal} abortSignal fires at the second one: what is under way ends too
 * @property {number | undefined} exitCode set by the first signal
 */

const EXIT_CODES = { SIGINT: EXIT.interrupted, SIGTERM: EXIT.terminated, SIGHUP: EXIT.hungUp };
// npx forwards a Ctrl-C that the terminal has sent to both processes: another signal within this
// time is the same one.
const REPEAT_MS = 500;

/**
 * The third signal ends the program on the spot: what it still has to print may be stuck.
 *
 * @param {NodeJS.Process} process
 * @returns {Stop}
 */
export function stopOnSignals(process) {
  const stopping = new AbortController();
  const aborting = new AbortController();
  /** @type {Stop} */
  const stop = { signal: stopping.signal, abortSignal: aborting.signal, exitCode: undefined };
  let lastMs = -Infinity;
  /** @param {number} code */
  const onSignal = (code) => {
    const now = performance.now();
    if (now - lastMs < REPEAT_MS) return;
    lastMs = now;
    if (aborting.signal.aborted) process.exit(stop.exitCode);
    stop.exitCode ??= code;
    if (stopping.signal.aborted) aborting.abort();
    else stopping.abort();
  };
  for (const [name, code] of Object.entries(EXIT_CODES)) process.on(name, () => onSignal(code));
  return stop;
}
