// Configurations of the AWS CLI: profiles, the files that they are in, and the names of sections.

import { config, heading, P, S, session, setting, two } from "./aws-configuration.mjs";

/** @type {Record<string, import("./aws-configuration.mjs").Configuration>} */
export const PROFILES = {
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
    sessions: [],
  },
  "the credentials file without a configuration": {
    files: { ".aws/credentials": `[p]\nsso_session = s\n${S}` },
    profile: "p",
    sessions: [],
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
  "a name of two words": heading("[profile a b]", "a"),
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
};
