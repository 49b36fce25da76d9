// The login that `aws sso login` leaves for a profile.

import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { configFile, errorCode, readProfiles } from "./aws-config.js";
import { notSignedInError } from "./cli-error.js";
import { escapeInput, escapeUnsafe } from "./format.js";

/** @typedef {import("./aws-config.js").Settings} Settings */

// Another process may be writing the file: it is read once more after this time.
const REREAD_MS = 100;

/**
 * Whether the library would send this text as a bearer token: visible ASCII.
 *
 * @param {unknown} text
 * @returns {text is string}
 */
export const isBearerToken = (text) => typeof text === "string" && /^[\x21-\x7e]+$/.test(text);

/**
 * The command that renews the login of a profile.
 *
 * @param {string} profile
 */
export function loginCommand(profile) {
  if (profile === "default") return "aws sso login";
  const name = escapeInput(profile);
  const isPlain = /^[\w.@:+-]+$/.test(name);
  return `aws sso login --profile ${isPlain ? name : JSON.stringify(name)}`;
}

/**
 * The file in which the AWS CLI keeps the login of a profile, and its name to show to the user.
 *
 * @param {string} profile
 * @param {NodeJS.ProcessEnv} env
 */
export async function ssoCacheFile(profile, env) {
  const session = await findSession(profile, configFile(env));
  // botocore names the file like this.
  const name = `${createHash("sha1").update(session).digest("hex")}.json`;
  const path = join(homedir(), ".aws/sso/cache", name);
  return { path, displayName: `~/.aws/sso/cache/${name}` };
}

/**
 * @param {string} profile
 * @param {{ path: string, displayName: string }} file
 */
async function findSession(profile, { path, displayName }) {
  const file = escapeUnsafe(displayName);
  const profiles = await readProfiles(path).catch((error) => {
    throw notSignedInError(
      `${file} can't be read (${errorCode(error)}). ${loginCommand(profile)} needs it too.`,
    );
  });
  const session = sessionOf(profiles.get(profile));
  if (session) return session;
  throw noSessionError(profile, profiles, file);
}

/**
 * What the login is stored under: the sso-session, or the start URL in profiles of the older form.
 *
 * @param {Settings | undefined} settings
 */
const sessionOf = (settings) => settings?.get("sso_session") || settings?.get("sso_start_url");

/**
 * @param {string} profile
 * @param {Map<string, Settings>} profiles
 * @param {string} file
 */
function noSessionError(profile, profiles, file) {
  const title = `profile "${escapeInput(profile)}" in ${file}`;
  const problem = profiles.has(profile)
    ? `The ${title} has no sso_session.`
    : `There is no ${title}.`;
  const others = [...profiles].filter(([, settings]) => sessionOf(settings)).map(([name]) => name);
  if (others.length > 0) {
    const names = others.slice(0, 5).map(escapeUnsafe).join(" or ");
    return notSignedInError(`${problem} Name the one that you sign in with, --profile ${names}.`);
  }
  const command = loginCommand(profile === "default" ? "codecatalyst" : profile);
  const advice = "Set one up for CodeCatalyst, as the README of this package shows, then type:";
  return notSignedInError(`${problem} ${advice} ${command}`);
}

/**
 * Reads the token. Throws a `CliError` if there is none or it has expired.
 *
 * @param {string} file
 * @param {string} profile
 */
export async function readSsoToken(file, profile) {
  const { accessToken, expiresAt } = await readLogin(file, profile);
  const expiresMs = parseExpiry(expiresAt);
  if (!isBearerToken(accessToken) || Number.isNaN(expiresMs)) throw unreadableError(profile);
  if (expiresMs <= Date.now()) throw expiredError(profile, expiresMs);
  return accessToken;
}

/**
 * @param {string} file
 * @param {string} profile
 * @returns {Promise<{ accessToken?: unknown, expiresAt?: unknown }>}
 */
async function readLogin(file, profile, isLastTry = false) {
  try {
    return Object(JSON.parse(await readFile(file, "utf8")));
  } catch (error) {
    // The error itself is dropped: that of JSON.parse quotes the file, and so the token.
    if (errorCode(error) === "ENOENT") throw missingError(profile);
    if (isLastTry) throw unreadableError(profile);
    await pause(REREAD_MS);
    return readLogin(file, profile, true);
  }
}

/**
 * Older versions of the AWS CLI wrote UTC in place of Z.
 *
 * @param {unknown} text
 */
const parseExpiry = (text) => Date.parse(String(text).replace(/UTC$/, "Z"));

/** @param {string} profile */
const missingError = (profile) =>
  loginError(`You are not signed in with the profile "${escapeInput(profile)}".`, profile);

/** @param {string} profile */
const unreadableError = (profile) =>
  loginError(`The login of the profile "${escapeInput(profile)}" can't be read.`, profile);

/**
 * @param {string} profile
 * @param {number} timeMs
 */
function expiredError(profile, timeMs) {
  const time = new Date(timeMs).toISOString().replace("T", " ").slice(0, "2026-11-25 12:00".length);
  const message = `The login of the profile "${escapeInput(profile)}" expired at ${time} UTC.`;
  return loginError(message, profile);
}

/**
 * @param {string} message
 * @param {string} profile
 */
const loginError = (message, profile) =>
  notSignedInError(`${message} Type: ${loginCommand(profile)}`);
