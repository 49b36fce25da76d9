// The bearer token of a profile, renewed when it is about to expire.

import { formatDate } from "../format-date.js";
import { readConfig } from "./config.js";
import { configuredEndpoint } from "./endpoint.js";
import { loginError, quote } from "./error.js";
import { loginPlace, parseTime, readLogin, replaceLogin } from "./login.js";
import { noSectionError, profileName, sessionName, sessionOf } from "./profile.js";
import { canRenew, RenewalError, renew } from "./renew.js";

/** @typedef {import("./index.js").SignInToken} SignInToken */
/** @typedef {import("./login.js").Login} Login */

/**
 * What `fromProfile` takes.
 *
 * @typedef {object} Options
 * @property {string | undefined} [profile]
 * @property {string | undefined} [configFile]
 * @property {string | undefined} [credentialsFile]
 * @property {string | undefined} [cacheDir]
 */

/**
 * A profile, its session, where its login is, and the endpoint that is set for renewing it. Without a
 * section for the session, a login that is kept by its name can be used, but not renewed.
 *
 * @typedef {object} Located
 * @property {string} profile
 * @property {import("./config.js").Config} config
 * @property {string} sessionName
 * @property {import("./profile.js").Session | undefined} session
 * @property {import("./files.js").Place} place
 * @property {import("./endpoint.js").Endpoint | undefined} endpoint
 */

const MINUTE_MS = 60_000;

// Both as in botocore: from when on a login is renewed, and how often that is tried.
const RENEWAL_WINDOW_MS = 15 * MINUTE_MS;
const RETRY_MS = MINUTE_MS;

// This machine's clock may be wrong by as much: until then the service decides what has expired.
const CLOCK_LEEWAY_MS = 15 * MINUTE_MS;

/** Finds the login of a profile, and keeps it valid. */
export class LoginSource {
  #options;
  #env;
  /** @type {Promise<Located> | undefined} */
  #located;
  /** @type {Promise<SignInToken> | undefined} */
  #underWay;
  #renewAgainAtMs = 0;
  /** @type {Login | undefined} a login that couldn't be saved */
  #unsaved;

  /**
   * @param {Options} options
   * @param {NodeJS.ProcessEnv} env
   */
  constructor(options, env) {
    this.#options = options;
    this.#env = env;
  }

  /**
   * Which profile it is, and where its login is. Reads the configuration once; a failure is forgotten.
   */
  locate() {
    this.#located ??= this.#locate().catch((error) => {
      this.#located = undefined;
      throw error;
    });
    return this.#located;
  }

  /** @returns {Promise<Located>} */
  async #locate() {
    const profile = profileName(this.#options.profile, this.#env);
    const config = await readConfig(this.#options, this.#env);
    const name = sessionName(profile, config);
    const session = sessionOf(name, profile, config);
    const place = loginPlace(name, this.#options.cacheDir, this.#env);
    const endpoint = configuredEndpoint("sso_oidc", this.#env, config, profile);
    return { profile, config, sessionName: name, session, place, endpoint };
  }

  /**
   * The token. Reads the login each time, so that one that was renewed in the meantime is used. Callers
   * that arrive together share the answer.
   *
   * # Errors
   *
   * Throws a `SignInError` if the user isn't signed in, or was too long ago.
   */
  getToken = () => {
    this.#underWay ??= this.#getToken().finally(() => {
      this.#underWay = undefined;
    });
    return this.#underWay;
  };

  /** @returns {Promise<SignInToken>} */
  async #getToken() {
    const login = await this.#read();
    const renewal = await this.#renewIfNeeded(login);
    const { accessToken, expiresMs } = renewal.login;
    if (expiresMs + CLOCK_LEEWAY_MS <= Date.now())
      throw expiredError(await this.locate(), expiresMs, renewal.failure);
    return { token: accessToken, expiration: new Date(expiresMs) };
  }

  async #read() {
    const located = await this.locate();
    const profile = quote(located.profile);
    const login = await readLogin(located.place.path).catch(() => {
      throw signInError(located, `The login of the profile ${profile} can't be read.`);
    });
    if (login === undefined)
      throw signInError(located, `You are not signed in with the profile ${profile}.`);
    const unsaved = this.#unsaved;
    return unsaved && unsaved.expiresMs > login.expiresMs ? unsaved : login;
  }

  /**
   * Renews a login that is about to expire. If that fails the old one is given, with the reason: it
   * may still be valid. Another process may have renewed it at the same time: then that counts.
   *
   * @param {Login} login
   * @returns {Promise<{ login: Login, failure?: RenewalError }>}
   */
  async #renewIfNeeded(login) {
    const now = Date.now();
    const { session, endpoint } = await this.locate();
    const isDue = login.expiresMs - now < RENEWAL_WINDOW_MS && now >= this.#renewAgainAtMs;
    if (!isDue || !session || !canRenew(login, now)) return { login };
    this.#renewAgainAtMs = now + RETRY_MS;
    try {
      return { login: await this.#save(login, await renew(login, session, endpoint)) };
    } catch (error) {
      if (!(error instanceof RenewalError)) throw error;
      return { login: await this.#read(), failure: error };
    }
  }

  /**
   * @param {Login} login
   * @param {Awaited<ReturnType<typeof renew>>} fields
   */
  async #save(login, fields) {
    const { place } = await this.locate();
    this.#unsaved = undefined;
    try {
      return (await replaceLogin(place.path, login, fields)) ?? this.#read();
    } catch {
      // It can still be used until the program ends.
      const { accessToken, expiresAt } = fields;
      this.#unsaved = { accessToken, expiresMs: parseTime(expiresAt), fields, text: login.text };
      return this.#unsaved;
    }
  }
}

/**
 * @param {Located} located
 * @param {number} timeMs
 * @param {RenewalError | undefined} failure
 */
function expiredError(located, timeMs, failure) {
  const time = formatDate(new Date(timeMs));
  const reason = failure ? ` It can't be renewed: ${failure.message}.` : "";
  const profile = quote(located.profile);
  return signInError(located, `The login of the profile ${profile} expired at ${time}.${reason}`);
}

/**
 * The error for a user who must sign in. Without a section for the session, that comes first.
 *
 * @param {Located} located
 * @param {string} message
 */
const signInError = ({ profile, config, sessionName, session }, message) =>
  session ? loginError(message, profile) : noSectionError(sessionName, profile, config);
