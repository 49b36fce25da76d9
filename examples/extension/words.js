// Outcomes and errors in words. Nothing here knows of the document, nor of the worker.

const date = new Intl.DateTimeFormat("en", { dateStyle: "medium" });

/** When a token ends to be valid. */
export function expiry({ expiresTime }, now = Date.now()) {
  if (expiresTime === undefined) return { text: "No expiry date", isPast: false };
  const isPast = Date.parse(expiresTime) <= now;
  return {
    text: `${isPast ? "Expired" : "Expires"} ${date.format(new Date(expiresTime))}`,
    isPast,
  };
}

export const count = (number, noun) => `${number} ${noun}${number === 1 ? "" : "s"}`;

// ------------------------------------------------------------------ of a deletion

/** What became of a deletion: a tone for the eye, a title, and a text where the title does not say all. */
export function outcome({ status, alreadyDeleted, requestId, attempts, error }) {
  if (status === "running") return { title: "Deleting…" };
  if (status === "failed") return { ...failure(error), facts: factsOf(error) };
  return alreadyDeleted
    ? { tone: "good", ...GONE, facts: { "Request id": requestId, Attempts: attempts } }
    : { title: "Deleted" };
}

const GONE = {
  title: "Already gone",
  text: "An attempt without an answer most likely deleted it. There is nothing left to do.",
};

function failure(error) {
  if (error.outcomeUnknown) {
    return {
      tone: "open",
      title: "Outcome unknown",
      text: "No answer tells whether it was deleted. Deleting again is safe.",
    };
  }
  return { tone: "bad", ...pause(error, FAILURES[error.name] ?? other(error)) };
}

const FAILURES = {
  AccessDeniedException: {
    title: "Not allowed",
    text: "The service did not accept the bearer token. Sign in with a fresh one.",
  },
  ResourceNotFoundException: {
    title: "Not found",
    text: "The service knows no such token of yours any more. Reload the list.",
  },
  ThrottlingException: {
    title: "Too many requests",
    text: "The service asks for a pause. Wait a little, then delete again.",
  },
  InvalidArgumentError: { title: "Not sent", text: "The message says why." },
  InitializationError: { title: "Not sent", text: "A part of the extension could not be loaded." },
};
FAILURES.UnauthorizedException = FAILURES.AccessDeniedException;

function other({ retryable }) {
  return {
    title: "Not deleted",
    text: retryable ? "Trying again later may help." : "The message may say what has to change.",
  };
}

// ---------------------------------------------------------------------- of a list

/** What went wrong with a list. */
export function trouble(error) {
  return { tone: "bad", ...pause(error, TROUBLES[error.name] ?? NO_LIST), facts: factsOf(error) };
}

const NO_LIST = {
  title: "No list",
  text: "Reload to try again. The message may say what has to change.",
};

const TROUBLES = {
  AccessDeniedException: {
    title: "Not accepted",
    text: "It was not kept. Check that it was copied whole and has not expired.",
  },
  InvalidArgumentError: {
    title: "Not a bearer token",
    text: "Nothing was sent, and nothing kept. The message says why.",
  },
  NetworkError: { title: "No connection", text: "Check the network, then reload." },
  TimeoutError: { title: "No answer in time", text: "Reload to try again." },
  ThrottlingException: {
    title: "Too many requests",
    text: "The service asks for a pause. Wait a little, then reload.",
  },
};
TROUBLES.UnauthorizedException = TROUBLES.AccessDeniedException;

/** Of deletions that were cancelled because the token was forgotten. */
export const cutOff = (names) => ({
  tone: "open",
  title: "Outcome unknown",
  text: `Cancelled on the way, so it may be deleted or not: ${names.map((name) => `“${name}”`).join(", ")}.`,
});

// -------------------------------------------------------------------- of an error

// How long the service asked to be left alone says more than "a little".
function pause({ retryAfterMs }, words) {
  if (retryAfterMs === undefined) return words;
  return {
    ...words,
    text: `The service asks for a pause of ${count(Math.ceil(retryAfterMs / 1_000), "second")}.`,
  };
}

function factsOf({ name, message, status, requestId, attempts }) {
  return {
    Error: name,
    Message: message,
    "HTTP status": status,
    "Request id": requestId,
    Attempts: attempts,
  };
}
