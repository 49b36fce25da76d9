// Configurations of the AWS CLI: settings, sessions, what the cache holds, and endpoints.

import { cached, config, login, P, S, setting } from "./aws-configuration.mjs";

/** @type {Record<string, import("./aws-configuration.mjs").Configuration>} */
export const SETTINGS = {
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
  "nested settings after an empty line": setting("s3 =\n\n  sso_session = t\nsso_session = s"),
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
  "a session that doesn't exist": config("[profile p]\nsso_session = s\n", { sessions: [] }),
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
