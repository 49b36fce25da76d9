// Why a call waits, in words: for the command line, the dashboard and the extension.

/**
 * @typedef {import("./index.js").RetryEvent} RetryEvent
 * @typedef {import("./index.js").DeletionResult} DeletionResult
 * @typedef {import("./format-error.js").ErrorProperties} ErrorProperties
 *
 * A wait, as plain data. Times are those of `Date.now`.
 *
 * @typedef {object} Wait
 * @property {string} reason
 * @property {number} attempt the next one
 * @property {number} maxAttempts
 * @property {number} sinceMs
 * @property {number} untilMs
 */

const DEFAULT_MAX_ATTEMPTS = 3;

/** A shorter wait is over before anyone has read about it. */
const MIN_SHOWN_MS = 1_000;

/** The package doesn't wait for longer: the calls fail. */
const MAX_WAIT_MS = 20_000;

const THROTTLING = "throttling";

/**
 * "The service is throttling: 12 s left", or "Retrying after a lost reply (attempt 2 of 3), 1 s
 * left". No time is left while the next attempt is under way.
 *
 * @param {Wait} wait
 */
export function describeWait({ reason, attempt, maxAttempts, untilMs }) {
  const seconds = Math.ceil((untilMs - Date.now()) / 1000);
  if (reason === THROTTLING && seconds > 0) return `The service is throttling: ${seconds} s left`;
  const retry = `Retrying after ${reason} (attempt ${attempt} of ${maxAttempts})`;
  return seconds > 0 ? `${retry}, ${seconds} s left` : retry;
}

/**
 * What the calls of one task wait for: one list, or many deletions, told apart by their ids.
 */
export class WaitTracker {
  #maxAttempts;
  /** @type {Map<string | undefined, Wait>} by id */
  #retries = new Map();
  /**
   * What holds back all calls, also those that haven't begun.
   *
   * @type {Wait | undefined}
   */
  #holdBack;

  /** @param {number | null} [maxAttempts] the option of the calls */
  constructor(maxAttempts) {
    this.#maxAttempts = maxAttempts ?? DEFAULT_MAX_ATTEMPTS;
  }

  /**
   * What the calls have as `onRetry`.
   *
   * @param {RetryEvent} event
   */
  onRetry = ({ id, attempt, delayMs, error }) => {
    this.#retries.set(id, this.#add(error, attempt + 1, delayMs));
  };

  /**
   * A call has a result, or a page of its list. If throttling has ended a deletion, the others are
   * still held back.
   *
   * @param {DeletionResult} [result]
   */
  settle(result) {
    this.#retries.delete(result?.id);
    if (result?.status !== "failed") return;
    const { error } = result;
    const { retryAfterMs = 0 } = error;
    if (retryAfterMs <= MAX_WAIT_MS) this.#add(error, error.attempts, retryAfterMs);
  }

  /**
   * The wait to tell of: that the service throttles, or else the longest one; undefined if all are
   * short.
   *
   * @returns {Wait | undefined}
   */
  get current() {
    const waits = [...this.#retries.values()].sort((a, b) => b.untilMs - a.untilMs);
    if (this.#holdBack && this.#holdBack.untilMs > Date.now()) waits.unshift(this.#holdBack);
    return waits.find(isLong);
  }

  /**
   * @param {ErrorProperties} error
   * @param {number} attempt
   * @param {number} delayMs
   */
  #add(error, attempt, delayMs) {
    const sinceMs = Date.now();
    const untilMs = sinceMs + delayMs;
    const reason = reasonOf(error);
    const wait = { reason, attempt, maxAttempts: this.#maxAttempts, sinceMs, untilMs };
    const heldUntilMs = this.#holdBack?.untilMs ?? 0;
    if (reason === THROTTLING && untilMs > heldUntilMs) this.#holdBack = wait;
    return wait;
  }
}

/** @param {Wait} wait */
const isLong = ({ sinceMs, untilMs }) => Math.max(untilMs, Date.now()) - sinceMs >= MIN_SHOWN_MS;

/**
 * A gateway gives 502 and 504 where it got no reply itself, as the dashboard's server does.
 *
 * @param {ErrorProperties} error
 */
function reasonOf({ name, status = 0, outcomeUnknown }) {
  if (status === 429 || /throttl/i.test(name)) return THROTTLING;
  if (name === "TimeoutError" || status === 504) return "a timeout";
  if (status === 502) return "a lost reply";
  if (name === "NetworkError") return outcomeUnknown ? "a lost reply" : "a network error";
  return status >= 500 ? "a server error" : "a temporary error";
}
