// Where the bearer token comes from. It goes to the service, and into no message.

import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { setTimeout as pause } from "node:timers/promises";
import { configFile, readProfiles } from "./awsconfig.js";
import { inWords, notSignedIn, usage } from "./problem.js";
import { shown } from "./text.js";

const VARIABLE = "AWS_BEARER_TOKEN_CODECATALYST";

/** A source of the token: asked before every request, so that a login that was renewed meanwhile counts. */
class Bearer {
  /** Why there is no token, once that is known. */
  problem;
  #read;
  #advice;

  constructor(read, advice) {
    this.#read = read;
    this.#advice = advice;
  }

  token = async () => {
    try {
      return await this.#read();
    } catch (error) {
      this.problem = error;
      throw error;
    }
  };

  /** The problem that the service did not take the token. */
  refused(error) {
    return notSignedIn(
      `The service does not accept the sign-in. ${inWords(error)} ${this.#advice}`,
    );
  }
}

/** The source that the arguments and the environment name. Fails if there is no token in it now. */
export async function bearerFor({ tokenStdin, profile }, { env, stdin = process.stdin }) {
  const bearer = await source({ tokenStdin, profile }, { env, stdin });
  await bearer.token();
  return bearer;
}

async function source({ tokenStdin, profile }, { env, stdin }) {
  // The AWS CLI takes AWS_DEFAULT_PROFILE too.
  const named = profile || env.AWS_PROFILE || env.AWS_DEFAULT_PROFILE || "default";
  if (tokenStdin)
    return fixed(await fromStdin(stdin), "Standard input", `Get a new token: ${login(named)}`);
  if (profile || !env[VARIABLE]) return fromProfile(named, env);
  return fixed(env[VARIABLE], VARIABLE, `Renew ${VARIABLE}, or unset it and type: ${login(named)}`);
}

function login(profile) {
  const name = /^[\w.@:+-]+$/.test(profile) ? profile : JSON.stringify(shown(profile));
  return profile === "default" ? "aws sso login" : `aws sso login --profile ${name}`;
}

// -------------------------------------------------------------- a token that is given

function fixed(given, place, advice) {
  const token = given.trim();
  return new Bearer(() => {
    if (/^[\x21-\x7e]+$/.test(token)) return token;
    throw notSignedIn(
      `${place} holds ${token === "" ? "no token" : "something that is no bearer token"}. ${advice}`,
    );
  }, advice);
}

async function fromStdin(stdin) {
  // What is typed would stay on the screen.
  if (stdin.isTTY)
    throw usage("--token-stdin reads from a pipe or a file, but standard input is a terminal.");
  return text(stdin);
}

// ------------------------------------------------------------ the login of a profile

async function fromProfile(profile, env) {
  const session = await sessionOf(profile, configFile(env));
  // The AWS CLI names the file like this.
  const file = `${createHash("sha1").update(session).digest("hex")}.json`;
  return new Bearer(
    () => cached(join(homedir(), ".aws/sso/cache", file), profile),
    `Type: ${login(profile)}`,
  );
}

/** What the login of a profile is kept under: its sso-session, or the start URL where the profile has none, as older ones. */
async function sessionOf(profile, file) {
  const profiles = await readProfiles(file).catch((error) => {
    throw notSignedIn(
      `${shown(file.called)} can't be read (${error.code}). ${login(profile)} needs it too.`,
    );
  });
  const session = sessionIn(profiles.get(profile));
  if (session) return session;
  throw withoutSession(profile, profiles, shown(file.called));
}

const sessionIn = (settings) => settings?.get("sso_session") || settings?.get("sso_start_url");

function withoutSession(profile, profiles, file) {
  const called = `profile "${shown(profile)}" in ${file}`;
  const what = profiles.has(profile)
    ? `The ${called} has no sso_session.`
    : `There is no ${called}.`;
  const others = [...profiles.keys()].filter((name) => sessionIn(profiles.get(name))).map(shown);
  if (others.length > 0)
    return notSignedIn(`${what} Name the one that you sign in with, --profile ${some(others)}.`);
  const name = profile === "default" ? "codecatalyst" : profile;
  return notSignedIn(
    `${what} Set one up for CodeCatalyst, as the README of this package shows, then type: ${login(name)}`,
  );
}

const some = (names) => names.slice(0, 5).join(" or ");

async function cached(path, profile) {
  const { accessToken, expiresAt } = await readLogin(path, profile);
  const isToken = typeof accessToken === "string" && /^[\x21-\x7e]+$/.test(accessToken);
  const expires = expiryOf(expiresAt);
  if (!isToken || Number.isNaN(expires)) throw unusable(profile);
  if (expires <= Date.now()) throw expired(profile, expires);
  return accessToken;
}

// An error of JSON.parse would quote the file, and so the token.
async function readLogin(path, profile, again = true) {
  try {
    return Object(JSON.parse(await readFile(path, "utf8")));
  } catch (error) {
    if (error.code === "ENOENT") throw missing(profile);
    if (!again) throw unusable(profile);
    // A login that is being renewed at this moment may be half written.
    await pause(100);
    return readLogin(path, profile, false);
  }
}

// Older versions of the AWS CLI wrote UTC where others write Z.
const expiryOf = (text) => Date.parse(String(text).replace(/UTC$/, "Z"));

const missing = (profile) =>
  notSignedIn(
    `You are not signed in with the profile "${shown(profile)}". Type: ${login(profile)}`,
  );
const unusable = (profile) =>
  notSignedIn(
    `The login of the profile "${shown(profile)}" can't be read. Type: ${login(profile)}`,
  );

function expired(profile, time) {
  const when = new Date(time)
    .toISOString()
    .replace(/:\d\d\.\d+Z$/, " UTC")
    .replace("T", " ");
  return notSignedIn(
    `The login of the profile "${shown(profile)}" expired at ${when}. Type: ${login(profile)}`,
  );
}
