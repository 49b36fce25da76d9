// What is seen of work that takes its time.

// What is over sooner needs no bar.
const FIRST_MS = 300;
const EVERY_MS = 100;
const WIDTH = 24;

/** Does some work, and shows meanwhile what `describe` says of it. */
export async function withProgress(screen, describe, work) {
  if (screen.quiet || !screen.showsProgress) return work();
  const show = () => screen.status(describe());
  let timer = setTimeout(() => {
    show();
    timer = setInterval(show, EVERY_MS);
  }, FIRST_MS);
  try {
    return await work();
  } finally {
    clearTimeout(timer);
    screen.status("");
  }
}

/** A bar for `done` of `total`; the number alone where nobody knows how many there will be. */
export function bar(done, total) {
  if (total === undefined) return `${done} done`;
  const filled = Math.round((WIDTH * done) / Math.max(1, total));
  return `[${"=".repeat(filled)}${" ".repeat(WIDTH - filled)}] ${done} of ${total}`;
}
