// One form, one call, and its outcome in words.

import { CodeCatalystError, deleteAccessToken } from "/codecatalyst-pat/index.js";

const element = (id) => document.getElementById(id);
const endpoint = document.querySelector("meta[name=codecatalyst-endpoint]").content;

let underWay; // the AbortController of the call in progress

element("endpoint").textContent = endpoint;
element("deletion").addEventListener("submit", (event) => {
  event.preventDefault();
  if (!underWay) submit();
});
element("cancel").addEventListener("click", () => underWay?.abort());
// Disabled until here, so that the button promises nothing while the module is missing.
element("delete").disabled = false;

async function submit() {
  // Pasting brings spaces along; neither a token nor an id begins or ends with one.
  const token = element("token").value.trim();
  const id = element("id").value.trim();
  const call = begin();
  show({ tone: "busy", title: "Deleting…", text: "Waiting for the service." });
  try {
    show(success(id, await deleteAccessToken(token, id, { endpoint, signal: call.signal })));
  } catch (error) {
    show(failure(id, error));
  } finally {
    end();
  }
}

function begin() {
  underWay = new AbortController();
  // Not `disabled`: that would take the focus from who pressed it by keyboard.
  element("delete").setAttribute("aria-disabled", "true");
  element("cancel").hidden = false;
  return underWay;
}

function end() {
  underWay = undefined;
  element("delete").removeAttribute("aria-disabled");
  if (document.activeElement === element("cancel")) element("delete").focus();
  element("cancel").hidden = true;
}

// ----------------------------------------------------------------- in words

function success(id, { alreadyDeleted, requestId, attempts }) {
  const facts = { "Token id": id, "Request id": requestId, Attempts: attempts };
  if (!alreadyDeleted) {
    return { tone: "good", title: "Deleted", text: "The token is gone and can no longer be used.", facts };
  }
  const text =
    "The service no longer knows this token. An earlier attempt got no answer and most likely " +
    "deleted it. There is nothing left to do.";
  return { tone: "good", title: "Already gone", text, facts };
}

function failure(id, error) {
  if (error instanceof CodeCatalystError) {
    return { ...meaning(error), facts: { "Token id": id, ...factsOf(error) } };
  }
  // A mistake of ours; the console tells developers more than this page could.
  reportError(error);
  return unknown(error);
}

function factsOf({ name, message, status, requestId, attempts, retryAfterMs }) {
  return {
    Error: name,
    Message: message,
    "HTTP status": status,
    "Request id": requestId,
    Attempts: attempts,
    "Retry after": retryAfterMs === undefined ? undefined : seconds(retryAfterMs),
  };
}

function meaning(error) {
  if (error.outcomeUnknown) return unknown(error);
  return { tone: "bad", ...(MEANINGS[error.name] ?? fallback(error)) };
}

function unknown({ name }) {
  const title = name === "AbortError" ? "Cancelled, outcome unknown" : "Outcome unknown";
  const text =
    "No answer tells whether the token was deleted, so this page cannot know. Trying again is safe: " +
    "if the token is gone already, the service will say that it was not found.";
  // A browser does not tell a page that was turned away from a network that failed.
  const always = " If this happens every time, the service may not allow requests from this page.";
  return { tone: "open", title, text: name === "NetworkError" ? text + always : text };
}

const NOT_ACCEPTED = {
  title: "Not allowed",
  text:
    "The service did not accept the bearer token, and deleted nothing. Check that it was copied as a whole " +
    "and has not expired; signing in again gives a fresh one.",
};

const MEANINGS = {
  ResourceNotFoundException: {
    title: "Not found",
    text:
      "You have no token with this id. It was deleted before, or the id is not right, or the token belongs " +
      "to someone else, who alone can delete it.",
  },
  AccessDeniedException: NOT_ACCEPTED,
  UnauthorizedException: NOT_ACCEPTED,
  ValidationException: {
    title: "Refused",
    text: "The service cannot read the request, and deleted nothing. Check the id.",
  },
  InvalidArgumentError: {
    title: "Not sent",
    text: "What was entered cannot be right, so nothing was sent. The message below says why.",
  },
  ThrottlingException: {
    title: "Too many requests",
    text: "The service asks for a pause, and deleted nothing. Wait a little, then try again.",
  },
  AbortError: { title: "Cancelled", text: "Nothing was deleted." },
  InitializationError: {
    title: "Not sent",
    text: "A part of this page could not be loaded, so nothing was sent. Try again, or reload the page.",
  },
};

function fallback({ retryable }) {
  const advice = retryable
    ? "Trying again later may help."
    : "Trying again will not help before something changes; the message below may say what.";
  return { title: "Failed", text: `The token was not deleted. ${advice}` };
}

function seconds(milliseconds) {
  const rounded = Math.ceil(milliseconds / 1_000);
  return rounded === 1 ? "1 second" : `${rounded} seconds`;
}

// ------------------------------------------------------------------ on screen

function show({ tone, title, text, facts = {} }) {
  const known = Object.entries(facts).filter(([, value]) => value !== undefined);
  const rows = known.flatMap(([term, value]) => [tag("dt", term), tag("dd", value)]);
  const list = tag("dl");
  list.append(...rows);
  element("outcome").dataset.tone = tone;
  element("outcome").replaceChildren(tag("h2", title), tag("p", text), ...(rows.length > 0 ? [list] : []));
  // On a small screen it would appear below the edge, and so seem not to.
  element("outcome").scrollIntoView({ block: "nearest" });
}

// Always as text: a message comes from the network and must not become markup.
function tag(name, text = "") {
  const created = document.createElement(name);
  created.textContent = text;
  return created;
}
