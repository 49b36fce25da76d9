// Ctrl-C and SIGTERM end the work, not the program: it still says what was done.

import { EXIT } from "./problem.js";

const SIGNALS = { SIGINT: EXIT.interrupted, SIGTERM: EXIT.terminated };
// npx passes on the Ctrl-C that a terminal has sent to both of us, so a second signal at once is the same one.
const SAME_MS = 1000;

/** Gives `signal`, for the calls, and `code`, the exit code once it has fired. */
export function onSignals(process) {
  const controller = new AbortController();
  const stop = { signal: controller.signal, code: undefined };
  let firstAt;
  for (const [name, code] of Object.entries(SIGNALS)) {
    process.on(name, () => {
      if (stop.code !== undefined && performance.now() - firstAt > SAME_MS) process.exit(code);
      firstAt ??= performance.now();
      stop.code ??= code;
      controller.abort();
    });
  }
  return stop;
}
