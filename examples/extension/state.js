// What the popup shows, as plain data. Nothing here knows of the browser.
//
//   signedIn    whether there is a token to work with
//   listing     whether a list is under way
//   trouble?    what went wrong with the last list: an error as a plain object
//   cutOff      names of tokens whose deletion was under way when the token was forgotten
//   tokens      { id, name, expiresTime?, deletion? }
//
// A deletion is { status: "running" }, { status: "deleted", attempts, alreadyDeleted } or { status: "failed", error }.

export const signedOut = { signedIn: false, listing: false, cutOff: [], tokens: [] };

export const isRunning = ({ deletion }) => deletion?.status === "running";
export const isDeleted = ({ deletion }) => deletion?.status === "deleted";

/** A list replaces all tokens, so it would lose the outcome of a deletion that is under way. */
export const mayList = ({ signedIn, listing, tokens }) =>
  signedIn && !listing && !tokens.some(isRunning);

export function mayRemove({ listing, tokens }, id) {
  const token = tokens.find((one) => one.id === id);
  return !listing && token !== undefined && !isRunning(token) && !isDeleted(token);
}

export function withDeletion(state, id, deletion) {
  return {
    ...state,
    tokens: state.tokens.map((token) => (token.id === id ? { ...token, deletion } : token)),
  };
}

/** A state whose worker is no more: work lives in the worker that began it, so nobody does any longer what is under way in it. */
export function settled(found) {
  const trouble = found.listing ? stopped("The list", false) : found.trouble;
  return { ...found, listing: false, trouble, tokens: found.tokens.map(settledToken) };
}

function settledToken(token) {
  return isRunning(token)
    ? { ...token, deletion: { status: "failed", error: stopped("The deletion", true) } }
    : token;
}

// In the shape of the package's errors. `attempts` is missing: how many there were died with the worker.
function stopped(what, outcomeUnknown) {
  const message = `${what} was under way when the browser stopped the extension's worker.`;
  return { name: "WorkerStopped", message, retryable: true, outcomeUnknown };
}
