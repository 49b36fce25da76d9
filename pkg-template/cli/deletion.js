// One run of deletions: it tells of each as it ends, and sums up.

import { deleteAccessTokens } from "../index.js";
import { inWords, isRefused, Problem } from "./problem.js";
import { bar, withProgress } from "./progress.js";
import { summarise } from "./summary.js";
import { json, shown } from "./text.js";

// So many refusals on end are not about single tokens: the service does not take the sign-in any more.
const MAX_REFUSALS = 10;
// How long to read on in a standard input after the stop, to count what was not tried.
const DRAIN_MS = 1000;

const STYLES = { deleted: "green", failed: "red", unknown: "yellow" };

/** Deletes, prints, sums up. Gives the exit code. */
export async function deleteAll({ ids, known, asked, call, screen, stop }) {
  const lost = new AbortController();
  const run = {
    ids,
    known,
    asked,
    call,
    screen,
    stop,
    lost,
    deleted: 0,
    gone: 0,
    failed: 0,
    unknown: 0,
    refused: 0,
    inARow: 0,
  };
  // Takes away the ^C that a terminal shows.
  stop.signal.addEventListener("abort", () => screen.clearLine());
  await withProgress(
    screen,
    () => progress(run),
    () => carryOut(run),
  );
  return summarise(run);
}

async function carryOut(run) {
  const { ids, asked, call, lost, stop } = run;
  const signal = AbortSignal.any([stop.signal, lost.signal]);
  const options = { ...call.options, signal, concurrency: asked.concurrency };
  try {
    for await (const result of deleteAccessTokens(call.bearer.token, ids, options))
      await take(run, result);
  } catch (error) {
    run.error = error;
    run.isCounted = await ids.drain(DRAIN_MS);
  }
}

async function take(run, result) {
  const what = verdict(run, result);
  // Without a token nothing more can be sent.
  if (run.call.bearer.problem) run.lost.abort();
  // It stays among those without a result.
  if (what === "not tried") return;
  run.ids.open.delete(result.id);
  run[what] += 1;
  if (what === "deleted" && result.error) run.gone += 1;
  watchSignIn(run, result);
  await tell(run, what, result);
}

/** One of "deleted", "failed", "unknown", "not tried". */
function verdict({ known, call }, { id, status, error }) {
  if (status === "deleted") return "deleted";
  if (error.outcomeUnknown) return "unknown";
  // It was there when the tokens were listed, so it is gone now, by whomever.
  if (error.name === "ResourceNotFoundException" && known.has(id)) return "deleted";
  const isOurs = error.name === "AbortError" || call.bearer.problem !== undefined;
  return error.attempts === 0 && isOurs ? "not tried" : "failed";
}

function watchSignIn(run, { error }) {
  const isRefusal = error !== undefined && isRefused(error);
  run.inARow = isRefusal ? run.inARow + 1 : 0;
  if (isRefusal) [run.refused, run.refusal] = [run.refused + 1, error];
  if (run.inARow === MAX_REFUSALS) run.lost.abort();
}

// ---------------------------------------------------------------------- what is seen

async function tell(run, what, result) {
  if (run.asked.json) await run.screen.print(json(object(run, what, result)));
  else if (what === "deleted" && !run.asked.quiet)
    await run.screen.print(line(run, what, result, run.screen.paint));
  if (what !== "deleted") await run.screen.say(line(run, what, result, run.screen.paintError));
}

function object({ known }, what, { id, attempts, error, requestId, alreadyDeleted }) {
  const named = { id, name: known.get(id)?.name, status: what };
  if (what !== "deleted") return { ...named, error: error.toJSON() };
  if (error)
    return { ...named, attempts: error.attempts, alreadyDeleted: true, requestId: error.requestId };
  return { ...named, attempts, alreadyDeleted, requestId };
}

function line({ known }, what, { id, error, alreadyDeleted }, paint) {
  const name = known.has(id) ? `  ${shown(known.get(id).name)}` : "";
  const start = `${paint(STYLES[what], what.padEnd(7))}  ${shown(id)}${name}`;
  if (error) return `${start}  ${what === "deleted" ? "(was gone already)" : reason(error)}`;
  return `${start}${alreadyDeleted ? "  (gone when asked again)" : ""}`;
}

function reason(error) {
  if (error.name === "ResourceNotFoundException") return "You own no token with this id.";
  if (error.cause instanceof Problem) return error.cause.message;
  if (error.name === "InvalidArgumentError")
    return "No token can have this id: ids have 1 to 36 characters, and none is . or ..";
  if (error.name === "AbortError")
    return error.outcomeUnknown ? "Stopped before an answer came." : "Stopped before the next try.";
  return inWords(error);
}

function progress({ ids, deleted, failed, unknown, stop }) {
  const bad = failed + unknown > 0 ? `, ${failed + unknown} not deleted` : "";
  return `${bar(deleted + failed + unknown, ids.total)}${bad}   ${stop.code === undefined ? "Ctrl-C stops" : "stopping"}`;
}
