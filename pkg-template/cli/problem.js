// Why the program ends without having done everything, in words for a person, and the exit code for a script.

import { shown } from "./text.js";

export const EXIT = {
  done: 0,
  failed: 1,
  usage: 2,
  notSignedIn: 3,
  interrupted: 130,
  terminated: 143,
};

/** Its message is what the person reads: what was wrong, and what to do. */
export class Problem extends Error {
  constructor(message, code) {
    super(message);
    this.code = code;
  }
}

export const usage = (message) => new Problem(message, EXIT.usage);
export const notSignedIn = (message) => new Problem(message, EXIT.notSignedIn);

/** Whether the service did not take the bearer token. */
export const isRefused = ({ status }) => status === 401 || status === 403;

/** The words for a failed call. */
export function inWords({ name, message, cause, retryAfterMs }) {
  // The package's own words are about pages too.
  if (name === "NetworkError")
    return `NetworkError: The service can't be reached, or its reply broke off${systemCode(cause)}.`;
  const wait = retryAfterMs ? ` Try again in ${Math.ceil(retryAfterMs / 1000)} s.` : "";
  return shown(`${name}: ${message}${wait}`);
}

// ECONNREFUSED and the like: fetch hides them some causes deep.
function systemCode(cause) {
  for (let depth = 0; depth < 5 && typeof cause === "object" && cause !== null; depth += 1) {
    if (typeof cause.code === "string" && /^E[A-Z]+$/.test(cause.code)) return ` (${cause.code})`;
    cause = cause.cause;
  }
  return "";
}

/** What becomes of an error that ended a whole list or a whole run of deletions. */
export function problemFrom(error, bearer) {
  if (bearer.problem) return bearer.problem;
  if (error.cause instanceof Problem) return error.cause;
  if (isRefused(error)) return bearer.refused(error);
  if (error.name === "InvalidArgumentError")
    return usage(shown(error.message.replace("options.", "--")));
  return new Problem(inWords(error), EXIT.failed);
}
