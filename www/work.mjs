// What takes time: lists and deletions. They are calls of the package, and what comes of them becomes state.

import {
  CodeCatalystError,
  deleteAccessTokens,
  listAccessTokens,
} from "/codecatalyst-pat/index.js";
import { confirmed } from "./confirmation.mjs";
import { element } from "./dom.mjs";
import {
  describeTrouble,
  isAboutSignIn,
  outcomeOf,
  progress,
  summary,
  untried,
} from "./outcomes.mjs";
import { announce } from "./screen.mjs";
import { selectedRows, show, state, unselectLost } from "./state.mjs";
import { inState, reloaded, settled } from "./tokens.mjs";
import { count } from "./words.mjs";

// The page's own server passes requests on, so that no other origin is asked and CORS is no obstacle.
const endpoint = location.origin;

/** One thing at a time. Tells whether it came to its end; if not, the note says why, and nothing else has changed. */
async function perform(work, act) {
  if (state.work) return false;
  const controller = new AbortController();
  const abort = () => controller.abort();
  Object.assign(state, { work: { ids: new Set(), found: 0, abort, ...work }, note: undefined });
  show();
  try {
    await act(controller.signal);
    return true;
  } catch (error) {
    state.note = { ...noteOn(error), again: work.again };
    return false;
  } finally {
    state.work = undefined;
    show();
  }
}

function noteOn(error) {
  if (!(error instanceof CodeCatalystError) && error?.name !== "AbortError") {
    // A mistake of ours; the console tells developers more than this page could.
    reportError(error);
    error = { name: "", message: String(error) };
  }
  const { title, text, facts } = describeTrouble(error);
  const tone = error.name === "AbortError" ? "quiet" : "bad";
  // At the sign-in the trouble is an alert, and speaks for itself.
  if (state.view === "tokens") announce(`${title}. ${text}`);
  return { title, text, facts, tone, signIn: isAboutSignIn(error) };
}

// ----------------------------------------------------------------------- lists

async function listed(bearer, signal) {
  const found = [];
  for await (const token of listAccessTokens(bearer, { endpoint, signal })) {
    state.work.found = found.push(token);
    show();
  }
  return found;
}

export async function signIn() {
  const bearer = bearerFrom(element("bearer").value);
  const isIn = await perform({ kind: "list" }, async (signal) => {
    accept(await listed(bearer, signal));
    Object.assign(state, { bearer, view: "tokens" });
    element("bearer").value = "";
  });
  element(isIn ? "tokens-title" : "bearer").focus();
}

/** The token in what was pasted: the token itself, or the file that aws sso login keeps it in. */
function bearerFrom(pasted) {
  const text = pasted.trim();
  try {
    return JSON.parse(text).accessToken ?? text;
  } catch {
    return text;
  }
}

export function reload() {
  return perform({ kind: "list", again: reload }, async (signal) =>
    accept(await listed(state.bearer, signal)),
  );
}

function accept(tokens) {
  state.rows = reloaded(state.rows ?? [], tokens);
  state.loadedAt = new Date();
  unselectLost();
  announce(`${count(tokens.length, "token")} listed`);
}

export function check() {
  return perform({ kind: "list", again: check }, async (signal) => {
    state.rows = settled(state.rows, await listed(state.bearer, signal));
    unselectLost();
    announce("Checked what was unknown");
  });
}

// ------------------------------------------------------------------- deletions

export async function askAndDelete() {
  const rows = selectedRows();
  if (rows.length > 0 && (await confirmed(rows, Date.now()))) await run(rows);
}

export async function run(rows) {
  const ids = new Set(rows.map(({ id }) => id));
  for (const row of rows) row.outcome = { state: "waiting", before: row.outcome };
  await perform({ kind: "delete", ids }, async (signal) => {
    const results = deleteAccessTokens(state.bearer, begun(rows), { endpoint, signal });
    await collect(rows, results).finally(() => leave(rows));
    // A run that was cancelled when all was sent already has nothing left to reject.
    signal.throwIfAborted();
  });
  conclude(rows);
}

/** Ids, each taken when there is room for its request; so here it is known what is under way. */
function* begun(rows) {
  for (const row of rows) {
    row.outcome = { ...row.outcome, state: "deleting" };
    show();
    yield row.id;
  }
}

async function collect(rows, results) {
  const byId = new Map(rows.map((row) => [row.id, row]));
  for await (const result of results) {
    const row = byId.get(result.id);
    row.outcome = outcomeOf(result, row.outcome.before);
    unselectLost();
    show();
    announceProgress(rows);
  }
}

// At each tenth, not at each of a hundred.
function announceProgress(rows) {
  const { done, text } = progress(rows);
  if (done % Math.ceil(rows.length / 10) === 0) announce(text);
}

/** What has no result when a run ends: it was not begun, or nobody knows. */
function leave(rows) {
  for (const row of inState(rows, "waiting")) row.outcome = untried(row.outcome.before);
  for (const row of inState(rows, "deleting")) row.outcome = { state: "unknown" };
}

function conclude(rows) {
  const wasCancelled = state.note?.tone === "quiet";
  if (!state.note || wasCancelled)
    state.note = conclusion(rows, wasCancelled ? "Cancelled" : "Done");
  announce(`${state.note.title}. ${state.note.text}`);
  show();
}

function conclusion(rows, ending) {
  const signIn = inState(rows, "failed").some(({ outcome }) => isAboutSignIn(outcome.error));
  return { title: `${ending}: ${summary(rows)}`, text: "", signIn };
}
