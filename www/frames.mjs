// When to draw.

// Drawing each step of a thousand deletions costs more than the deletions, and no eye follows it.
const PAUSE_MS = 100;

/**
 * Returns a function that has `draw` called soon, with a frame of the browser, and once for any number
 * of calls until then.
 * @param {() => void} draw
 */
export function coalesce(draw) {
  let isDue = false;
  const drawIfDue = () => {
    if (isDue) draw();
    isDue = false;
  };
  // A tab in the background gets no frames, but its title shows the progress.
  const drawWithFrame = () => (document.hidden ? drawIfDue() : requestAnimationFrame(drawIfDue));
  document.addEventListener("visibilitychange", drawIfDue);
  return () => {
    if (!isDue) setTimeout(drawWithFrame, PAUSE_MS);
    isDue = true;
  };
}
