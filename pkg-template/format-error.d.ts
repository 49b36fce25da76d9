// The types of format-error.js.

/**
 * Says in words what a failed call tells, for people.
 *
 * @module codecatalyst-pat/format-error
 */

import type { CodeCatalystErrorJson, CodeCatalystErrorProperties } from "codecatalyst-pat";

/** A `CodeCatalystError`, or what its `toJSON()` gives. */
export type ErrorProperties = CodeCatalystErrorProperties | CodeCatalystErrorJson;

/**
 * The error as one line: its name, its message and how long to wait.
 *
 * Where the cause holds a code of the system, such as `ECONNREFUSED`, a `NetworkError` shows it.
 *
 * @example
 * ```js
 * console.error(formatError(error));
 * // ThrottlingException: Rate exceeded. Try again in 30 s.
 * ```
 */
export function formatError(error: ErrorProperties): string;

/** What a page shows of an error. */
export interface ErrorExplanation {
  /** What happened, in a few words. */
  readonly title: string;

  /** What to do next, as a sentence. */
  readonly advice: string;
}

/**
 * A short title and what to do next, for a page.
 *
 * @example
 * ```js
 * explainError(error); // { title: "Too many requests", advice: "Wait 30 seconds, then retry." }
 * ```
 */
export function explainError(error: ErrorProperties): ErrorExplanation;

/** A delay in seconds, or in minutes from two on; rounded up: "90 seconds", "3 minutes". */
export function formatDelay(delayMs: number): string;

/** A number with its noun: "1 token", "2 tokens". */
export function formatCount(count: number, noun: string): string;
