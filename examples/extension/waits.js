// What is under way waits for the service: the popup shows why, and how long.

import { updateState } from "./store.js";

/** @import { Wait } from "./codecatalyst-pat/describe-wait.js" */

const CHECK_MS = 500;

/**
 * Keeps the state's wait up to date. Returns what ends that.
 * @param {() => Wait | undefined} current
 */
export function watchWaits(current) {
  /** @type {Wait | undefined} */
  let known;
  /** @param {Wait | undefined} wait */
  const save = async (wait) => {
    if (wait === known) return;
    known = wait;
    await updateState((state) => ({ ...state, wait }));
  };
  const timer = setInterval(() => save(current()), CHECK_MS);
  return async () => {
    clearInterval(timer);
    await save(undefined);
  };
}
