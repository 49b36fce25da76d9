// Written by hand, like index.d.ts of the package.

/// <reference lib="esnext.disposable" />

/**
 * A stand-in for the service, for tests of code that uses `codecatalyst-pat`. For Node.
 *
 * @module codecatalyst-pat/testing
 */

/**
 * Starts a stand-in for the service on 127.0.0.1, for tests of code that uses this package. It
 * answers lists, deletions and creations by the documented rules of the real service, and goes wrong
 * where you order it to.
 *
 * @param options `undefined` and `null` are treated as `{}`.
 * @returns a promise. It rejects with a `TypeError` that names the argument and what is expected if
 * an option is wrong, with the error of Node's `listen` if the port can't be had, and with an `Error`
 * that names the file if `file` holds something else.
 *
 * @example
 * ```js
 * const service = await startService({
 *   users: [{ name: "ana", bearer: "test-bearer", tokens: [{ id: "1", name: "Laptop" }] }],
 * });
 * service.faults.push(lostReply());
 * await deleteAccessToken("test-bearer", "1", { endpoint: service.url });
 * console.log(service.tokensOf("ana"), service.requests.length); // [] 2
 * await service.close();
 * ```
 */
export function startService(options?: StartServiceOptions | null): Promise<Service>;

/** The options of {@link startService}. `undefined` and `null` count as absent. */
export interface StartServiceOptions {
  /**
   * The port on 127.0.0.1: an integer from 0 to 65,535. 0 is any free port.
   *
   * @default 0
   */
  readonly port?: number | null | undefined;

  /**
   * Who can sign in, and with which access tokens. No two users may have the same name or bearer.
   *
   * @default the two users of {@link sample}: `"ana"` and `"ben"`
   */
  readonly users?: readonly User[] | null | undefined;

  /**
   * A file that keeps the access tokens from one start to the next; bearers aren't written. What is
   * in it wins over `users`.
   *
   * @default none: the access tokens are in memory only
   */
  readonly file?: string | null | undefined;
}

/** A user of the service. */
export interface User {
  /** What you call the user in your test; the service's API has no such name. At least one character. */
  readonly name: string;

  /** The bearer token that signs the user in: visible ASCII characters, at least one. */
  readonly bearer: string;

  /**
   * The user's access tokens, in the order in which they were created.
   *
   * @default []
   */
  readonly tokens?: readonly SeedToken[] | null | undefined;
}

/** An access token to start with. */
export interface SeedToken {
  /**
   * 1 to 36 characters.
   *
   * @default a random UUID
   */
  readonly id?: string | null | undefined;

  /** 1 to 100 characters. */
  readonly name: string;

  /**
   * A `Date`, or a date and time of RFC 3339 such as `"2026-12-31T00:00:00Z"`.
   *
   * @default none: the token doesn't expire
   */
  readonly expiresTime?: Date | string | null | undefined;
}

/** An access token as `listAccessTokens` gives it. */
export interface AccessToken {
  /** The id that a deletion takes. */
  readonly id: string;

  /** The name that its user gave it. */
  readonly name: string;

  /** When it expires. Absent if it doesn't. */
  readonly expiresTime?: Date;
}

/**
 * A running stand-in. All methods but `close` are synchronous, and throw a `TypeError` that names the
 * argument and what is expected if something is wrong with it.
 */
export interface Service {
  /** For the option `endpoint`, such as `"http://127.0.0.1:40123"`. */
  readonly url: string;

  /** The port that it listens on. */
  readonly port: number;

  /** What is going to go wrong. */
  readonly faults: Faults;

  /**
   * The requests that the API received, oldest first: the last 10,000. A preflight is one of them. A
   * bearer token is never recorded.
   */
  readonly requests: readonly RecordedRequest[];

  /**
   * Whether pages of other origins may call the API (CORS).
   *
   * @default true
   */
  cors: boolean;

  /**
   * Whether the next page of a list starts at a position, so that a deletion between two pages skips
   * a token. It isn't known whether the real service does so.
   *
   * @default false: it starts after the last token of the page before
   */
  pagesByPosition: boolean;

  /** Adds a user. `reset` removes them again. */
  addUser(user: User): void;

  /** Adds an access token of a user, as the newest, and returns it. */
  addToken(user: string, token: SeedToken): AccessToken;

  /** Removes an access token, and returns whether the user had it. */
  removeToken(user: string, id: string): boolean;

  /** The access tokens that a user has now, in the order in which they were created. */
  tokensOf(user: string): AccessToken[];

  /** Lets a user sign in with another bearer token as well. */
  addBearer(user: string, bearer: string): void;

  /**
   * From now on a bearer token is refused with 403 `AccessDeniedException`. Returns whether it was
   * valid.
   */
  expireBearer(bearer: string): boolean;

  /** All that the service knows, as plain data. It holds no bearer token. */
  state(): ServiceState;

  /** Forgets the requests so far. */
  clearRequests(): void;

  /** Brings back the users, their bearers and access tokens as at the start, and clears all else. */
  reset(): void;

  /** Stops the service and closes its connections, busy or idle. Can be called more than once. */
  close(): Promise<void>;

  /** Calls `close`: for `await using`. */
  [Symbol.asyncDispose](): Promise<void>;
}

/** The faults that were ordered and haven't happened yet. */
export interface Faults {
  /** How many requests are still going to meet a fault. Check that it's 0 at the end of a test. */
  readonly length: number;

  /**
   * Orders faults. A request meets the first fault that is for it, and each fault applies to one
   * request, unless it has `times`.
   *
   * @throws TypeError if one isn't a fault; then none is ordered.
   */
  push(...faults: Fault[]): void;

  /** Forgets the faults that haven't happened yet. */
  clear(): void;
}

/** Which requests a fault is for. */
export interface FaultTarget {
  /**
   * Their HTTP method: `"POST"` for lists, `"DELETE"`, `"PUT"` for creations, or `"OPTIONS"` for a
   * page's preflights.
   *
   * @default any but `"OPTIONS"`
   */
  readonly method?: string | null | undefined;

  /**
   * The id in the path: only deletions of this access token.
   *
   * @default any request
   */
  readonly id?: string | null | undefined;

  /**
   * How many requests meet it: an integer, 1 or more.
   *
   * @default 1
   */
  readonly times?: number | null | undefined;
}

/** A reply of your own in place of the service's. */
export interface ReplyFault extends FaultTarget {
  /** From 200 to 599. */
  readonly status: number;

  /** The name of the exception, in the header `x-amzn-errortype`. */
  readonly name?: string | null | undefined;

  /** The `message` in the body. */
  readonly message?: string | null | undefined;

  /** More headers; one that is `null` is left out, even if the service always sends it. */
  readonly headers?: Readonly<Record<string, string | null | undefined>> | null | undefined;

  /** The body in place of `{ "message": … }`: a string is sent as it is, anything else as JSON. */
  readonly body?: unknown;

  /**
   * Whether the request is executed all the same, before the reply.
   *
   * @default false
   */
  readonly effect?: boolean | null | undefined;

  /** How long the reply is delayed, in milliseconds. */
  readonly delayMs?: number | null | undefined;

  /** `"body"`: the reply breaks off within its body. */
  readonly cut?: "body" | null | undefined;
}

/** The connection breaks. */
export interface CutFault extends FaultTarget {
  /**
   * When: `"before"` the request is executed, `"after"` that and before the reply, or within the
   * `"body"` of the reply.
   */
  readonly cut: "before" | "after" | "body";

  /** How long that is delayed, in milliseconds. */
  readonly delayMs?: number | null | undefined;
}

/** The service's own reply, but late. By then the request has been executed. */
export interface DelayFault extends FaultTarget {
  /** In milliseconds, 0 or more. */
  readonly delayMs: number;
}

/**
 * Something that goes wrong on purpose: plain data, which can be copied, extended, and sent to
 * `POST /_service/faults` as JSON. The functions below make the ones that matter most.
 */
export type Fault = ReplyFault | CutFault | DelayFault;

/**
 * The service asks for fewer requests: 429 `ThrottlingException`. Nothing is executed.
 *
 * @param options `retryAfterSeconds`: the header `Retry-After`, an integer, 0 or more; by default
 * there is none.
 */
export function throttled(
  options?: (FaultTarget & { readonly retryAfterSeconds?: number | null | undefined }) | null,
): ReplyFault;

/**
 * The service fails: 5xx `InternalServerException`. The outcome is unknown to the caller.
 *
 * @param options `status`: from 500 to 599, by default 500. `effect`: whether the request is executed
 * all the same, by default `false`.
 */
export function serverError(
  options?:
    | (FaultTarget & {
        readonly status?: number | null | undefined;
        readonly effect?: boolean | null | undefined;
      })
    | null,
): ReplyFault;

/**
 * The bearer token has expired: 403 `AccessDeniedException`. The next request is answered as ever, as
 * if the user had signed in again; for a lasting effect, see {@link Service.expireBearer}.
 */
export function expiredBearer(options?: FaultTarget | null): ReplyFault;

/**
 * A proxy or a sign-in page answers in the service's place, with HTML. Nothing is executed.
 *
 * @param options `status`: from 200 to 599, by default 200.
 */
export function proxyPage(
  options?: (FaultTarget & { readonly status?: number | null | undefined }) | null,
): ReplyFault;

/** The request doesn't get through: the connection closes, and nothing is executed. */
export function lostRequest(options?: FaultTarget | null): CutFault;

/** The request is executed, and the connection closes without a reply. */
export function lostReply(options?: FaultTarget | null): CutFault;

/** The request is executed, and the reply breaks off within its body. */
export function cutReply(options?: FaultTarget | null): CutFault;

/**
 * The request is executed, and the reply comes late.
 *
 * @param delayMs in milliseconds, 0 or more.
 */
export function slowReply(delayMs: number, options?: FaultTarget | null): DelayFault;

/** A request that the API received. */
export interface RecordedRequest {
  /** The HTTP method. */
  readonly method: string;

  /** Path and query as they were sent, such as `"/v1/accessTokens/4d5a1f0c"`. */
  readonly path: string;

  /** All headers but `authorization`, by their names in lower case. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;

  /** Whether the header `authorization` was sent. */
  readonly hasAuthorization: boolean;

  /** The name of the user whose bearer token was sent; `undefined` if it's nobody's. */
  readonly user: string | undefined;

  /** The status of the reply; `undefined` before it is sent, and if there is none. */
  status: number | undefined;
}

/** What {@link Service.state} and `GET /_service/state` give. */
export interface ServiceState {
  /** The access tokens by the name of their user. */
  readonly users: Record<string, StateToken[]>;

  /** How many requests are still going to meet a fault. */
  readonly faults: number;

  /** Whether pages of other origins may call the API. */
  readonly cors: boolean;

  /** The requests that the API received, oldest first. */
  readonly requests: readonly RecordedRequest[];
}

/** An access token in a {@link ServiceState}. */
export interface StateToken {
  /** The id that a deletion takes. */
  readonly id: string;

  /** The name that its user gave it. */
  readonly name: string;

  /** When it expires, as ISO 8601. Absent if it doesn't. */
  readonly expiresTime?: string;

  /** Counts up in the order of creation. */
  readonly serial: number;
}

/**
 * The users that the service starts with by default: `"ana"`, who has `bearer` and 12 access tokens,
 * and `"ben"`, who has `otherBearer` and two. Some have expired, some are about to, one never does.
 * The bearers are as long as those of AWS SSO.
 */
export const sample: {
  /** The bearer token of `"ana"`. */
  readonly bearer: string;

  /** The bearer token of `"ben"`. */
  readonly otherBearer: string;

  /** The access tokens of `"ana"`. */
  readonly tokens: readonly SampleToken[];

  /** The access tokens of `"ben"`. */
  readonly otherTokens: readonly SampleToken[];
};

/** A token of {@link sample}. */
export interface SampleToken {
  /** The id that a deletion takes. */
  readonly id: string;

  /** The name that its user gave it. */
  readonly name: string;

  /** When it expires; `undefined` if it doesn't. */
  readonly expiresTime: Date | undefined;
}
