// When to draw.

// A tab in the background gets no frames, but its title shows the progress.
const HIDDEN_MS = 250;

/**
 * Returns a function that has `draw` called with the next frame, once for any number of calls.
 * @param {() => void} draw
 */
export function coalesce(draw) {
  let isDue = false;
  const drawIfDue = () => {
    if (!isDue) return;
    isDue = false;
    draw();
  };
  // A frame that was asked for comes only when the tab is shown again.
  document.addEventListener("visibilitychange", drawIfDue);
  return () => {
    if (isDue) return;
    isDue = true;
    if (document.hidden) setTimeout(drawIfDue, HIDDEN_MS);
    else requestAnimationFrame(drawIfDue);
  };
}
