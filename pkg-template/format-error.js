// A failed call in words, for the command line, the dashboard and the extension.

import { systemCode } from "./system-code.js";

/** @typedef {import("./format-error.js").ErrorProperties} ErrorProperties */

/**
 * The error as one line: its name, its message and how long to wait.
 *
 * @param {ErrorProperties} error
 */
export function formatError({ name, message, cause, retryAfterMs }) {
  const code = name === "NetworkError" && systemCode(cause);
  // The first sentence tells what happened, the code why.
  const text = code ? message.replace(/\.(?= |$)/, ` (${code}).`) : message;
  const wait = retryAfterMs ? ` Try again in ${Math.ceil(retryAfterMs / 1000)} s.` : "";
  return `${name}: ${text}${wait}`;
}

const NOT_ALLOWED = {
  title: "Not allowed",
  advice: "Sign in again, then retry.",
};

/** @type {Record<string, { title: string, advice: string }>} */
const EXPLANATIONS = {
  AccessDeniedException: NOT_ALLOWED,
  UnauthorizedException: NOT_ALLOWED,
  ResourceNotFoundException: {
    title: "Not found",
    advice: "You own no token with this id.",
  },
  ThrottlingException: {
    title: "Too many requests",
    advice: "Wait a little, then retry.",
  },
  ConflictException: {
    title: "A conflict",
    advice: "Reload the list, then decide.",
  },
  ServiceQuotaExceededException: {
    title: "A quota is used up",
    advice: "See the message.",
  },
  ValidationException: {
    title: "Refused by the service",
    advice: "See the message.",
  },
  InvalidArgumentError: {
    title: "Not sent",
    advice: "See the message.",
  },
  NetworkError: {
    title: "No connection",
    advice: "Check the network, then retry.",
  },
  TimeoutError: {
    title: "No answer in time",
    advice: "Retry, perhaps with more time.",
  },
  AbortError: {
    title: "Cancelled",
    advice: "Retry if you still want it.",
  },
  UnexpectedResponseError: {
    title: "Not the service's answer",
    advice: "Check for a proxy, then retry.",
  },
  InitializationError: {
    title: "Not sent",
    advice: "Reload, then retry.",
  },
};

const UNKNOWN = {
  title: "Outcome unknown",
  advice: "No answer tells whether the token was deleted. Deleting again is safe.",
};

/**
 * A short title and what to do next.
 *
 * @param {ErrorProperties} error
 */
export function explainError({ name, outcomeUnknown, retryable, retryAfterMs }) {
  if (outcomeUnknown) return UNKNOWN;
  const known = Object.hasOwn(EXPLANATIONS, name) ? EXPLANATIONS[name] : undefined;
  const { title, advice } = known ?? {
    title: name,
    advice: retryable ? "Retry later." : "See the message.",
  };
  return {
    title,
    advice: retryAfterMs ? `Wait ${formatDelay(retryAfterMs)}, then retry.` : advice,
  };
}

/**
 * "90 seconds", "3 minutes": never less than the delay.
 *
 * @param {number} delayMs
 */
export function formatDelay(delayMs) {
  const seconds = Math.ceil(delayMs / 1000);
  return seconds < 120
    ? formatCount(seconds, "second")
    : formatCount(Math.ceil(seconds / 60), "minute");
}

/**
 * "1 token", "2 tokens".
 *
 * @param {number} count
 * @param {string} noun
 */
export const formatCount = (count, noun) => `${count} ${noun}${count === 1 ? "" : "s"}`;
