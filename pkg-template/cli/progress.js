// Progress of work that takes a while.

// Shorter work needs no bar.
const DELAY_MS = 300;
const INTERVAL_MS = 100;
const BAR_WIDTH = 24;

/**
 * Does the work and meanwhile shows what `describe` returns.
 *
 * @template T
 * @param {import("./terminal.js").Terminal} terminal
 * @param {() => string} describe
 * @param {() => Promise<T>} work
 */
export async function withProgress(terminal, describe, work) {
  if (terminal.quiet || !terminal.showsProgress) return work();
  const show = () => terminal.setStatus(describe());
  let timer = setTimeout(() => {
    show();
    timer = setInterval(show, INTERVAL_MS);
  }, DELAY_MS);
  try {
    return await work();
  } finally {
    clearTimeout(timer);
    terminal.setStatus("");
  }
}

/**
 * A bar for `done` of `total`; the number alone if the total isn't known.
 *
 * @param {number} done
 * @param {number | undefined} total
 */
export function progressBar(done, total) {
  if (total === undefined) return `${done} done`;
  const filled = Math.round((BAR_WIDTH * done) / Math.max(1, total));
  return `[${"=".repeat(filled)}${" ".repeat(BAR_WIDTH - filled)}] ${done} of ${total}`;
}
