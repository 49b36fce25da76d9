// Progress of work that takes a while, and why it waits.

import { describeWait } from "../describe-wait.js";
import { wrapToWidth } from "./display-width.js";

/** @typedef {import("../describe-wait.js").Wait} Wait */
/** @typedef {import("./terminal.js").Terminal} Terminal */

/**
 * @typedef {object} Progress
 * @property {(width: number) => string} describe how far the work is, in at most this width
 * @property {() => Wait | undefined} wait what it waits for
 */

// Shorter work needs no bar.
const DELAY_MS = 300;
const INTERVAL_MS = 100;
const MAX_BAR_WIDTH = 24;
const MIN_BAR_WIDTH = 6;

/** Where there is no status line, shorter waits aren't told. */
const MIN_TOLD_MS = 5_000;

/**
 * Does the work and meanwhile shows how far it is and why it waits: in a status line, or where there
 * can be none, by a line at the start of each long wait.
 *
 * @template T
 * @param {Terminal} terminal
 * @param {Progress} progress
 * @param {() => Promise<T>} work
 */
export async function withProgress(terminal, progress, work) {
  if (terminal.quiet) return work();
  const show = terminal.showsProgress
    ? () => terminal.setStatus(statusLines(progress, terminal.statusWidth))
    : waitLogger(progress, terminal);
  let timer = setTimeout(() => {
    show();
    timer = setInterval(show, INTERVAL_MS);
  }, DELAY_MS);
  try {
    return await work();
  } finally {
    clearTimeout(timer);
    terminal.setStatus([]);
  }
}

/**
 * @param {Progress} progress
 * @param {number} width
 */
function statusLines({ describe, wait }, width) {
  const current = wait();
  return [describe(width), ...(current ? wrapToWidth(describeWait(current), width) : [])];
}

/**
 * Gives a function that logs a wait once.
 *
 * @param {Progress} progress
 * @param {Terminal} terminal
 */
function waitLogger({ wait }, terminal) {
  let toldUntilMs = 0;
  return () => {
    const current = wait();
    const now = Date.now();
    if (!current || now < toldUntilMs || current.untilMs - now < MIN_TOLD_MS) return;
    toldUntilMs = current.untilMs;
    terminal.log(`${describeWait(current)}.`);
  };
}

/**
 * A bar, the count, and a hint. Where that is too wide the bar is left out first, then the hint.
 *
 * @param {object} progress
 * @param {number} progress.done
 * @param {number | undefined} progress.total
 * @param {string} progress.note follows the count
 * @param {string} progress.hint
 * @param {number} width
 */
export function formatProgress({ done, total, note, hint }, width) {
  const count = total === undefined ? `${done} done${note}` : `${done} of ${total}${note}`;
  const text = `${count}   ${hint}`;
  if (text.length > width) return count.slice(0, width);
  const barWidth = Math.min(MAX_BAR_WIDTH, width - text.length - "[] ".length);
  if (total === undefined || barWidth < MIN_BAR_WIDTH) return text;
  const bar = "=".repeat(Math.round((barWidth * done) / Math.max(1, total)));
  return `[${bar.padEnd(barWidth)}] ${text}`;
}
