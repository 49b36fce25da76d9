// Runs of deletions. They go on in the service worker when the popup closes.

import { isSignInRefused, StoppableRun } from "./codecatalyst-pat/stoppable.js";
import { deleteAccessTokens } from "./codecatalyst-pat/streaming.js";
import { endpoint } from "./endpoint.js";
import {
  keepAlive,
  NEW_TASK,
  sessionSignal,
  storedToken,
  toJson,
  updateSession,
} from "./session.js";
import { canDelete, countDeletions, deletionOf, isBusy, withDeletions } from "./state.js";
import { updateState } from "./store.js";
import { watchWaits } from "./waits.js";

/** @import { Deletion, State } from "./state.js" */

/** @type {Set<StoppableRun>} */
const runs = new Set();

/**
 * Deletes access tokens.
 * @param {{ ids: string[] }} message
 */
export async function remove({ ids }) {
  const signal = sessionSignal();
  const before = await updateState((state) =>
    withDeletions({ ...state, ...NEW_TASK }, deletable(state, ids), { status: "waiting" }),
  );
  const accepted = deletable(before, ids);
  if (accepted.length > 0) await keepAlive(runDeletions(signal, accepted));
}

/**
 * @param {State} state
 * @param {string[]} ids
 */
const deletable = (state, ids) => ids.filter((id) => canDelete(state, id));

/** Lets what is under way end, and begins nothing new; the second time, cancels that too. */
export async function cancel() {
  const isSecond = [...runs].every(({ isStopping }) => isStopping);
  for (const run of runs) {
    if (isSecond) run.abort();
    else run.stop();
  }
  const underWay = [...runs].reduce((sum, { underWayCount }) => sum + underWayCount, 0);
  await updateState((state) => (runs.size > 0 ? { ...state, stopping: underWay } : state));
}

/**
 * @param {AbortSignal} signal
 * @param {string[]} ids
 */
async function runDeletions(signal, ids) {
  const run = new StoppableRun(deleteAccessTokens);
  runs.add(run);
  const abort = () => run.abort();
  signal.addEventListener("abort", abort);
  const stopWatching = watchWaits(() => run.wait);
  /** @type {Deletion | undefined} */
  let rest;
  /** @type {Deletion | undefined} */
  let last;
  try {
    for await (const result of run.run(storedToken, start(signal, ids), { endpoint })) {
      const deletion = deletionOf(result);
      last = deletion;
      await updateSession(signal, (state) => withDeletions(state, [result.id], deletion));
    }
  } catch (error) {
    rest = failed(error);
  }
  signal.removeEventListener("abort", abort);
  runs.delete(run);
  await stopWatching();
  const refused = refusalIn(run.refusal ? failed(run.refusal) : last);
  await updateSession(signal, (state) => ({ ...finish(state, { run, ids, rest }), refused }));
}

/**
 * The ids. Each is taken when its request starts, so that the rows show what is under way.
 * @param {AbortSignal} signal
 * @param {string[]} ids
 */
async function* start(signal, ids) {
  for (const id of ids) {
    await updateSession(signal, (state) => withDeletions(state, [id], { status: "running" }));
    yield id;
  }
}

/**
 * @param {unknown} error
 * @returns {Deletion}
 */
const failed = (error) => ({ status: "failed", error: toJson(error) });

/**
 * The error of the last deletion, if the sign-in was refused then.
 * @param {Deletion | undefined} last
 */
const refusalIn = (last) =>
  last?.status === "failed" && isSignInRefused(last.error) ? last.error : undefined;

/**
 * The state after a run. Nothing was sent for the tokens that have no result.
 * @param {State} state
 * @param {{ run: StoppableRun, ids: string[], rest: Deletion | undefined }} ended
 * @returns {State}
 */
function finish(state, { run, ids, rest }) {
  const own = new Set(ids);
  const left = state.tokens.filter((token) => own.has(token.id) && isBusy(token));
  const after = withDeletions(
    state,
    left.map(({ id }) => id),
    rest,
  );
  const stopping = runs.size > 0 ? state.stopping : undefined;
  if (!run.isStopping) return { ...after, stopping };
  const counts = countDeletions(
    after.tokens.filter(({ id }) => own.has(id)).map(({ deletion }) => deletion),
  );
  return { ...after, stopping, stopped: { counts, refusal: run.refusal && toJson(run.refusal) } };
}
