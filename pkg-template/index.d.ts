// Written by hand: units, limits and promises can't be derived from the code. The tests compile
// this file against the packed package and compare its names and defaults with the code.

/**
 * Lists and deletes personal access tokens of Amazon CodeCatalyst. A deletion is reported as done
 * only when the service has confirmed it.
 *
 * `codecatalyst-pat/streaming` has the same exports and a smaller download: it fetches the
 * WebAssembly module as a file.
 *
 * @module codecatalyst-pat
 */

/**
 * Deletes a personal access token of Amazon CodeCatalyst
 * ([DeleteAccessToken](https://docs.aws.amazon.com/codecatalyst/latest/APIReference/API_DeleteAccessToken.html)).
 *
 * Resolves once the service has confirmed that the token is gone. A request that failed in a way
 * that may pass is sent again, up to `maxAttempts` requests in all: no reply or a broken one,
 * `timeoutMs`, status 408, 429, 500, 502, 503 or 504, and error names that mean throttling.
 *
 * The first call loads the WebAssembly module; there is nothing to set up. Options are read during
 * the call: later changes to them have no effect.
 *
 * @param token the bearer token that you sign in with, or a function that returns it. Not the
 * secret of a personal access token.
 * @param id the id of the token to delete: 1 to 36 characters, not its name and not its secret. `.`
 * and `..` are refused, because [URL parsing](https://url.spec.whatwg.org/#path-state) would remove
 * them from the path.
 * @param options see {@link DeleteAccessTokenOptions}. `undefined` and `null` are treated as `{}`.
 * @returns a promise. Every failure rejects it with a {@link CodeCatalystError}; nothing is thrown
 * synchronously.
 *
 * @example Success
 * ```js
 * const { attempts } = await deleteAccessToken(token, "4d5a1f0c-8a35-4c0e-9a57-2f6f4b1f7c01");
 * console.log(`Deleted. Requests sent: ${attempts}`);
 * ```
 *
 * @example Failure
 * ```js
 * try {
 *   await deleteAccessToken(token, id, { timeoutMs: 5_000, signal: AbortSignal.timeout(20_000) });
 * } catch (error) {
 *   if (!(error instanceof CodeCatalystError)) throw error;
 *   if (error.outcomeUnknown) console.log("It may or may not be deleted. Calling again is safe.");
 *   else if (error.name === "ResourceNotFoundException") console.log("No such token.");
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
 * Lists the personal access tokens of the user who signed in, never their secrets
 * ([ListAccessTokens](https://docs.aws.amazon.com/codecatalyst/latest/APIReference/API_ListAccessTokens.html)).
 *
 * Lazy: each page is requested when the loop reaches it, so nothing is sent before the first step,
 * and leaving the loop early sends no more. A page that failed in a way that may pass is requested
 * again, as in {@link deleteAccessToken}. Options are read during the call, not at the first step.
 *
 * @param token the bearer token, as for {@link deleteAccessToken}.
 * @param options see {@link ListAccessTokensOptions}. `undefined` and `null` are treated as `{}`.
 * @returns an iterator for `for await`. Every failure rejects one of its steps with a
 * {@link CodeCatalystError}; nothing is thrown synchronously. With `UnexpectedResponseError`, a
 * page wasn't a list as the service documents it, or pointed back to an earlier page.
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
 * Deletes many access tokens and yields each result as soon as it is known. A failure doesn't stop
 * the others.
 *
 * Ids are taken one by one as deletions start; an id that occurs twice is sent once. At most
 * `concurrency` deletions are under way at once, and results that haven't been consumed count: a
 * slow consumer slows the deletions down. When the service throttles, all deletions to its origin
 * wait, and fewer run at once until the service copes again. If it asks for more than 20 seconds,
 * nothing more is sent, and the ids that are left fail at once with `retryAfterMs`.
 *
 * Leaving the loop early starts no further deletion and cancels those under way; whether these
 * happened is unknown. When `signal` fires, the results of the deletions under way are still
 * yielded; then the iterator rejects with `AbortError` or `TimeoutError`.
 *
 * Collect ids before you delete them. {@link listAccessTokens} reads a page when the loop reaches
 * it: if tokens of the pages before are deleted by then, and the service counts its pages by
 * position, those that have moved up are skipped.
 *
 * @param token the bearer token, as for {@link deleteAccessToken}.
 * @param ids any iterable or async iterable of ids: an array, a set, a generator, the lines of a
 * file.
 * @param options see {@link DeleteAccessTokensOptions}. `undefined` and `null` are treated as `{}`.
 * @returns an iterator for `for await`. It rejects with a {@link CodeCatalystError} for a failure
 * that belongs to no id: an argument was refused, `ids` threw, `signal` fired, or the module could
 * not be loaded. Nothing is thrown synchronously.
 *
 * @example
 * ```js
 * for await (const result of deleteAccessTokens(token, ids)) {
 *   if (result.status === "deleted") console.log(`${result.id} is gone`);
 *   else console.log(`${result.id}: ${result.error.name}: ${result.error.message}`);
 * }
 * ```
 *
 * @example All of your tokens
 * ```js
 * const ids = [];
 * for await (const { id } of listAccessTokens(token)) ids.push(id);
 * for await (const result of deleteAccessTokens(token, ids)) console.log(result.id, result.status);
 * ```
 */
export function deleteAccessTokens(
  token: TokenSource,
  ids: Iterable<string> | AsyncIterable<string>,
  options?: DeleteAccessTokensOptions | null,
): AsyncIterableIterator<DeletionResult>;

/**
 * The bearer token, or a function that returns it: one or more visible ASCII characters (0x21 to
 * 0x7E), without the `Bearer` of the header ([RFC
 * 6750](https://www.rfc-editor.org/rfc/rfc6750#section-2.1)).
 *
 * A function is called before every attempt, so that a token that expires can be replaced. In Node,
 * `codecatalyst-pat/aws` has two: `fromProfile({ profile })` and `fromEnv()`. The providers of
 * `@aws-sdk/token-providers` fit as they are: `fromSso({ profile })`. Only `signal` limits how long it
 * takes. What it throws becomes the `cause` of an `InvalidArgumentError`.
 */
export type TokenSource = string | (() => BearerToken | PromiseLike<BearerToken>);

/**
 * What a token function may return. `expiration` is not used: whether a token is still accepted is
 * for the service to say.
 */
export type BearerToken =
  | string
  | {
      /** The bearer token itself. */
      readonly token: string;
      /** When it expires. */
      readonly expiration?: Date | undefined;
    };

/**
 * The options of {@link deleteAccessToken}.
 *
 * `undefined` and `null` count as absent. Only own properties count, so that a polluted
 * `Object.prototype` can't redirect a token. An unknown option is refused by name with an
 * `InvalidArgumentError`.
 *
 * Left out on purpose:
 * - a limit for the whole call: use `signal: AbortSignal.timeout(ms)`;
 * - headers: a page's preflight request would have to be allowed each of them
 *   ([Fetch](https://fetch.spec.whatwg.org/#cors-preflight-fetch)), and the service needs none.
 */
export interface DeleteAccessTokenOptions {
  /**
   * Where requests go: an absolute `https:` URL, or an `http:` URL of this machine (`localhost`,
   * `127.0.0.0/8`, `[::1]`). A path prefix is kept, a trailing slash ignored. User info, a query, a
   * fragment and more than 2,048 characters are refused with an `InvalidArgumentError`.
   *
   * FIPS: `https://codecatalyst-fips.global.api.aws`.
   *
   * @default "https://codecatalyst.global.api.aws"
   */
  readonly endpoint?: string | UrlLike | null | undefined;

  /**
   * Ends the call at once when it fires, also during a wait before a retry. The call rejects with
   * `AbortError`, or with `TimeoutError` if the signal is that of `AbortSignal.timeout(ms)`;
   * `cause` is the signal's reason.
   *
   * @default none
   */
  readonly signal?: AbortSignalLike | null | undefined;

  /**
   * The limit of one attempt, headers and body together, in milliseconds: finite and above 0.
   * Fractions are rounded up. Anything above 2,147,483,647 (24.8 days) becomes that, the longest
   * time that a [timer](https://html.spec.whatwg.org/multipage/timers-and-user-prompts.html#timers)
   * waits.
   *
   * @default 10000
   */
  readonly timeoutMs?: number | null | undefined;

  /**
   * How many requests the call may send, including the first: an integer of 1 or more. 1 means no
   * retry. What is retried, and after which wait, follows the [standard
   * mode](https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html) of the AWS
   * SDKs.
   *
   * @default 3
   */
  readonly maxAttempts?: number | null | undefined;

  /**
   * The function that sends the requests, in place of the host's `fetch`: for a proxy agent,
   * instrumentation or a test double. It is called as the host's is: with a URL, a `RequestInit`,
   * and `globalThis` as `this`. One that follows redirects could carry the token to another server.
   * The host's own is looked up at each attempt.
   *
   * The members `credentials`, `cache` and `referrerPolicy` are left out where the host's own
   * `Request` refuses them, because most such functions call the host's `fetch` in the end.
   *
   * @default globalThis.fetch
   */
  readonly fetch?: FetchLike | null | undefined;

  /**
   * Called when an attempt has failed and another one will follow, before the wait for it: for
   * logs and progress. What it throws is ignored, and so is what it returns, a promise that rejects
   * included.
   *
   * @default none
   */
  readonly onRetry?: ((event: RetryEvent) => unknown) | null | undefined;
}

/**
 * The options of {@link listAccessTokens}: those of {@link DeleteAccessTokenOptions}, which apply
 * to each page, and `pageSize`.
 */
export interface ListAccessTokensOptions extends DeleteAccessTokenOptions {
  /**
   * How many tokens to request at once: an integer from 1 to 10, the limit of the service's
   * [maxResults](https://docs.aws.amazon.com/codecatalyst/latest/APIReference/API_ListAccessTokens.html).
   *
   * @default 10
   */
  readonly pageSize?: number | null | undefined;
}

/**
 * The options of {@link deleteAccessTokens}: those of {@link DeleteAccessTokenOptions}, which apply
 * to each deletion, and `concurrency`.
 */
export interface DeleteAccessTokensOptions extends DeleteAccessTokenOptions {
  /**
   * How many deletions may be under way at once: an integer from 1 to 64. Fewer run while the
   * service throttles.
   *
   * @default 4
   */
  readonly concurrency?: number | null | undefined;
}

/** What `onRetry` is called with. */
export interface RetryEvent {
  /** The id to delete. Absent for {@link listAccessTokens}. */
  readonly id?: string;

  /** The number of the attempt that failed, 1 for the first. */
  readonly attempt: number;

  /**
   * How long the wait is, in milliseconds. In {@link deleteAccessTokens}, throttling may hold the
   * next attempt back for longer.
   */
  readonly delayMs: number;

  /** The error that the call would reject with if there were no attempt left. */
  readonly error: CodeCatalystError;
}

/** A `fetch`: the host's, that of a library, or one of your own. It gives a `Response`. */
export type FetchLike = (url: string, init: FetchInit) => PromiseLike<ResponseLike>;

/** The part of a `Response` that must be there. Headers and body are read if it has them. */
export interface ResponseLike {
  /** The HTTP status. */
  readonly status: number;
}

/** What is sent: the part of a `RequestInit` that requests have. */
export interface FetchInit {
  /** `"DELETE"`, or `"POST"` for a page of a list. */
  readonly method: string;

  /** `authorization` and `accept`; for a page of a list, `content-type` too. */
  readonly headers: Record<string, string>;

  /** JSON, for a page of a list. */
  readonly body?: string;

  /** A redirect is an `UnexpectedResponseError`: it could carry the token to another server. */
  readonly redirect: "manual";

  /** An `AbortSignal` of the host. */
  // biome-ignore lint/suspicious/noExplicitAny: its type may be missing, as UrlLike says.
  readonly signal: any;

  /** No cookies. */
  readonly credentials?: "omit";

  /** The reply is not stored. */
  readonly cache?: "no-store";

  /** The service doesn't learn which page asks. */
  readonly referrerPolicy?: "no-referrer";
}

/**
 * The part of a `URL` that identifies it. A `Location` doesn't match, and the code refuses it too.
 *
 * Not the global type `URL`: it exists only with the library "dom" or with `@types/node`, and
 * without them this file wouldn't compile. A reference to "dom" from here would add types of things
 * that Node doesn't have.
 */
export interface UrlLike {
  /** The whole URL. */
  readonly href: string;

  /** Tells a `URL` from a `Location`. */
  readonly searchParams: object;
}

/**
 * The part of an `AbortSignal` that is used. Signals of other frames and of polyfills match too.
 * Not the global type, for the reason given at {@link UrlLike}.
 */
export interface AbortSignalLike {
  /** Whether it has fired. */
  readonly aborted: boolean;

  /** Why, which becomes the `cause` of the error. */
  readonly reason?: unknown;

  /** Called once for all calls that share the signal. */
  addEventListener(type: "abort", listener: () => void): void;

  /** Called when the last of them has ended. */
  removeEventListener(type: "abort", listener: () => void): void;
}

/** What a successful deletion returns: the token is gone. */
export interface DeleteAccessTokenOutput {
  /** How many requests were sent, 1 or more. */
  readonly attempts: number;

  /**
   * `true` if the service itself reported that there is no such token, after an earlier attempt of
   * the same call had no clear answer: most likely that attempt deleted it. A page of a proxy that
   * says "not found" doesn't count.
   */
  readonly alreadyDeleted: boolean;

  /**
   * The service's id of the last request. Absent if the service sent none, or if a page can't read
   * the header ([CORS](https://fetch.spec.whatwg.org/#http-access-control-expose-headers)).
   */
  readonly requestId?: string;
}

/** An access token, as {@link listAccessTokens} yields it. */
export interface AccessToken {
  /** The id that {@link deleteAccessToken} takes: 1 to 36 characters. */
  readonly id: string;

  /** The name that the user gave it: 1 to 100 characters. Names aren't unique. */
  readonly name: string;

  /** When it expires. Absent if the service sent no time. */
  readonly expiresTime?: Date;
}

/** The result for one id of {@link deleteAccessTokens}. `status` tells which properties exist. */
export type DeletionResult = DeletedResult | FailedResult;

/** The token is gone. */
export interface DeletedResult extends DeleteAccessTokenOutput {
  /** The id, as given. */
  readonly id: string;

  /** Tells it from a {@link FailedResult}. */
  readonly status: "deleted";
}

/** The token wasn't deleted, or may or may not have been: see `error.outcomeUnknown`. */
export interface FailedResult {
  /** The id, as given. */
  readonly id: string;

  /** Tells it from a {@link DeletedResult}. */
  readonly status: "failed";

  /** What {@link deleteAccessToken} would have rejected with. */
  readonly error: CodeCatalystError;
}

/**
 * The error that every failed call rejects with. `instanceof` also recognises errors made by
 * another copy of the package.
 *
 * Its properties, which {@link CodeCatalystErrorProperties} documents, are all own and enumerable,
 * `name` included, so that loggers show them. None of them contains the bearer token, and neither
 * does `stack`.
 *
 * Branch on `name` and `outcomeUnknown`, not on `message`. There is one class and not one for each
 * name, because the service may send names that aren't known yet.
 */
export class CodeCatalystError extends Error implements CodeCatalystErrorProperties {
  /** For your own tests: makes an error from its properties. */
  constructor(properties: CodeCatalystErrorProperties);

  readonly name: CodeCatalystErrorName;
  readonly message: string;
  readonly status?: number;
  readonly requestId?: string;
  readonly attempts: number;
  readonly retryable: boolean;
  readonly retryAfterMs?: number;
  readonly outcomeUnknown: boolean;
  readonly cause?: unknown;

  /** Returns the same properties as a plain object, for `JSON.stringify` and logs. */
  toJSON(): CodeCatalystErrorJson;
}

/** What a failed call tells: the properties of a {@link CodeCatalystError}. */
export interface CodeCatalystErrorProperties {
  /** What happened. {@link KnownErrorName} tells when each name occurs and what to do. */
  readonly name: CodeCatalystErrorName;

  /**
   * The service's message, or ours: one line, at most 1,000 characters. For people to read; it may
   * change in any version.
   */
  readonly message: string;

  /** The HTTP status. Absent if no reply came, or if the host hides it. */
  readonly status?: number;

  /**
   * The service's id of the request, which AWS support asks for. Absent if the service sent none,
   * or if a page can't read the header.
   */
  readonly requestId?: string;

  /** How many requests were started, 0 or more. */
  readonly attempts: number;

  /** Whether the same call may succeed later without a change by you. */
  readonly retryable: boolean;

  /**
   * How long the service asked to wait, in milliseconds
   * ([Retry-After](https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3), or `x-amz-retry-after`).
   * Absent if it didn't ask. Up to 20,000 are waited for while attempts are left; if the service
   * asks for more, the call rejects at once. Of `deleteAccessTokens` nothing more is sent then: what
   * had not begun fails with the same name and message, `attempts: 0`, and here the time that is
   * left.
   */
  readonly retryAfterMs?: number;

  /**
   * `true` if an attempt may have reached the service and no reply tells the outcome: the token may
   * or may not be deleted. Calling again is safe. `false` if nothing was sent, or a reply refused
   * every attempt. A 4xx refuses, whoever sends it; a 2xx that isn't the service's tells nothing.
   *
   * That an attempt was not sent is told by the codes of Node and Bun: the name was not found, the
   * connection was refused or took too long, the certificate was not accepted. A browser and Deno
   * give no codes, so there an attempt without a reply always counts as sent.
   */
  readonly outcomeUnknown: boolean;

  /**
   * The value that was thrown, or the signal's reason. Absent if nothing was thrown.
   *
   * It is passed on as it is if it is a primitive, or plainly an error, an object or an array of
   * such values, which doesn't quote the token. In the place of anything else (a `Map`, `Headers`,
   * an instance of a class that is no error) stands an error that names its class and has its
   * `code`: it may hold the token. At most 1,000 values and 65,536 characters are searched.
   */
  readonly cause?: unknown;
}

/** A {@link CodeCatalystError} as a plain object. */
export interface CodeCatalystErrorJson extends Omit<CodeCatalystErrorProperties, "cause"> {
  /** The cause, if there is one, with its own causes. */
  readonly cause?: CauseJson;
}

/**
 * A cause as a plain object, with its own cause. A thrown value that is no object appears as text.
 */
export type CauseJson =
  | string
  | {
      /** The name of the error, such as `TypeError`. */
      readonly name: string;
      /** Its message, without the bearer token. */
      readonly message: string;
      /** The code that the system or the host gave, such as `ECONNREFUSED`. */
      readonly code?: string | number;
      /** What caused it in turn. */
      readonly cause?: CauseJson;
    };

/**
 * A known name, or another one that the service sent.
 *
 * `string & {}` and not `string`, which would absorb the known names: editors couldn't suggest
 * them.
 */
export type CodeCatalystErrorName = KnownErrorName | (string & {});

/**
 * The known names. Any other name comes from the service, with the HTTP status in `status`.
 *
 * Those of the service are in its
 * [documentation](https://docs.aws.amazon.com/codecatalyst/latest/APIReference/API_DeleteAccessToken.html#API_DeleteAccessToken_Errors).
 * If a reply has no name, its status determines one.
 */
export type KnownErrorName =
  // ---- The service refused.

  /** 400. The service can't read the request. Check the id. */
  | "ValidationException"
  /** 401. The service didn't accept the bearer token. Sign in again. */
  | "UnauthorizedException"
  /** 402. A quota is used up. Read the message. */
  | "ServiceQuotaExceededException"
  /** 403. The bearer token is wrong, has expired or lacks the permission. Sign in again. */
  | "AccessDeniedException"
  /**
   * 404. You own no token with this id: it was deleted before, never existed, or belongs to another
   * user, who alone can delete it. Always the service's own word: a 404 of anything else is an
   * `UnexpectedResponseError`. Nothing to do if it was deleted before; otherwise check the id.
   */
  | "ResourceNotFoundException"
  /** 409. The request conflicts with the state of the service. List your tokens, then decide. */
  | "ConflictException"
  /**
   * 429. Too many requests, also after retries ([RFC
   * 6585](https://www.rfc-editor.org/rfc/rfc6585#section-4)). Wait, at least `retryAfterMs` if it
   * is set, then call again.
   */
  | "ThrottlingException"
  /**
   * 5xx. The service failed, or a gateway before it; the token may have been deleted first. Call
   * again later if `retryable`.
   */
  | "InternalServerException"
  /** Another status without a name. Read `status` and `message`. */
  | "UnknownServiceError"

  // ---- The call failed without a refusal by the service.

  /**
   * An argument was refused, or the token function threw or returned something invalid: that
   * request wasn't sent. Fix what the message names; `cause` is the value that was thrown, if any.
   */
  | "InvalidArgumentError"
  /**
   * No reply came, or it broke off, also after retries: no network, a certificate that is not
   * accepted, a cut connection, or a browser that blocked the request
   * ([CORS](https://fetch.spec.whatwg.org/#http-cors-protocol)). Read `message`, then call again;
   * if a page fails every time, the service doesn't allow the page's origin. With `retryable: false`,
   * the host lacks what `message` names: `fetch`, `AbortController` or `setTimeout`.
   */
  | "NetworkError"
  /**
   * `timeoutMs` ran out on the last attempt, or the signal was a timeout. Call again or allow more
   * time.
   */
  | "TimeoutError"
  /** The signal fired; `cause` is its reason. Check `outcomeUnknown`. */
  | "AbortError"
  /**
   * Something other than the service replied: a proxy, a firewall, a sign-in page. Or the reply is
   * a redirect, which isn't followed because it could carry the token to another server
   * ([Fetch](https://fetch.spec.whatwg.org/#concept-http-redirect-fetch)); or a list that isn't as
   * documented. Check `endpoint`, and whether your network asks you to sign in. After a 2xx or a
   * redirect, `outcomeUnknown` is `true` for a deletion.
   *
   * A reply is the service's if its header names an error, if its body is a JSON object with the
   * text `message`, `Message`, `__type` or `code`, or if it is a 2xx whose body is blank or a JSON
   * object. Of any other reply only 401, 408, 429 and 5xx are believed, and named by their status.
   */
  | "UnexpectedResponseError"
  /**
   * The WebAssembly module could not be loaded, so nothing was sent. `message` tells which: a policy
   * forbids it (a [Content-Security-Policy](https://www.w3.org/TR/CSP3/#directive-script-src) must
   * allow `'wasm-unsafe-eval'` in `script-src`), the engine is too old, or the module could not be
   * fetched or decoded. The next call tries again.
   */
  | "InitializationError";
