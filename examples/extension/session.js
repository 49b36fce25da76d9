// What can be asked for. It runs in the service worker and goes on there when the popup closes.

import { deleteAccessToken, listAccessTokens } from "./codecatalyst-pat/streaming.js";
import { endpoint } from "./endpoint.js";
import { isRunning, mayList, mayRemove, signedOut, withDeletion } from "./state.js";
import { change } from "./store.js";

const AWAKE_MS = 20_000;

// With these, a list was refused for the token itself: it is not worth keeping.
const REFUSED = ["AccessDeniedException", "UnauthorizedException", "InvalidArgumentError"];

let session = new AbortController(); // fires when the token is forgotten

/** Keeps the token and lists what it can see. */
export async function signIn({ token }) {
  await end();
  // The default access level of storage.session is that of the extension's own contexts.
  await chrome.storage.session.set({ token });
  await change(() => ({ ...signedOut, signedIn: true }));
  await list();
}

/** Lists the tokens anew. */
export async function list() {
  const own = session;
  const begun = (state) => ({ ...state, listing: true, trouble: undefined });
  const before = await change((state) => (mayList(state) ? begun(state) : state));
  if (mayList(before)) await awake(listNow(own));
}

async function listNow(own) {
  try {
    const tokens = await collected(
      listAccessTokens(await storedToken(), { endpoint, signal: own.signal }),
    );
    await changeIn(own, (state) => ({ ...state, listing: false, tokens }));
  } catch (error) {
    await listFailed(own, error);
  }
}

async function listFailed(own, error) {
  const trouble = error.toJSON();
  if (own.signal.aborted || !REFUSED.includes(error.name)) {
    return changeIn(own, (state) => ({ ...state, listing: false, trouble }));
  }
  return end(trouble);
}

// Storage holds what JSON can hold, and that is no date.
async function collected(tokens) {
  const all = [];
  for await (const { id, name, expiresTime } of tokens)
    all.push({ id, name, expiresTime: expiresTime?.toISOString() });
  return all;
}

/** Deletes one token of the list. */
export async function remove({ id }) {
  const own = session;
  const running = { status: "running" };
  const before = await change((state) =>
    mayRemove(state, id) ? withDeletion(state, id, running) : state,
  );
  if (mayRemove(before, id)) await awake(removeNow(own, id));
}

async function removeNow(own, id) {
  const deletion = await outcome(own, id);
  await changeIn(own, (state) => withDeletion(state, id, deletion));
}

async function outcome(own, id) {
  try {
    const output = await deleteAccessToken(await storedToken(), id, {
      endpoint,
      signal: own.signal,
    });
    return { status: "deleted", ...output };
  } catch (error) {
    return { status: "failed", error: error.toJSON() };
  }
}

/** Forgets the token and all that was seen with it, and cancels what is under way. */
export const forget = () => end();

async function end(trouble) {
  session.abort();
  session = new AbortController();
  await chrome.storage.session.remove("token");
  await change(({ tokens }) => ({
    ...signedOut,
    trouble,
    cutOff: tokens.filter(isRunning).map(({ name }) => name),
  }));
}

// ------------------------------------------------------------------- the session

// Read for each call and kept nowhere else.
async function storedToken() {
  const { token } = await chrome.storage.session.get("token");
  return token;
}

// What ends after its session has nothing to say to the next one.
const changeIn = (own, update) => change((state) => (own.signal.aborted ? state : update(state)));

// A browser stops a worker that has been idle for 30 seconds, and to wait for a service counts as idle. Each call of an extension
// API starts that clock anew.
async function awake(work) {
  const timer = setInterval(() => chrome.runtime.getPlatformInfo(), AWAKE_MS);
  try {
    await work;
  } finally {
    clearInterval(timer);
  }
}
