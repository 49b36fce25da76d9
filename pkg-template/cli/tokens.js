// The person's tokens, and which of them are meant.

import { listAccessTokens } from "../index.js";
import { problemFrom } from "./problem.js";
import { withProgress } from "./progress.js";
import { bearerFor } from "./signin.js";
import { isExpired } from "./text.js";

// More than the package's default: a person waits, and whatever fails has to be typed again.
const MAX_ATTEMPTS = 8;

/** What all calls need: the source of the token, and the options that were given. */
export async function session(asked, context) {
  const { endpoint, timeoutMs } = asked;
  const bearer = await bearerFor(asked, context);
  return {
    bearer,
    options: { endpoint, timeoutMs, maxAttempts: MAX_ATTEMPTS, signal: context.stop.signal },
  };
}

/** Asks the service for all tokens. */
export async function listed({ bearer, options }, screen) {
  const tokens = [];
  const read = async () => {
    for await (const token of listAccessTokens(bearer.token, options)) tokens.push(token);
  };
  try {
    await withProgress(screen, () => `Asking for your tokens: ${tokens.length}`, read);
  } catch (error) {
    throw problemFrom(error, bearer);
  }
  return tokens;
}

/** Gives a function that tells whether a token is meant. */
export function meant({ expired, name }) {
  const now = Date.now();
  return (token) =>
    (!expired || isExpired(token, now)) && (name === undefined || matches(name, token.name));
}

/**
 * Whether a pattern fits the whole text.
 *
 * No regular expression: one with many stars can take longer than anybody waits.
 */
export function matches(pattern, text) {
  const [want, have] = [[...pattern], [...text]];
  let [at, star, resume] = [0, -1, 0];
  for (let index = 0; index < have.length; ) {
    if (want[at] === "*") [star, resume] = [at++, index];
    else if (want[at] === "?" || want[at] === have[index]) [at, index] = [at + 1, index + 1];
    else if (star >= 0)
      [at, index] = [star + 1, (resume += 1)]; // the star takes one character more
    else return false;
  }
  return want.slice(at).every((char) => char === "*");
}
