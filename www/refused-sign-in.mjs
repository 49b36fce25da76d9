// What to do where the service refuses the sign-in, be it a pasted token or that of the server.

import { loginCommand } from "/codecatalyst-pat/aws/error.js";
import { NO_LONGER_ACCEPTED, NOT_ACCEPTED } from "./components/sign-in-words.mjs";

/** @import { State } from "./state.mjs" */

/** @param {Pick<State, "serverSignIn" | "rows">} state */
export function describeRefusedSignIn({ serverSignIn, rows }) {
  if (!serverSignIn) return rows ? NO_LONGER_ACCEPTED : NOT_ACCEPTED;
  return {
    title: NO_LONGER_ACCEPTED.title,
    advice: `It has probably expired. ${renewal(serverSignIn)}, then choose ${rows ? "Reload" : "Try again"}.`,
  };
}

/** @param {string} serverSignIn "profile codecatalyst", or what else gave the token */
function renewal(serverSignIn) {
  const profile = /^profile (.+)$/.exec(serverSignIn)?.[1];
  return profile
    ? `In a terminal, run ${loginCommand(profile)}`
    : `Renew what the server is signed in with (${serverSignIn}) and start it again`;
}
