// What to say of a bearer token that was pasted: what it is, when it expires, what to do next.

import { formatRelativeTime } from "./relative-time.mjs";

/** @import { Misfit, Pasted } from "./pasted-token.mjs" */

// So much time is enough to finish what one is doing.
const NEAR_MS = 15 * 60_000;

const CLOCK = "by this machine’s clock";

/** @param {Misfit} misfit */
export const describeMisfit = ({ seen }) => ({
  title: "This is not a bearer token",
  text: `It looks like ${seen}. Nothing was sent.`,
});

/**
 * What was found in what was pasted. That it has expired is no more than a hint: the clock may be
 * wrong, and the service decides.
 * @param {Pasted} pasted
 * @param {number} now
 */
export function describePasted({ expiresAt }, now) {
  if (!expiresAt) return "Found the token in what you pasted. Nothing else of it is kept or sent.";
  const when = formatRelativeTime(expiresAt, now);
  if (expiresAt.getTime() > now) return `Found the token. It expires ${when}.`;
  return `Found the token, but ${CLOCK} it expired ${when}. Run “aws sso login” for a fresh one, or try this one.`;
}

/**
 * What to say of the sign-in in use: nothing until its end is near.
 * @param {Date | undefined} expiresAt
 * @param {number} now
 */
export function describeSignInExpiry(expiresAt, now) {
  if (!expiresAt || expiresAt.getTime() - now > NEAR_MS) return "";
  const when = formatRelativeTime(expiresAt, now);
  if (expiresAt.getTime() > now) return `Your sign-in expires ${when}.`;
  return `Your sign-in expired ${when}, ${CLOCK}. Run “aws sso login”, then sign in again with the fresh token.`;
}

/** What to say where the service refuses a token that it took before. */
export const REFUSED = {
  title: "The service refused your sign-in",
  advice: "It has probably expired. Run “aws sso login”, then sign in again with the fresh token.",
};

/** What to say where the service refuses a token that is new to it. */
export const NOT_ACCEPTED = {
  title: "The service did not accept the bearer token",
  advice:
    "Check that you copied all of it and that it hasn’t expired. Run “aws sso login” for a fresh one.",
};
