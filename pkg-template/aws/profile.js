// Which profile it is, and the session that it signs in with.

import { escapeInput, escapeUnsafe } from "../safe-text.js";
import { configurationError, loginCommand, quote } from "./error.js";

/** @typedef {import("./config.js").Config} Config */

/**
 * What the login of a profile is kept and renewed by.
 *
 * @typedef {{ name: string, region: string, startUrl: string }} Session
 */

/**
 * The profile: that of the option, otherwise the one that the variables name. In the order of
 * botocore, so that it is the same user whose tokens are deleted.
 *
 * # Errors
 *
 * Throws a `SignInError` if the name is empty.
 *
 * @param {string | undefined} option
 * @param {NodeJS.ProcessEnv} env
 */
export function profileName(option, env) {
  const { AWS_DEFAULT_PROFILE: first, AWS_PROFILE: second } = env;
  const name = option ?? first ?? second ?? "default";
  if (name !== "") return name;
  const [source] = Object.entries({
    "The profile's name": option,
    AWS_DEFAULT_PROFILE: first,
    AWS_PROFILE: second,
  }).find(([, value]) => value === "") ?? [""];
  throw configurationError(`${source} is empty. Unset it, or name a profile.`);
}

/**
 * The name of the session that a profile signs in with.
 *
 * # Errors
 *
 * Throws a `SignInError` if there is no such profile, or if it names no session.
 *
 * @param {string} profile
 * @param {Config} config
 */
export function sessionName(profile, config) {
  const settings = config.profiles.get(profile);
  if (!settings?.has("sso_session")) throw noSessionError(profile, config);
  return String(settings.get("sso_session"));
}

/**
 * The session of this name; nothing if the configuration has no section for it.
 *
 * # Errors
 *
 * Throws a `SignInError` if the section isn't complete.
 *
 * @param {string} name
 * @param {string} profile
 * @param {Config} config
 * @returns {Session | undefined}
 */
export function sessionOf(name, profile, config) {
  const session = config.sessions.get(name);
  if (!session) return undefined;
  if (session.size === 0) throw noSectionError(name, profile, config);
  const missing = ["sso_region", "sso_start_url"].filter((setting) => !session.has(setting));
  if (missing.length > 0)
    throw configurationError(
      `The sso-session ${quote(name)} of the profile ${quote(profile)} has no ${missing.join(" and no ")}.`,
    );
  return {
    name,
    region: String(session.get("sso_region")),
    startUrl: String(session.get("sso_start_url")),
  };
}

/**
 * The error for a session that has no section, or an empty one.
 *
 * @param {string} name
 * @param {string} profile
 * @param {Config} config
 */
export const noSectionError = (name, profile, { files }) =>
  configurationError(
    `The profile ${quote(profile)} has sso_session = ${escapeInput(name)}, but there is no [sso-session ${escapeInput(name)}] with settings in ${files}.`,
  );

/**
 * @param {string} profile
 * @param {Config} config
 */
function noSessionError(profile, { profiles, files }) {
  const title = `profile ${quote(profile)}`;
  const settings = profiles.get(profile);
  const problem = settings
    ? `The ${title} has no sso_session${settings.has("sso_start_url") ? ", only an sso_start_url as in older versions of the AWS CLI" : ""}.`
    : `There is no ${title} in ${files}.`;
  const others = [...profiles].filter(([, other]) => other.has("sso_session"));
  if (others.length > 0) {
    const names = others.slice(0, 5).map(([name]) => escapeUnsafe(name));
    return configurationError(
      `${problem} Name the one that you sign in with, --profile ${names.join(" or ")}.`,
    );
  }
  const command = loginCommand(profile === "default" ? "codecatalyst" : profile);
  const advice = "Set one up for CodeCatalyst, as the README of this package shows, then type:";
  return configurationError(`${problem} ${advice} ${command}`);
}
