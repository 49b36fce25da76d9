// The options of all commands. Parsing, help, suggestions and shell completion are derived from these.

import { parseExpiresBefore } from "./expires-before.js";
import {
  DEFAULT_CONCURRENCY,
  DEFAULT_ENDPOINT,
  DEFAULT_TIMEOUT_S,
  MAX_ATTEMPTS,
  MAX_CONCURRENCY,
} from "./limits.js";
import { oneOf, parseConcurrency, parsePort, parseTimeout } from "./option-values.js";

/**
 * What is the same for all options.
 *
 * @typedef {object} OptionText
 * @property {string} name without the dashes
 * @property {string} [short] one letter
 * @property {string} section which part of the help it stands in
 * @property {string} help
 */

/**
 * What only options with a value have.
 *
 * @template T
 * @typedef {object} OptionValue
 * @property {string} value what the help calls the value
 * @property {string} expected what a value must be
 * @property {readonly T[]} [choices] the only values, if they can be listed
 * @property {(env: NodeJS.ProcessEnv) => Promise<string[]>} [complete] what a shell offers for the value
 * @property {(text: string) => T | undefined} parse gives `undefined` for a wrong value
 */

/** @typedef {OptionText & Partial<OptionValue<any>>} Option */
/** @typedef {keyof typeof OPTIONS} OptionKey */

/**
 * The options by their keys, as they were passed: `false` or `undefined` if they weren't.
 *
 * @typedef {{ [K in OptionKey]: (typeof OPTIONS)[K] extends OptionValue<infer T> ? T | undefined : boolean }} OptionValues
 */

/** @param {string} text */
const asTyped = (text) => text;
const anyText = { expected: "a text", parse: asTyped };

const SELECTING = "Selecting tokens";
const DELETING = "Deleting";
const OUTPUT = "Output";
const DASHBOARD = "Dashboard";
const SIGNING_IN = "Signing in";
const OTHER = "Other options";

/** The keys are the names that the program uses. */
export const OPTIONS = {
  expired: { name: "expired", section: SELECTING, help: "tokens that have expired" },
  expiresBefore: {
    name: "expires-before",
    value: "DATE",
    section: SELECTING,
    help:
      "tokens that expire before this, and those that have: a date (2026-12-20, " +
      "2026-12-20T16:31Z) or a time from now (12h, 7d, 2w). A token that never expires " +
      "doesn't match",
    expected: "a date (2026-12-20, 2026-12-20T16:31Z) or a time from now (12h, 7d, 2w)",
    parse: parseExpiresBefore,
  },
  name: {
    name: "name",
    value: "PATTERN",
    section: SELECTING,
    help:
      "tokens whose whole name matches: * matches any text, ? one character; case matters. " +
      "With another selection, a token must match both",
    ...anyText,
  },
  all: { name: "all", section: SELECTING, help: "all your tokens" },
  dryRun: {
    name: "dry-run",
    section: DELETING,
    help: "show what would be deleted, and delete nothing",
  },
  yes: {
    name: "yes",
    short: "y",
    section: DELETING,
    help:
      "don't ask. Otherwise the tokens are shown and must be confirmed; without a terminal to " +
      "ask on, nothing is deleted",
  },
  concurrency: {
    name: "concurrency",
    value: "N",
    section: DELETING,
    help: `how many deletions run at once, 1 to ${MAX_CONCURRENCY} (default ${DEFAULT_CONCURRENCY})`,
    expected: `a whole number from 1 to ${MAX_CONCURRENCY}`,
    parse: parseConcurrency,
  },
  output: {
    name: "output",
    value: "FORMAT",
    section: OUTPUT,
    help:
      "the form of results: table (the default, for people), json (one object a line), or text " +
      "(one line each, with a tab between fields)",
    ...oneOf(/** @type {const} */ (["json", "text", "table"])),
  },
  json: { name: "json", section: OUTPUT, help: "the same as --output json" },
  sort: {
    name: "sort",
    value: "KEY",
    section: OUTPUT,
    help: "the order: expires, name or id; otherwise the service's own",
    ...oneOf(/** @type {const} */ (["expires", "name", "id"])),
  },
  reverse: { name: "reverse", section: OUTPUT, help: "reverse the order" },
  quiet: {
    name: "quiet",
    section: OUTPUT,
    help: "print only failures: no line for each deletion, no progress",
  },
  sample: {
    name: "sample",
    section: DASHBOARD,
    help: "show made-up tokens of a stand-in for the service, which need no sign-in",
  },
  port: {
    name: "port",
    value: "N",
    section: DASHBOARD,
    help: "serve it on this port of this machine; without it, on any free one",
    expected: "a whole number from 0 to 65535",
    parse: parsePort,
  },
  noBrowser: {
    name: "no-browser",
    section: DASHBOARD,
    help: "only print the address. Otherwise BROWSER, or the system's browser, opens it",
  },
  askToken: {
    name: "ask-token",
    section: SIGNING_IN,
    help: "let the page ask for the bearer token, and look for no sign-in",
  },
  tokenStdin: {
    name: "token-stdin",
    section: SIGNING_IN,
    help: "read the bearer token from standard input",
  },
  profile: {
    name: "profile",
    value: "NAME",
    section: SIGNING_IN,
    help: "the login of this profile, which the AWS CLI's files name",
    complete: async (/** @type {NodeJS.ProcessEnv} */ env) =>
      (await import("./profiles.js")).profileNames(env),
    ...anyText,
  },
  endpoint: {
    name: "endpoint",
    value: "URL",
    section: OTHER,
    help:
      "send requests to this URL. Otherwise as in the AWS CLI: AWS_ENDPOINT_URL_CODECATALYST, " +
      `AWS_ENDPOINT_URL, endpoint_url of the profile (default ${DEFAULT_ENDPOINT})`,
    ...anyText,
  },
  timeoutMs: {
    name: "timeout",
    value: "SECONDS",
    section: OTHER,
    help:
      `limit of each request (default ${DEFAULT_TIMEOUT_S}). A request that fails in a way ` +
      `that may pass is sent up to ${MAX_ATTEMPTS} times`,
    expected: "a number of seconds above 0",
    parse: parseTimeout,
  },
  debug: {
    name: "debug",
    section: OTHER,
    help: "print what is sent and answered, with times, to standard error. Never the bearer token",
  },
  region: {
    name: "region",
    value: "REGION",
    section: OTHER,
    help: "ignored: CodeCatalyst is global",
    ...anyText,
  },
  help: { name: "help", short: "h", section: OTHER, help: "print the help of this command" },
  version: { name: "version", section: OTHER, help: "print the version" },
};

/** @type {Record<OptionKey, Option>} */
const TABLE = OPTIONS;

/** @param {OptionKey} key */
export const optionOf = (key) => TABLE[key];

/** @type {ReadonlyMap<string, OptionKey>} The keys, by the names on the command line. */
export const KEYS_BY_NAME = new Map(
  /** @type {OptionKey[]} */ (Object.keys(OPTIONS)).map((key) => [optionOf(key).name, key]),
);
