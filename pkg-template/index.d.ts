// Written by hand, because what matters to callers can't be derived from the code behind it: units, limits, promises. The tests
// compile it against the packed package and compare its names with those in the code.

/**
 * Deletes a personal access token of Amazon CodeCatalyst.
 *
 * Resolves once the service has confirmed that the token is gone. A request that failed in a way that may pass is sent again, up to
 * `maxAttempts` requests in all: no reply or a broken one, `timeoutMs`, status 408, 429, 500, 502, 503 or 504, and error names
 * that say throttling.
 *
 * The first call loads the WebAssembly module; there is nothing to set up. Options are read in the call: what is changed in them
 * later has no effect.
 *
 * @param token what you sign in with (the bearer token), or a function that gives it. Not the secret of a personal access token.
 * @param id the id of the token to delete, 1 to 36 characters; not its name and not its secret. `.` and `..` are refused.
 * @param options see there. `undefined` and `null` are as good as no options.
 * @returns a promise. Every failure rejects it, with a {@link CodeCatalystError}; nothing is thrown synchronously.
 *
 * @example <caption>Success</caption>
 * ```js
 * const { attempts } = await deleteAccessToken(token, "4d5a1f0c-8a35-4c0e-9a57-2f6f4b1f7c01");
 * console.log(`Deleted. Requests sent: ${attempts}`);
 * ```
 *
 * @example <caption>Failure</caption>
 * ```js
 * try {
 *   await deleteAccessToken(token, id, { timeoutMs: 5_000, signal: AbortSignal.timeout(20_000) });
 * } catch (error) {
 *   if (!(error instanceof CodeCatalystError)) throw error;
 *   if (error.outcomeUnknown) console.log("It may be deleted or not. Call again: that is safe.");
 *   else if (error.name === "ResourceNotFoundException") console.log("You own no token with this id.");
 *   else console.log(`Not deleted. ${error.name}: ${error.message}`);
 * }
 * ```
 */
export function deleteAccessToken(
  token: TokenSource,
  id: string,
  options?: DeleteAccessTokenOptions | null,
): Promise<DeleteAccessTokenOutput>;

/**
 * Lists the access tokens of the user who signed in: those with which git and development environments sign in, never their secrets.
 *
 * Lazy: a page is asked for when the loop has come to it, so nothing is sent before the first step, and a loop that is left early
 * sends no more. A page that failed in a way that may pass is asked for again, as in {@link deleteAccessToken}.
 *
 * Options are read in the call, not in the first step.
 *
 * @param token what you sign in with, as for {@link deleteAccessToken}.
 * @param options see there. `undefined` and `null` are as good as no options.
 * @returns an iterator for `for await`. Every failure rejects a step of it, with a {@link CodeCatalystError}; nothing is thrown
 * synchronously. `UnexpectedResponseError`: a page is not what the service promises, or leads back to one that was there before.
 *
 * @example
 * ```js
 * for await (const { id, name, expiresTime } of listAccessTokens(token)) {
 *   console.log(id, name, expiresTime ?? "does not expire");
 * }
 * ```
 */
export function listAccessTokens(
  token: TokenSource,
  options?: ListAccessTokensOptions | null,
): AsyncIterableIterator<AccessToken>;

/**
 * Deletes many access tokens, and gives the result for each as soon as it is known. One that fails does not end the others.
 *
 * At most `concurrency` deletions are under way at once. Ids are taken one by one, when there is room for them; results that
 * nobody has taken yet hold the work back. An id that comes twice is sent once. When the service throttles, all deletions to its
 * origin wait, not only the one that was told.
 *
 * Leaving the loop early starts no further deletion and cancels what is under way; of what was cancelled, the outcome is unknown.
 * When `signal` fires, the results of what was under way still come; then the iterator rejects with `AbortError` or `TimeoutError`.
 *
 * @param token what you sign in with, as for {@link deleteAccessToken}.
 * @param ids the ids, from any iterable or async iterable: an array, a set, a generator, the lines of a file.
 * @param options see there. `undefined` and `null` are as good as no options.
 * @returns an iterator for `for await`. It rejects, with a {@link CodeCatalystError}, where no result could tell: an argument was
 * refused, `ids` threw, `signal` fired, or the module could not be loaded. Nothing is thrown synchronously.
 *
 * @example
 * ```js
 * for await (const result of deleteAccessTokens(token, ids)) {
 *   if (result.status === "deleted") console.log(`${result.id} is gone`);
 *   else console.log(`${result.id}: ${result.error.name}: ${result.error.message}`);
 * }
 * ```
 */
export function deleteAccessTokens(
  token: TokenSource,
  ids: Iterable<string> | AsyncIterable<string>,
  options?: DeleteAccessTokensOptions | null,
): AsyncIterableIterator<DeletionResult>;

/**
 * The bearer token: 1 or more visible ASCII characters (0x21 to 0x7E), as AWS SSO gives it, without `Bearer`.
 *
 * A function is asked before every attempt, so that a token that expires meanwhile can be replaced. It may take its time: only
 * `signal` limits it. What it throws is the `cause` of an `InvalidArgumentError`.
 */
export type TokenSource = string | (() => string | PromiseLike<string>);

/**
 * The options of {@link deleteAccessToken}.
 *
 * `undefined` and `null` count as absent. Only own properties count, so that a polluted `Object.prototype` can't redirect a token.
 * An option that does not exist is refused by name, as an `InvalidArgumentError`.
 *
 * Not here on purpose:
 * - a limit for the whole call: that is `signal: AbortSignal.timeout(ms)`;
 * - `fetch`: the one of `globalThis` is looked up at each call, so whoever needs another one puts it there;
 * - headers: each one more is one more for a page's preflight to be allowed, and the service asks for none.
 */
export interface DeleteAccessTokenOptions {
  /**
   * Where requests go: an absolute `https:` URL, or an `http:` one to this machine (`localhost`, `127.0.0.0/8`, `[::1]`). A path
   * prefix is kept, a slash at its end is not. User info, query and fragment are refused, and more than 2,048 characters.
   *
   * FIPS: `https://codecatalyst-fips.global.api.aws`.
   *
   * @default "https://codecatalyst.global.api.aws"
   */
  readonly endpoint?: string | UrlLike | null | undefined;

  /**
   * Ends the call at once when it fires, also while the call waits to retry. The call then rejects with `AbortError`, or with
   * `TimeoutError` where the signal is that of `AbortSignal.timeout(ms)`; `cause` is the signal's reason.
   *
   * @default none
   */
  readonly signal?: AbortSignalLike | null | undefined;

  /**
   * The limit of one attempt, headers and body together, in milliseconds: finite and above 0. Fractions are rounded up. More than a
   * timer can wait, 2,147,483,647 (24.8 days), becomes that.
   *
   * @default 10000
   */
  readonly timeoutMs?: number | null | undefined;

  /**
   * How many requests the call may send, the first one included: an integer of 1 or more. 1 means no retry.
   *
   * @default 3
   */
  readonly maxAttempts?: number | null | undefined;
}

/** The options of {@link listAccessTokens}: those of {@link DeleteAccessTokenOptions}, for each page, and one more. */
export interface ListAccessTokensOptions extends DeleteAccessTokenOptions {
  /**
   * How many tokens to ask for at once: an integer from 1 to 10.
   *
   * @default 10
   */
  readonly pageSize?: number | null | undefined;
}

/** The options of {@link deleteAccessTokens}: those of {@link DeleteAccessTokenOptions}, for each deletion, and one more. */
export interface DeleteAccessTokensOptions extends DeleteAccessTokenOptions {
  /**
   * How many deletions may be under way at once: an integer from 1 to 64.
   *
   * @default 4
   */
  readonly concurrency?: number | null | undefined;
}

/**
 * What a URL is known by. Every `URL` is one; a `Location` is none, and the code refuses it too.
 *
 * Not the global type `URL`: it exists only with the library "dom" or with `@types/node`, and without either this file would not
 * compile. A reference to "dom" from here would fill Node projects with types of things that are not there.
 */
export interface UrlLike {
  readonly href: string;
  readonly searchParams: object;
}

/**
 * What an abort signal is known by. Every `AbortSignal` is one, also that of another frame or of a polyfill. Not the global type, for
 * the reason given at {@link UrlLike}.
 */
export interface AbortSignalLike {
  readonly aborted: boolean;
  readonly reason?: unknown;
  addEventListener(type: "abort", listener: () => void): void;
  removeEventListener(type: "abort", listener: () => void): void;
}

/** The token is gone. */
export interface DeleteAccessTokenOutput {
  /** How many requests were sent, 1 or more. */
  readonly attempts: number;

  /**
   * `true` if the service said that there is no such token, after an earlier attempt of this call without a clear answer: most
   * likely that attempt deleted it.
   */
  readonly alreadyDeleted: boolean;

  /** The service's id of the last request. Absent if the service gave none, or if it hides the header from pages. */
  readonly requestId?: string;
}

/** An access token, as {@link listAccessTokens} gives it. */
export interface AccessToken {
  /** What {@link deleteAccessToken} takes: 1 to 36 characters. */
  readonly id: string;

  /** What its user called it, 1 to 100 characters. Several tokens may have the same name. */
  readonly name: string;

  /** When it ends to be valid. Absent if the service gave none. */
  readonly expiresTime?: Date;
}

/** What became of one id of {@link deleteAccessTokens}. `status` tells which properties there are. */
export type DeletionResult = DeletedResult | FailedResult;

/** The token is gone. */
export interface DeletedResult extends DeleteAccessTokenOutput {
  readonly id: string;
  readonly status: "deleted";
}

/** The token could not be deleted, or it is not known whether it was: `error.outcomeUnknown`. */
export interface FailedResult {
  /** The id, as it was given. */
  readonly id: string;
  readonly status: "failed";
  readonly error: CodeCatalystError;
}

/**
 * What every failed call rejects with. `instanceof` also knows the errors of another copy of the package.
 *
 * The bearer token is in none of the properties, nor in the stack.
 *
 * One class for all: the service may give names that nobody knows yet, and those would have no class. So branch on `name`, and on
 * `outcomeUnknown`, but not on `message`.
 */
export class CodeCatalystError extends Error implements CodeCatalystErrorProperties {
  /** For tests of your own: this is how to make one. */
  constructor(properties: CodeCatalystErrorProperties);

  /** What happened, in one word. {@link KnownErrorName} says when each is given and what to do. */
  readonly name: CodeCatalystErrorName;

  /** The service's message, or ours: one line, at most 1,000 characters. For people to read, and free to change. */
  readonly message: string;

  /** The HTTP status. Absent if no reply came, or none that this host shows. */
  readonly status?: number;

  /** The service's id of the request, which its support will ask for. Absent if the service gave none, or hides it from pages. */
  readonly requestId?: string;

  /** How many requests were started, 0 or more. */
  readonly attempts: number;

  /** Whether the same call may succeed later without a change by you. */
  readonly retryable: boolean;

  /**
   * How long the service asked to be left alone, in milliseconds. Absent if it did not ask. Up to 20,000 have been waited for if
   * there was an attempt left; if the service asks for more, the call rejects at once.
   */
  readonly retryAfterMs?: number;

  /**
   * `true` if an attempt may have reached the service and no reply tells what became of it: the token may be gone or not. Calling
   * again is safe. `false` if nothing was sent, or every attempt was refused by a reply.
   */
  readonly outcomeUnknown: boolean;

  /**
   * What was thrown at us, or the signal's reason: anything at all. Absent where nothing was thrown. Replaced by an error that
   * says so where it would quote the token.
   */
  readonly cause?: unknown;

  /** The same properties as a plain object, for `JSON.stringify` and logs. */
  toJSON(): CodeCatalystErrorJson;
}

/** The properties of a {@link CodeCatalystError}; they are described there. */
export interface CodeCatalystErrorProperties {
  readonly name: CodeCatalystErrorName;
  readonly message: string;
  readonly status?: number;
  readonly requestId?: string;
  readonly attempts: number;
  readonly retryable: boolean;
  readonly retryAfterMs?: number;
  readonly outcomeUnknown: boolean;
  readonly cause?: unknown;
}

/** A {@link CodeCatalystError} as a plain object. Its cause is in words: JSON could not hold it as it is. */
export interface CodeCatalystErrorJson extends Omit<CodeCatalystErrorProperties, "cause"> {
  readonly cause?: string | CauseJson;
}

/** A cause as plain data: of an object its name and message, of anything else its text. */
export interface CauseJson {
  readonly name: string;
  readonly message: string;
  readonly code?: string | number;
  readonly cause?: string | CauseJson;
}

/**
 * A name that is known, or another one that the service gave.
 *
 * `string & {}` and not `string`, which would swallow the known names: an editor could not offer them. No enum either: it would be
 * one more thing to import, and could not hold the others.
 */
export type CodeCatalystErrorName = KnownErrorName | (string & {});

/** The names that are known. Any other one comes from the service, with the HTTP status in `status`. */
export type KnownErrorName =
  // ---- The service refused. Without a name in its reply, the status decides.

  /** 400. The service can't read the request. Check the id. */
  | "ValidationException"
  /** 401. The bearer token was not accepted. Sign in again. */
  | "UnauthorizedException"
  /** 402. A quota is used up. Read the message. */
  | "ServiceQuotaExceededException"
  /** 403. The bearer token is wrong, has expired or lacks the right. Sign in again. */
  | "AccessDeniedException"
  /**
   * 404. You own no token with this id: it was deleted before, never existed, or belongs to someone else, who alone can delete
   * it; or there is no service at `endpoint`. Nothing to do if you deleted it before, else check the id and `endpoint`.
   */
  | "ResourceNotFoundException"
  /** 409. The request conflicts with the state of the service. Look at your tokens, then decide. */
  | "ConflictException"
  /** 429. Too many requests, also after retries. Wait, at least `retryAfterMs` if it is there, then call again. */
  | "ThrottlingException"
  /** 5xx. The service failed; it may have deleted the token first. Call again later if `retryable`. */
  | "InternalServerException"
  /** Another status, without a name. Read `status` and `message`. */
  | "UnknownServiceError"

  // ---- The call failed without a refusal by the service.

  /**
   * An argument, or what the token function gave or threw, was refused: that request was not sent. Mend what the message names;
   * `cause` is what was thrown, if anything was.
   */
  | "InvalidArgumentError"
  /**
   * No reply, or it broke off, also after retries: no network, a cut connection, or a browser that blocked the request (CORS). Call
   * again; if it happens each time in a page, the service does not let the page's origin in. With `retryable: false` the host
   * lacks `fetch`, `AbortController` or `setTimeout`.
   */
  | "NetworkError"
  /** `timeoutMs` ran out on the last attempt, or the signal was that of a timeout. Call again, perhaps with more time. */
  | "TimeoutError"
  /** The signal fired; `cause` is its reason. Whether anything was deleted is in `outcomeUnknown`. */
  | "AbortError"
  /**
   * The service answered with a redirect, which is not followed: it could carry the token off. Or its list of tokens is not what it
   * promises. Check `endpoint`.
   */
  | "UnexpectedResponseError"
  /**
   * The WebAssembly module could not be loaded, so nothing was sent; `cause` says why. A Content-Security-Policy must allow
   * `'wasm-unsafe-eval'` in its `script-src`. The next call tries again.
   */
  | "InitializationError";
