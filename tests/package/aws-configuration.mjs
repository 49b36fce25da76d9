// How a configuration of the AWS CLI is described for a test, and made.

import { createHash } from "node:crypto";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

/**
 * @typedef {object} Configuration
 * @property {Record<string, string | Uint8Array>} files by their paths in the home folder
 * @property {Record<string, string>} [env] HOME in a value is the home folder
 * @property {string} [profile] an explicit one
 * @property {string[]} [sessions] that the user is signed in to; `s` if nothing is said
 */

/** @param {string} name */
export const session = (name) =>
  `[sso-session ${name}]\nsso_region = us-east-1\nsso_start_url = https://view.awsapps.com/start\n`;

export const S = session("s");
export const P = `[profile p]\nsso_session = s\n${S}`;
export const two = `[profile p]\nsso_session = s\n[profile q]\nsso_session = t\n${S}${session("t")}`;

/** @param {string} config @param {Partial<Configuration>} [rest] @returns {Configuration} */
export const config = (config, rest) => ({
  files: { ".aws/config": config },
  profile: "p",
  ...rest,
});

/** @param {string} lines settings of the profile @param {string} [name] of the session */
export const setting = (lines, name = "s") =>
  config(`[profile p]\n${lines}\n${session(name.includes('"') ? `'${name}'` : `"${name}"`)}`, {
    sessions: [name],
  });

/** @param {string} heading of the profile @param {string} profile */
export const heading = (heading, profile) =>
  config(`${heading}\nsso_session = s\n${S}`, { profile });

/** @param {unknown} login what the cache holds for the session */
export const cached = (login) => {
  const text = typeof login === "string" ? login : JSON.stringify(login);
  return config(P, { files: { ".aws/config": P, [cacheFile("s")]: text }, sessions: [] });
};

export const login = { accessToken: "token-of-s", expiresAt: "2099-01-01T00:00:00Z" };

/** Where the AWS CLI keeps the login of a session, in the home folder. @param {string} session */
function cacheFile(session) {
  return `.aws/sso/cache/${createHash("sha1").update(session).digest("hex")}.json`;
}

/**
 * Makes a home folder with the configuration, and gives the environment for it.
 *
 * @param {string} home
 * @param {Configuration} configuration
 * @returns {Promise<NodeJS.ProcessEnv>}
 */
export async function makeHome(home, { files, env = {}, sessions = ["s"] }) {
  await rm(home, { recursive: true, force: true });
  const logins = sessions.map((name) => [
    cacheFile(name),
    JSON.stringify({ ...login, accessToken: `token-of-${encodeURIComponent(name)}` }),
  ]);
  for (const [path, content] of Object.entries({ ...Object.fromEntries(logins), ...files })) {
    await mkdir(dirname(join(home, path)), { recursive: true });
    await writeFile(join(home, path), content);
  }
  const values = Object.entries(env).map(([name, value]) => [
    name,
    value.startsWith("HOME") ? value.replace("HOME", home) : value,
  ]);
  return { HOME: home, USERPROFILE: home, ...Object.fromEntries(values) };
}
