// Many deletions that can be stopped and still leave no doubt: for the command line, the dashboard
// and the extension.

import { WaitTracker } from "./describe-wait.js";
import { formatCount } from "./format-error.js";

/**
 * @typedef {import("./index.js").DeletionResult} DeletionResult
 * @typedef {import("./index.js").DeleteAccessTokensOptions} Options
 * @typedef {import("./format-error.js").ErrorProperties} ErrorProperties
 */

/** How long the deletions under way may go on after a stop. */
export const STOP_LIMIT_MS = 10_000;

/** This many refusals in a row aren't about single tokens. */
export const MAX_REFUSALS_IN_A_ROW = 10;

/**
 * Whether the service refused the bearer token. Not by the status alone: a proxy has statuses, too.
 *
 * @param {Pick<ErrorProperties, "name" | "status">} error
 */
export const isSignInRefused = ({ name, status }) =>
  (status === 401 || status === 403) && name !== "UnexpectedResponseError";

/**
 * What a run that was stopped waits for.
 *
 * @param {number} underWayCount
 */
export const describeStop = (underWayCount) =>
  `Stopping: ${formatCount(underWayCount, "deletion")} under way may still finish ` +
  `(${STOP_LIMIT_MS / 1000} s at most).`;

/**
 * A run of `deleteAccessTokens`. After `stop` nothing new begins, and what is under way may end: a
 * request that was sent gets its reply, and a deletion of which no reply has told the outcome may ask
 * again. So nothing becomes unknown because of the stop. `abort` ends all of it at once.
 *
 * Ten refusals in a row for the same reason stop the run, too.
 */
export class StoppableRun {
  /** Whether it was stopped or aborted before its end. */
  isStopping = false;
  /**
   * The last of the refusals that stopped the run.
   *
   * @type {ErrorProperties | undefined}
   */
  refusal;
  #waits = new WaitTracker();
  #deleteAccessTokens;
  /** @type {Omit<Options, "signal">} */
  #options = {};
  #controller = new AbortController();
  /**
   * What a stop lets end, by id: a request that was sent has no reply yet, or a deletion will ask
   * again soon because no reply has told its outcome.
   *
   * @type {Map<string, "sent" | "unresolved">}
   */
  #underWay = new Map();
  #refusals = { reason: "", count: 0 };
  #hasEnded = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /** @param {typeof import("./index.js").deleteAccessTokens} deleteAccessTokens */
  constructor(deleteAccessTokens) {
    this.#deleteAccessTokens = deleteAccessTokens;
  }

  /** How many deletions a stop lets end. */
  get underWayCount() {
    return this.#underWay.size;
  }

  /** The wait to tell of, for `describeWait`. */
  get wait() {
    return this.#waits.current;
  }

  /** Begins nothing new. What is under way may end, for `STOP_LIMIT_MS` at most. */
  stop() {
    if (this.isStopping || this.#hasEnded) return;
    this.isStopping = true;
    this.#timer = setTimeout(() => this.abort(), STOP_LIMIT_MS);
    this.#abortIfSettled();
  }

  /** Ends everything at once. What was sent and has no reply yet becomes unknown. */
  abort() {
    if (this.#hasEnded) return;
    this.isStopping = true;
    this.#controller.abort();
  }

  /**
   * Yields each result. A run that was stopped or aborted ends like any other: without an error.
   *
   * @param {() => string | Promise<string>} getToken
   * @param {Iterable<string> | AsyncIterable<string>} ids is left as it is by a stop, not closed
   * @param {Omit<Options, "signal">} options
   * @returns {AsyncGenerator<DeletionResult, void, void>}
   * @throws what ends a run of `deleteAccessTokens` early, unless that is the stop
   */
  async *run(getToken, ids, options) {
    this.#waits = new WaitTracker(options.maxAttempts);
    this.#options = options;
    const own = {
      ...options,
      signal: this.#controller.signal,
      fetch: this.#fetch,
      onRetry: this.#onRetry,
    };
    const source = this.#untilStopped(ids);
    try {
      for await (const result of this.#deleteAccessTokens(this.#gated(getToken), source, own)) {
        this.#trackResult(result);
        yield result;
      }
    } catch (error) {
      if (!this.#controller.signal.aborted) throw error;
    } finally {
      this.#hasEnded = true;
      clearTimeout(this.#timer);
    }
  }

  /**
   * The same ids, until the run is stopped. One that comes after that is dropped.
   *
   * @param {Iterable<string> | AsyncIterable<string>} ids
   * @returns {AsyncIterable<string>}
   */
  #untilStopped(ids) {
    const iterator =
      Symbol.asyncIterator in ids ? ids[Symbol.asyncIterator]() : ids[Symbol.iterator]();
    /** @returns {Promise<IteratorResult<string>>} */
    const next = async () => {
      if (this.isStopping) return { done: true, value: undefined };
      const step = await iterator.next();
      return this.isStopping ? { done: true, value: undefined } : step;
    };
    return { [Symbol.asyncIterator]: () => ({ next }) };
  }

  /**
   * A request needs a token. After a stop it gets one only while a deletion is unresolved: nothing
   * tells which deletion asks. The others wait, and are cancelled before they have sent anything.
   *
   * @param {() => string | Promise<string>} getToken
   */
  #gated = (getToken) => async () => {
    const token = await getToken();
    if (this.isStopping && !this.#hasUnresolved) await new Promise(() => {});
    return token;
  };

  get #hasUnresolved() {
    return [...this.#underWay.values()].includes("unresolved");
  }

  /** @type {NonNullable<Options["fetch"]>} */
  #fetch = (url, init) => {
    this.#underWay.set(idIn(url), "sent");
    return (this.#options.fetch ?? fetch)(url, init);
  };

  /** @type {NonNullable<Options["onRetry"]>} */
  #onRetry = (event) => {
    const { id = "", delayMs, error } = event;
    this.#options.onRetry?.(event);
    this.#waits.onRetry(event);
    if (error.outcomeUnknown && delayMs < STOP_LIMIT_MS) this.#underWay.set(id, "unresolved");
    else this.#underWay.delete(id);
    this.#abortIfSettled();
  };

  /** @param {DeletionResult} result */
  #trackResult(result) {
    this.#underWay.delete(result.id);
    this.#waits.settle(result);
    this.#trackRefusal(result.status === "failed" ? result.error : undefined);
    this.#abortIfSettled();
  }

  /** @param {ErrorProperties | undefined} error */
  #trackRefusal(error) {
    const reason = refusalReason(error);
    const isSame = reason !== "" && reason === this.#refusals.reason;
    this.#refusals = { reason, count: isSame ? this.#refusals.count + 1 : 1 };
    if (this.#refusals.count < MAX_REFUSALS_IN_A_ROW || this.isStopping) return;
    this.refusal = error;
    this.stop();
  }

  #abortIfSettled() {
    if (this.isStopping && this.underWayCount === 0) this.#controller.abort();
  }
}

/**
 * The id that a request deletes.
 *
 * @param {string} url
 */
const idIn = (url) => decodeURIComponent(url.slice(url.lastIndexOf("/") + 1));

/**
 * Why a deletion was refused that was refused for a reason of all: empty for any other.
 *
 * @param {ErrorProperties | undefined} error
 */
function refusalReason(error) {
  const isOfAll =
    error !== undefined && (isSignInRefused(error) || error.name === "UnexpectedResponseError");
  return isOfAll ? `${error.name} ${error.status}` : "";
}
