// Prints the result of one deletion.

import { CliError, describeFailure } from "./cli-error.js";
import { escapeUnsafe, formatJson, formatText } from "./format.js";

/** @typedef {import("../index.js").CodeCatalystError} CodeCatalystError */
/** @typedef {import("../index.js").DeletionResult} DeletionResult */
/** @typedef {import("./deletion-run.js").DeletionRun} DeletionRun */
/** @typedef {Exclude<import("./deletion-run.js").Outcome, "not tried">} Outcome */

const STYLES = /** @type {const} */ ({ deleted: "green", failed: "red", unknown: "yellow" });

/**
 * @param {DeletionRun} run
 * @param {Outcome} outcome
 * @param {DeletionResult} result
 */
export async function printResult(run, outcome, result) {
  const { args, terminal } = run;
  if (args.output === "json") await terminal.print(formatJson(resultToJson(run, outcome, result)));
  else if (args.output === "text")
    await terminal.print(formatText(resultToFields(run, outcome, result)));
  else if (outcome === "deleted" && !args.quiet)
    await terminal.print(formatResult(run, outcome, result, terminal.paint));
  if (outcome !== "deleted")
    await terminal.log(formatResult(run, outcome, result, terminal.paintError));
}

/**
 * @param {DeletionRun} run
 * @param {Outcome} outcome
 * @param {DeletionResult} result
 */
function resultToJson({ known, session }, outcome, result) {
  const { id } = result;
  const common = { id: session.provider.shownId(id), name: known.get(id)?.name, status: outcome };
  if (result.status === "deleted") {
    const { attempts, alreadyDeleted, requestId } = result;
    return { ...common, attempts, alreadyDeleted, requestId };
  }
  const { error } = result;
  if (outcome !== "deleted") return { ...common, error: error.toJSON() };
  const { attempts, requestId } = error;
  return { ...common, attempts, alreadyDeleted: true, requestId };
}

/**
 * The fields of a line for scripts: what became of which token, and the name of the error.
 *
 * @param {DeletionRun} run
 * @param {Outcome} outcome
 * @param {DeletionResult} result
 */
function resultToFields({ known, session }, outcome, result) {
  const reason = outcome !== "deleted" && "error" in result ? result.error.name : undefined;
  const id = session.provider.shownId(result.id);
  return [outcome, id, reason, known.get(result.id)?.name];
}

/**
 * @param {DeletionRun} run
 * @param {Outcome} outcome
 * @param {DeletionResult} result
 * @param {import("./terminal.js").Paint} paint
 */
function formatResult({ known, session }, outcome, result, paint) {
  const name = known.get(result.id)?.name;
  const columns = [
    paint(STYLES[outcome], outcome.padEnd(7)),
    escapeUnsafe(session.provider.shownId(result.id)),
    name === undefined ? undefined : escapeUnsafe(name),
    formatDetail(outcome, result),
  ];
  return columns.filter((column) => column !== undefined).join("  ");
}

/**
 * @param {Outcome} outcome
 * @param {DeletionResult} result
 */
function formatDetail(outcome, result) {
  if (result.status === "deleted")
    return result.alreadyDeleted ? "(gone when asked again)" : undefined;
  return outcome === "deleted" ? "(was gone already)" : formatReason(result.error);
}

/** @param {CodeCatalystError} error */
function formatReason(error) {
  if (error.name === "ResourceNotFoundException") return "You own no token with this id.";
  if (error.cause instanceof CliError) return error.cause.message;
  if (error.name === "InvalidArgumentError")
    return `No token can have this id: ${escapeUnsafe(firstSentence(error.message))}`;
  if (error.name === "AbortError")
    return error.outcomeUnknown ? "Stopped before an answer came." : "Stopped before the next try.";
  return describeFailure(error);
}

/**
 * The library's message goes on about the order of its arguments, which the command line hasn't.
 *
 * @param {string} text
 */
const firstSentence = (text) => /^.*?\.(?= |$)/.exec(text)?.[0] ?? text;
