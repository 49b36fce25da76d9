// Configurations of the AWS CLI, common and odd. What botocore makes of each is recorded in
// fixtures/botocore.json by tests/long/botocore.mjs.

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
const session = (name) =>
  `[sso-session ${name}]\nsso_region = us-east-1\nsso_start_url = https://view.awsapps.com/start\n`;

const S = session("s");
const P = `[profile p]\nsso_session = s\n${S}`;
const two = `[profile p]\nsso_session = s\n[profile q]\nsso_session = t\n${S}${session("t")}`;

/** @param {string} config @param {Partial<Configuration>} [rest] @returns {Configuration} */
const config = (config, rest) => ({ files: { ".aws/config": config }, profile: "p", ...rest });

/** @param {string} lines settings of the profile @param {string} [name] of the session */
const setting = (lines, name = "s") =>
  config(`[profile p]\n${lines}\n${session(name.includes('"') ? `'${name}'` : `"${name}"`)}`, {
    sessions: [name],
  });

/** @param {string} heading of the profile @param {string} profile */
const heading = (heading, profile) => config(`${heading}\nsso_session = s\n${S}`, { profile });

/** @param {unknown} login what the cache holds for the session */
const cached = (login) => {
  const text = typeof login === "string" ? login : JSON.stringify(login);
  return config(P, { files: { ".aws/config": P, [cacheFile("s")]: text }, sessions: [] });
};

const login = { accessToken: "token-of-s", expiresAt: "2099-01-01T00:00:00Z" };

/** @type {Record<string, Configuration>} */
export const CONFIGURATIONS = {
  // -------------------------------------------------------------- which profile
  "an explicit profile": config(P),
  "no profile: default": { files: { ".aws/config": `[default]\nsso_session = s\n${S}` } },
  AWS_PROFILE: config(P, { profile: undefined, env: { AWS_PROFILE: "p" } }),
  AWS_DEFAULT_PROFILE: config(P, { profile: undefined, env: { AWS_DEFAULT_PROFILE: "p" } }),
  "AWS_DEFAULT_PROFILE comes before AWS_PROFILE": config(two, {
    profile: undefined,
    env: { AWS_DEFAULT_PROFILE: "p", AWS_PROFILE: "q" },
    sessions: ["s", "t"],
  }),
  "an explicit profile comes before both": config(two, {
    env: { AWS_DEFAULT_PROFILE: "q", AWS_PROFILE: "q" },
    sessions: ["s", "t"],
  }),
  "an empty AWS_PROFILE": {
    files: { ".aws/config": `[default]\nsso_session = s\n${S}` },
    env: { AWS_PROFILE: "" },
  },
  "an empty AWS_DEFAULT_PROFILE hides AWS_PROFILE": config(P, {
    profile: undefined,
    env: { AWS_DEFAULT_PROFILE: "", AWS_PROFILE: "p" },
  }),
  "a profile that doesn't exist": config(P, { profile: "q" }),
  "the case of a profile matters": config(P, { profile: "P" }),
  "a profile without a session": setting("region = us-west-2"),
  "a profile of the older form, with a start URL": config(
    "[profile p]\nsso_start_url = https://view.awsapps.com/start\nsso_region = us-east-1\n",
    { sessions: ["https://view.awsapps.com/start"] },
  ),
  AWS_BEARER_TOKEN_CODECATALYST: config(P, {
    profile: undefined,
    env: { AWS_BEARER_TOKEN_CODECATALYST: "token-of-the-variable", AWS_PROFILE: "p" },
  }),
  "no file at all": { files: {} },

  // ---------------------------------------------------------- the credentials file
  "a profile in the credentials file": {
    files: { ".aws/config": S, ".aws/credentials": "[p]\nsso_session = s\n" },
    profile: "p",
  },
  "the credentials file wins, setting by setting": {
    files: { ".aws/config": two, ".aws/credentials": "[p]\nsso_session = t\n" },
    profile: "p",
    sessions: ["s", "t"],
  },
  "a profile in both files keeps what only one of them sets": {
    files: { ".aws/config": P, ".aws/credentials": "[p]\nregion = x\n" },
    profile: "p",
  },
  "names in the credentials file are whole": {
    files: { ".aws/config": S, ".aws/credentials": "[profile p]\nsso_session = s\n" },
    profile: "p",
  },
  "names in the credentials file aren't unquoted": {
    files: { ".aws/config": S, ".aws/credentials": '["p"]\nsso_session = s\n' },
    profile: '"p"',
  },
  "a session in the credentials file doesn't count": {
    files: { ".aws/config": "[profile p]\nsso_session = s\n", ".aws/credentials": S },
    profile: "p",
  },
  "the credentials file without a configuration": {
    files: { ".aws/credentials": `[p]\nsso_session = s\n${S}` },
    profile: "p",
  },
  "a broken credentials file": {
    files: { ".aws/config": P, ".aws/credentials": "nonsense\n" },
    profile: "p",
  },
  AWS_SHARED_CREDENTIALS_FILE: {
    files: { ".aws/config": S, mine: "[p]\nsso_session = s\n" },
    env: { AWS_SHARED_CREDENTIALS_FILE: "HOME/mine" },
    profile: "p",
  },

  // --------------------------------------------------------------------- paths
  AWS_CONFIG_FILE: { files: { mine: P }, env: { AWS_CONFIG_FILE: "HOME/mine" }, profile: "p" },
  "AWS_CONFIG_FILE with a tilde": {
    files: { mine: P },
    env: { AWS_CONFIG_FILE: "~/mine" },
    profile: "p",
  },
  "AWS_CONFIG_FILE with $HOME": {
    files: { mine: P },
    env: { AWS_CONFIG_FILE: "$HOME/mine" },
    profile: "p",
  },
  "AWS_CONFIG_FILE with a variable in braces": {
    files: { "a/mine": P },
    env: { AWS_CONFIG_FILE: "~/$" + "{PLACE}/mine", PLACE: "a" },
    profile: "p",
  },
  "AWS_CONFIG_FILE with a tilde in a variable": {
    files: { mine: P },
    env: { AWS_CONFIG_FILE: "$PLACE/mine", PLACE: "~" },
    profile: "p",
  },
  "AWS_CONFIG_FILE with an unknown variable": {
    files: { "$NONE/mine": P },
    env: { AWS_CONFIG_FILE: "~/$NONE/mine" },
    profile: "p",
  },
  "AWS_CONFIG_FILE names no file": { files: {}, env: { AWS_CONFIG_FILE: "~/none" }, profile: "p" },
  "AWS_CONFIG_FILE names a folder": {
    files: { "a/b": "" },
    env: { AWS_CONFIG_FILE: "~/a" },
    profile: "p",
  },
  "an empty AWS_CONFIG_FILE": config(P, { env: { AWS_CONFIG_FILE: "" } }),

  // ------------------------------------------------------------- names of sections
  "a name in double quotes": heading('[profile "a b"]', "a b"),
  "a name in single quotes": heading("[profile 'a b']", "a b"),
  "a name with an escaped space": heading("[profile a\\ b]", "a b"),
  "a name that is quoted in part": heading("[profile a' 'b]", "a b"),
  "a quote in a name": heading('[profile "a\\"b"]', 'a"b'),
  "a backslash in a quoted name": heading('[profile "a\\b"]', "a\\b"),
  "a backslash in single quotes": heading("[profile 'a\\b']", "a\\b"),
  "a quote that isn't closed": heading("[profile 'p]", "p"),
  "a backslash at the end of a name": heading("[profile p\\]", "p"),
  "a name of two words": heading("[profile a b]", "a b"),
  "an empty name": heading('[profile ""]', ""),
  "spaces around a name": heading("[profile   p  ]", "p"),
  "a tab before a name": heading("[profile\tp]", "p"),
  "a space before the word profile": heading("[ profile p]", "p"),
  "a section without the word profile": heading("[p]", "p"),
  "another word that begins with profile": heading("[profiles p]", "p"),
  "the word profile in upper case": heading("[PROFILE p]", "p"),
  "text after a heading": heading("[profile p] ; mine", "p"),
  "text with a bracket after a heading": heading("[profile p] ; [mine]", "p"),
  "a bracket in a name": heading("[profile p]q]", "p]q"),
  "a name with letters of other scripts": heading("[profile übung]", "übung"),
  "a session in quotes": config(`[profile p]\nsso_session = a b\n${session('"a b"')}`, {
    sessions: ["a b"],
  }),
  "default and profile default: the later one counts alone": config(
    `[default]\nsso_session = s\n[profile default]\nregion = x\n${S}`,
    { profile: "default" },
  ),
  "profile default, then default": config(
    `[profile default]\nregion = x\n[default]\nsso_session = s\n${S}`,
    { profile: "default" },
  ),
  "one name in two spellings: the later one counts alone": config(
    `[profile p]\nsso_session = s\n[profile "p"]\nregion = x\n${S}`,
  ),

  // -------------------------------------------------------------------- settings
  "the case of settings": setting("SSO_Session = s"),
  "a colon in place of the sign of equality": setting("sso_session: s"),
  "no spaces": setting("sso_session=s"),
  "a value with signs of equality": setting("sso_session = a=b:c", "a=b:c"),
  "a comment after a value belongs to it": setting("sso_session = s # mine", "s # mine"),
  "a comment after a value belongs to it, also a semicolon": setting(
    "sso_session = s ; mine",
    "s ; mine",
  ),
  "quotes around a value belong to it": setting('sso_session = "s"', '"s"'),
  "spaces around a value": setting("sso_session =    s   \t"),
  "a no-break space around a value": setting("sso_session = \u00a0s\u00a0"),
  "comments are whole lines": setting("# c\n; c\n  # c\nsso_session = s\n"),
  "an empty value": setting("sso_session ="),
  "a setting twice": setting("sso_session = s\nsso_session = s"),
  "a setting twice, in another case": setting("sso_session = s\nSSO_SESSION = s"),
  "a section twice": config(`${P}[profile p]\nregion = x\n`),
  "a line that is no setting": setting("sso_session = s\nnonsense"),
  "a setting without a name": setting("sso_session = s\n= x"),
  "a setting before the first section": config(`x = 1\n${P}`),
  "a section DEFAULT is a part of all others": config(
    `[DEFAULT]\nsso_session = s\nsso_region = us-east-1\nsso_start_url = https://x/\n[profile p]\n[sso-session s]\n`,
  ),
  "nested settings aren't those of the profile": setting(
    "s3 =\n  sso_session = t\nsso_session = s",
  ),
  "nested settings only": setting("s3 =\n  sso_session = s"),
  "a nested line that is no setting": setting("sso_session = s\ns3 =\n  nonsense"),
  "a nested setting with a colon": setting("sso_session = s\ns3 =\n  a: b"),
  "a value that goes on in the next line": setting("sso_session = s\n  t"),
  "a value that goes on after an empty line": setting("sso_session = s\n\n  t"),
  "a value that goes on after a comment": setting("sso_session = s\n# c\n  t"),
  "a heading that is indented goes on with the value above": config(
    `[profile q]\nregion = x\n  [profile p]\nsso_session = s\n${S}`,
  ),
  "a file that is indented as a whole": config(P.replaceAll(/^(?=.)/gm, "  ")),
  "the first setting of a section may be indented": setting("    region = x\n  sso_session = s"),

  // ----------------------------------------------------------------------- lines
  "lines of Windows": config(P.replaceAll("\n", "\r\n")),
  "lines of old Macs": config(P.replaceAll("\n", "\r")),
  "a form feed doesn't end a line": setting("sso_session = s\fregion = x", "s\fregion = x"),
  "a line separator doesn't end a line": setting("sso_session = s\u2028t", "s\u2028t"),
  "a byte order mark": config(`\ufeff${P}`),
  "a byte order mark before a comment": config(`\ufeff# mine\n${P}`),
  "bytes that are no UTF-8": config("", {
    files: { ".aws/config": Buffer.concat([Buffer.from(P), Buffer.from([0x23, 0xff, 0x0a])]) },
  }),
  "an empty file": config(""),

  // -------------------------------------------------------------------- sessions
  "a session that doesn't exist": config("[profile p]\nsso_session = s\n"),
  "a session without settings": config("[profile p]\nsso_session = s\n[sso-session s]\n"),
  "a session without a region": config(
    "[profile p]\nsso_session = s\n[sso-session s]\nsso_start_url = https://x/\n",
  ),
  "a session without a start URL": config(
    "[profile p]\nsso_session = s\n[sso-session s]\nsso_region = us-east-1\n",
  ),
  "the case of a session matters": setting("sso_session = S"),
  "another word that begins with sso-session": config(
    P.replace("[sso-session s]", "[sso-sessions s]"),
  ),

  // ----------------------------------------------------------------------- cache
  "not signed in": config(P, { sessions: [] }),
  "an older form of the time": cached({ ...login, expiresAt: "2099-01-01T00:00:00UTC" }),
  "a time with an offset": cached({ ...login, expiresAt: "2099-01-01T00:00:00+02:00" }),
  "a time with fractions": cached({ ...login, expiresAt: "2099-01-01T00:00:00.123Z" }),
  "a time without a zone": cached({ ...login, expiresAt: "2099-01-01T00:00:00" }),
  "a time that is none": cached({ ...login, expiresAt: "soon" }),
  "no time": cached({ accessToken: login.accessToken }),
  "no token": cached({ expiresAt: login.expiresAt }),
  "a token that expired long ago": cached({ ...login, expiresAt: "2020-01-01T00:00:00Z" }),
  "a cache file with a byte order mark": cached(`\ufeff${JSON.stringify(login)}`),
  "a cache file that is no JSON": cached("{"),
  "a cache file that holds a list": cached([]),
  "an empty cache file": cached(""),

  // ------------------------------------------------------------------- endpoints
  AWS_ENDPOINT_URL: config(P, { env: { AWS_ENDPOINT_URL: "https://all.example" } }),
  "AWS_ENDPOINT_URL_CODECATALYST comes before AWS_ENDPOINT_URL": config(P, {
    env: {
      AWS_ENDPOINT_URL: "https://all.example",
      AWS_ENDPOINT_URL_CODECATALYST: "https://one.example",
    },
  }),
  "an empty endpoint is none": config(P, {
    env: { AWS_ENDPOINT_URL: "https://all.example", AWS_ENDPOINT_URL_CODECATALYST: "" },
  }),
  AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: config(P, {
    env: { AWS_ENDPOINT_URL: "https://all.example", AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: "True" },
  }),
  "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS with another word": config(P, {
    env: { AWS_ENDPOINT_URL: "https://all.example", AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: "1" },
  }),
  "an endpoint in the profile": setting("sso_session = s\nendpoint_url = https://profile.example"),
  "an endpoint of the service in the profile": config(
    `${P.replace("\n", "\nservices = mine\nendpoint_url = https://profile.example\n")}[services mine]\ncodecatalyst =\n  endpoint_url = https://services.example\n`,
  ),
  "services that don't exist": setting("sso_session = s\nservices = mine"),
  "a variable comes before the profile's endpoint": config(
    P.replace("\n", "\nendpoint_url = https://profile.example\n"),
    { env: { AWS_ENDPOINT_URL: "https://all.example" } },
  ),
  "ignore_configured_endpoint_urls in the profile": setting(
    "sso_session = s\nendpoint_url = https://profile.example\nignore_configured_endpoint_urls = true",
  ),
};

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
