// What to do where the service refuses the sign-in, be it a pasted token or that of the server.

import { loginCommand } from "/codecatalyst-pat/aws/error.js";
import { NOT_ACCEPTED, REFUSED } from "./components/sign-in-words.mjs";

/** @import { State } from "./state.mjs" */

/** @param {Pick<State, "serverSignIn" | "rows">} state */
export function describeRefusedSignIn({ serverSignIn, rows }) {
  if (!serverSignIn) return rows ? REFUSED : NOT_ACCEPTED;
  const renewal = describeRenewal(serverSignIn, rows ? "Reload" : "Try again");
  return { title: REFUSED.title, advice: `It has probably expired. ${renewal}` };
}

/**
 * @param {string} serverSignIn  "profile codecatalyst", or what else gave the token
 * @param {string} label  of the button that lists again
 */
function describeRenewal(serverSignIn, label) {
  const profile = /^profile (.+)$/.exec(serverSignIn)?.[1];
  return profile === undefined
    ? "Get a fresh token, and start the dashboard again with it."
    : `In a terminal, run “${loginCommand(profile)}”, then choose ${label}.`;
}
