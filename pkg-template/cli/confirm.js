// Whoever deletes more than one token is asked first.

import { createInterface } from "node:readline";
import { usage } from "./problem.js";
import { table } from "./text.js";

/** Whether more than one token may be meant. What is selected may be any number of them: a script must not depend on how many. */
const mayBeMany = ({ ids, fromStdin }) => fromStdin || new Set(ids).size !== 1;

export const mustAsk = (asked) => !asked.yes && !asked.dryRun && mayBeMany(asked);

/** Refuses what would have to be asked where nobody can be asked, before anything is sent. */
export function checkCanAsk(asked, screen) {
  if (!mustAsk(asked)) return;
  if (asked.fromStdin)
    throw usage(`The ids come from standard input, so nobody can be asked there. ${INSTEAD}`);
  if (!screen.canAsk)
    throw usage(
      `This may delete more than one token, and there is no terminal to ask on. ${INSTEAD}`,
    );
}

const INSTEAD = "Look with --dry-run first, then add --yes.";

/** Shows tokens and asks whether to delete them. Anything but yes means no. */
export async function agreed(tokens, screen, signal) {
  for (const line of table(tokens, screen.paintError)) await screen.say(line);
  const these = tokens.length === 1 ? "this token" : `these ${tokens.length} tokens`;
  screen.ask(`Delete ${these}? That can't be undone. [y/N]`);
  return /^\s*y(es)?\s*$/i.test(await answer(screen, signal));
}

// Not by readline's own question: that would take Ctrl-C for itself.
function answer(screen, signal) {
  const lines = createInterface({ input: process.stdin, terminal: false });
  return new Promise((resolve, reject) => {
    const unanswered = () => (screen.endLine(), reject(signal.reason));
    lines.once("line", resolve);
    lines.once("close", () => resolve(screen.endLine()));
    if (signal.aborted) unanswered();
    signal.addEventListener("abort", unanswered, { once: true });
  }).finally(() => lines.removeAllListeners("close").close());
}
