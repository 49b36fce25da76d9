// The bearer token in what was pasted. It uses neither the document nor the network.

/**
 * @typedef {object} Pasted
 * @property {string} token
 * @property {Date} [expiresAt]  if what was pasted tells
 *
 * @typedef {object} Misfit  what can't be understood
 * @property {string} seen  what it looks like; never the text itself
 */

/**
 * Finds the bearer token: alone, after "Bearer", in a command that sets the variable, or in the text
 * of a file or an output with an accessToken. Quotes around it don't count, nor do the line breaks and
 * spaces of a terminal that was too narrow.
 *
 * It never gives more than the token. What may be another secret is a misfit.
 * @param {string} text
 * @returns {Pasted | Misfit}
 */
export function readPasted(text) {
  const visible = text.replace(INVISIBLE, "").trim();
  return readFiles(visible) ?? readAfterName(visible) ?? readToken(visible);
}

// Some programs add them when they copy.
const INVISIBLE = /\p{Cf}/gu;
const SPACES = /\s+/g;

// ------------------------------------------------------------------ files and outputs

const IS_FILE = /^[{[]|\baccess_?token["']?\s*[:=]/i;
const TOKEN = /\baccess_?token["']?\s*[:=]\s*(["'])(.+?)\1/i;
const EXPIRY = /\bexpires_?at["']?\s*[:=]\s*["'](.+?)["']/i;

/**
 * The token in the text of one file or of several, or in what a program printed.
 * @param {string} text
 */
function readFiles(text) {
  if (!IS_FILE.test(text)) return undefined;
  // A terminal may have broken a value in two.
  const line = text.replace(/\s*[\r\n]\s*/g, "");
  const found = splitFiles(line).flatMap(readFile);
  if (found.length === 1) return found[0];
  return { seen: found.length > 1 ? `${found.length} sign-ins` : kindOf(line, FILES) };
}

/**
 * Cache files are flat, so that several can be told from one.
 * @param {string} line
 */
const splitFiles = (line) =>
  /^(\{[^{}]*\}\s*)+$/.test(line) ? (line.match(/\{[^{}]*\}/g) ?? []) : [line];

/**
 * @param {string} line
 * @returns {Pasted[]} one or none
 */
function readFile(line) {
  const value = TOKEN.exec(line)?.[2];
  if (value === undefined) return [];
  const token = value.replace(SPACES, "").replaceAll("\\/", "/");
  // Older versions of the AWS CLI write "UTC".
  const expiresAt = new Date(EXPIRY.exec(line)?.[1]?.replace(/UTC$/, "Z") ?? "");
  return [Number.isNaN(expiresAt.getTime()) ? { token } : { token, expiresAt }];
}

/** @type {[pattern: RegExp, kind: string][]} */
const FILES = [
  [/access_?token/i, "a part of the file, which ends within the token"],
  [/access_?key/i, "access keys of AWS"],
  [/clientSecret/, "the registration of a client, from the file next to the right one"],
  [/"secret"/, "a personal access token, which is for Git"],
  [/(?:)/, "a file without an accessToken"],
];

// ------------------------------------------------------------------------- after a name

const QUOTES = "\"'`´“”„‘’‚«»‹›";
const NAME =
  /AWS_BEARER_TOKEN_CODECATALYST\b["']?(?:\s*[=:]\s*|\s+|$)|authorization["']?\s*[:=]\s*["']?bearer\s+/i;

/**
 * The token that is given to the variable or sent in the header. As in a shell, it ends at its quote,
 * or else at a space.
 * @param {string} text
 */
function readAfterName(text) {
  const match = NAME.exec(text);
  if (!match) return undefined;
  const rest = text.slice(match.index + match[0].length);
  const [, quote, quoted] = /^(["'])([^"']*)/.exec(rest) ?? [];
  if (quote) return readToken(quoted.replace(SPACES, ""));
  const [value] = rest.split(/["']/);
  return readToken(isWrapped(value.trim().split(SPACES)) ? value : value.split(SPACES)[0]);
}

// ---------------------------------------------------------------------------- the token

/**
 * @param {string} text
 * @returns {Pasted | Misfit}
 */
function readToken(text) {
  const lines = trimQuotes(trimQuotes(text).replace(/^bearer\s+/i, "")).split(SPACES);
  const token = lines.join("");
  const seen = isWrapped(lines) ? kindOf(token, TOKENS) : kindOf(text, TEXTS);
  return seen === "" ? { token } : { seen };
}

/** @param {string} text */
const trimQuotes = (text) =>
  text
    .trim()
    .replace(new RegExp(`^[${QUOTES}]+|[${QUOTES};,]+$`, "g"), "")
    .trim();

// Lines of a terminal. Other secrets are shorter, and tokens in one piece may be longer.
const MIN_LINE_LENGTH = 30;
const MAX_LINE_LENGTH = 500;
// Of what the first line may begin with: a prompt, or the variable's name.
const MAX_PREFIX_LENGTH = 50;

/**
 * Whether these are the lines of one token: as long as each other, but for the first and the last.
 * @param {string[]} lines
 */
function isWrapped(lines) {
  const [first, ...middle] = lines.slice(0, -1);
  if (first === undefined) return true;
  const width = middle[0]?.length ?? first.length + MAX_PREFIX_LENGTH;
  return (
    first.length >= Math.max(MIN_LINE_LENGTH, width - MAX_PREFIX_LENGTH) &&
    Math.max(...lines.map(({ length }) => length)) <= Math.min(width, MAX_LINE_LENGTH) &&
    middle.every(({ length }) => length === width) &&
    !lines.some((line) => /^\w+=[^=]/.test(line))
  );
}

/** @type {[pattern: RegExp, kind: string][]} */
const TEXTS = [
  [/^\s*(?:export|setx?|declare|env|\$env:|\w+\s*=)/i, "another variable"],
  [/(?:)/, "several words"],
];

/** @type {[pattern: RegExp, kind: string][]} */
const TOKENS = [
  [/^$/, "an empty text"],
  [/^(?:https?|file):\/\//i, "a link"],
  [/^~|\.json$|[\\/]\.aws[\\/]/, "the path of a file"],
  [/^A[KS]IA[A-Z0-9]{16}$/, "an access key of AWS"],
  [/^\w+_\w+=[^=]/, "another variable"],
  [/^[$%]\w+%?$/, "the name of a variable"],
  [/…|\.\.\.|\*{3}|•{3}/, "a token that was shortened"],
  [/[^\x21-\x7e]/, "text with characters that no token has"],
  [/(?:)/, ""],
];

/**
 * @param {string} text
 * @param {[pattern: RegExp, kind: string][]} kinds
 */
const kindOf = (text, kinds) => kinds.find(([pattern]) => pattern.test(text))?.[1] ?? "";
