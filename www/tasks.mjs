// What takes a while: one task at a time, how it ended, and what it waits for.

import { describeWait } from "/codecatalyst-pat/describe-wait.js";
import { CodeCatalystError } from "/codecatalyst-pat/index.js";
import { describeError, factsOf, isSignInError } from "./outcomes.mjs";
import { refusalReason } from "./own-server.mjs";
import { describeRefusedSignIn } from "./refused-sign-in.mjs";
import { announce } from "./render.mjs";
import { show, showProgress, state } from "./state.mjs";

/** @import { Wait } from "/codecatalyst-pat/describe-wait.js" */
/** @import { Notice, Task } from "./state.mjs" */

const TICK_MS = 250;

/**
 * Runs a task unless another one is under way. Returns whether it succeeded; if not, the notice
 * says why, and nothing else has changed.
 * @param {Pick<Task, "kind"> & Partial<Task>} task
 * @param {(signal: AbortSignal) => Promise<void>} run
 * @param {() => unknown} [retry]
 */
export async function runTask(task, run, retry) {
  if (state.task) return false;
  const controller = new AbortController();
  const cancel = () => controller.abort();
  state.task = { ids: new Set(), found: 0, cancel, wait: () => undefined, ...task };
  state.notice = undefined;
  show();
  const timer = setInterval(showWait, TICK_MS);
  try {
    await run(controller.signal);
    return true;
  } catch (error) {
    state.notice = { ...createNotice(error), retry };
    return false;
  } finally {
    clearInterval(timer);
    state.task = undefined;
    show();
  }
}

// A shorter wait isn't worth interrupting anyone.
const MIN_ANNOUNCED_MS = 2_000;

/**
 * The wait last read out: once, not at each second of it.
 * @type {Wait | undefined}
 */
let announced;

/** Shows how long the task still waits. */
function showWait() {
  showProgress();
  const wait = state.task?.wait();
  if (!wait || wait === announced || wait.untilMs - Date.now() < MIN_ANNOUNCED_MS) return;
  announced = wait;
  announce(describeWait(wait));
}

// ------------------------------------------------------------------- how a task ended

/**
 * @param {unknown} error
 * @returns {Notice}
 */
function createNotice(error) {
  const needsSignIn = error instanceof CodeCatalystError && isSignInError(error);
  const { title, advice, facts } = describeEnd(error, needsSignIn);
  const tone = isAbort(error) ? "neutral" : "error";
  // At the sign-in the message is an alert, which is read out by itself.
  if (state.view === "tokens") announce(`${title}. ${advice}`);
  const reason = isAbort(error) ? "" : refusalReason();
  return { title, text: advice, facts: { ...facts, Reason: reason }, tone, needsSignIn };
}

/**
 * @param {unknown} error
 * @param {boolean} needsSignIn
 */
function describeEnd(error, needsSignIn) {
  if (!isExpected(error)) return reportBug(error);
  if (needsSignIn) return { ...describeRefusedSignIn(state), facts: factsOf(error) };
  return describeError(error);
}

/** @param {unknown} error */
const isAbort = (error) => error instanceof Error && error.name === "AbortError";

/**
 * Whether an error is the package's, or says that the user cancelled. Of the latter only the name
 * is used.
 * @param {unknown} error
 * @returns {error is CodeCatalystError}
 */
const isExpected = (error) => error instanceof CodeCatalystError || isAbort(error);

/**
 * A bug in this page. The console tells a developer more than the page could.
 * @param {unknown} error
 */
function reportBug(error) {
  reportError(error);
  const title = "This page has a bug";
  return { title, advice: "Reload it, and try again.", facts: { Message: String(error) } };
}
