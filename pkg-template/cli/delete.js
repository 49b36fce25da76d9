import { agreed, checkCanAsk, mustAsk } from "./confirm.js";
import { deleteAll } from "./deletion.js";
import { Ids, linesOf } from "./ids.js";
import { noneOf, printTokens } from "./list.js";
import { EXIT } from "./problem.js";
import { count, shown } from "./text.js";
import { listed, meant, session } from "./tokens.js";

/** codecatalyst-pat delete */
export async function remove(asked, context) {
  const { screen } = context;
  checkCanAsk(asked, screen);
  const call = await session(asked, context);
  const isSelection = asked.all || asked.expired || asked.name !== undefined;
  const owned = isSelection || asked.dryRun || mustAsk(asked) ? await listed(call, screen) : [];
  const chosen = isSelection ? owned.filter(meant(asked)) : undefined;
  if (chosen?.length === 0) return nothing(owned, asked, screen);
  const ids = new Ids(
    chosen?.map(({ id }) => id) ?? asked.ids,
    asked.fromStdin ? linesOf(process.stdin) : undefined,
  );
  const known = new Map(owned.map((token) => [token.id, token]));
  if (asked.dryRun) return rehearse(ids, known, asked, screen);
  if (mustAsk(asked) && !(await agreedTo(chosen ?? asked.ids, known, context)))
    return declined(screen);
  return deleteAll({ ids, known, asked, call, ...context });
}

async function nothing(owned, asked, screen) {
  if (!asked.quiet)
    await screen.say(
      owned.length === 0 ? "You have no access tokens." : `${noneOf(owned)} Nothing to delete.`,
    );
  return EXIT.done;
}

async function declined(screen) {
  await screen.say("Nothing was deleted.");
  return EXIT.failed;
}

// Ids are shown with their names. One that is not the person's will fail, and is shown as what it is.
function agreedTo(chosen, known, { screen, stop }) {
  const stranger = (id) => ({ id, name: "(none of your tokens)" });
  const tokens = chosen.map((one) => known.get(one.id ?? one) ?? stranger(one));
  return agreed([...new Set(tokens)], screen, stop.signal);
}

/** Shows what would be deleted. */
async function rehearse(ids, known, asked, screen) {
  const [found, strangers] = [[], []];
  for await (const id of ids) (known.has(id) ? found : strangers).push(id);
  if (found.length > 0)
    await printTokens(
      found.map((id) => known.get(id)),
      asked,
      screen,
    );
  const label = screen.paintError("red", "not found");
  for (const id of strangers)
    await screen.say(`${label}  ${shown(id)}  You own no token with this id.`);
  if (!asked.quiet)
    await screen.say(`Dry run: ${count(found.length, "token")} would be deleted. Nothing was.`);
  return strangers.length === 0 ? EXIT.done : EXIT.failed;
}
