// Written by hand, like index.d.ts of the package.

/**
 * Finds the bearer token where the AWS CLI keeps it. For Node.
 *
 * @module codecatalyst-pat/aws
 */

/**
 * Gives a function that gives the bearer token of a profile: for the `token` of every call of
 * `codecatalyst-pat`.
 *
 * The sign-in is found as botocore finds it, on which the AWS CLI is built: the profile in
 * `~/.aws/config` and `~/.aws/credentials`, its `sso_session`, and the login that `aws sso login`
 * left for that. Nothing is read before the function is called. The profile is looked up once, and
 * the login is read at every call, so that one that was renewed in the meantime is used.
 *
 * A login that expires within 15 minutes is renewed by its refresh token and saved for the AWS CLI
 * too. If that fails, the old token is given while it may still be valid: up to 15 minutes after it
 * expires, because this machine's clock may be wrong. The service has the last word.
 *
 * @param options `undefined` and `null` are treated as `{}`.
 * @returns a function that rejects with a {@link SignInError} if there is no token, or with a
 * `TypeError` if an option was refused. Within a call of `codecatalyst-pat` that becomes the `cause`
 * of an `InvalidArgumentError`.
 *
 * @example
 * ```js
 * const token = fromProfile({ profile: "codecatalyst" });
 * await deleteAccessToken(token, id);
 * ```
 */
export function fromProfile(options?: ProfileOptions | null): () => Promise<SignInToken>;

/**
 * Gives a function that gives the bearer token in `AWS_BEARER_TOKEN_CODECATALYST`, read at every call.
 *
 * @returns a function that rejects with a {@link SignInError} if the variable holds no token.
 */
export function fromEnv(): () => Promise<SignInToken>;

/** A bearer token, and when it expires by this machine's clock, if that is known. */
export interface SignInToken {
  /** The bearer token, without the `Bearer` of the header. */
  readonly token: string;

  /** When it expires. Absent if that isn't known, as of a token in the environment. */
  readonly expiration?: Date;
}

/**
 * The options of {@link fromProfile}. `undefined` and `null` count as absent; an unknown option is
 * refused by name. In paths, `~`, `$NAME` and `${NAME}` are replaced as botocore does.
 */
export interface ProfileOptions {
  /**
   * The profile.
   *
   * @default `AWS_DEFAULT_PROFILE`, then `AWS_PROFILE`, then `"default"`
   */
  readonly profile?: string | null | undefined;

  /**
   * The file with profiles and sso-sessions.
   *
   * @default `AWS_CONFIG_FILE`, then `"~/.aws/config"`
   */
  readonly configFile?: string | null | undefined;

  /**
   * The file whose settings of profiles come before those of `configFile`.
   *
   * @default `AWS_SHARED_CREDENTIALS_FILE`, then `"~/.aws/credentials"`
   */
  readonly credentialsFile?: string | null | undefined;

  /**
   * The folder in which `aws sso login` keeps its logins.
   *
   * @default "~/.aws/sso/cache"
   */
  readonly cacheDir?: string | null | undefined;
}

/** Why there is no bearer token. The message says what to do, in one line, and holds no token. */
export class SignInError extends Error {
  /** Always `"SignInError"`. */
  readonly name: "SignInError";

  /**
   * What has to change: `"configuration"` (variables, files, profile, session) or `"login"` (the user
   * must sign in).
   */
  readonly reason: "configuration" | "login";
}
