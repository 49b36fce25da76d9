import { EXIT } from "./problem.js";
import { json, record, table } from "./text.js";
import { listed, meant, session } from "./tokens.js";

/** codecatalyst-pat list */
export async function list(asked, context) {
  const { screen } = context;
  const all = await listed(await session(asked, context), screen);
  const tokens = all.filter(meant(asked));
  if (tokens.length === 0)
    await screen.say(all.length === 0 ? "You have no access tokens." : noneOf(all));
  else await printTokens(tokens, asked, screen);
  return EXIT.done;
}

export const noneOf = (all) => `None of your ${all.length} access tokens matches.`;

export async function printTokens(tokens, asked, screen) {
  const lines = asked.json
    ? tokens.map((token) => json(record(token)))
    : table(tokens, screen.paint);
  for (const line of lines) await screen.print(line);
}
