// The names in headings, such as [profile "my own"], split into words as a shell does.

const WORD = String.raw`(?:\\.|"(?:\\.|[^"\\])*"|'[^']*'|[^ \t\r\n\\"'])+`;
const WORDS = new RegExp(`^[ \\t\\r\\n]*(?:${WORD}(?:[ \\t\\r\\n]+|$))*$`, "s");
const PART = /\\(.)|"((?:\\.|[^"\\])*)"|'([^']*)'|([^\\"']+)/gs;

/**
 * The second of two words, without its quotes and backslashes: the name. None if there are more or
 * fewer words, or a quote isn't closed.
 *
 * @param {string} heading
 */
export function sectionName(heading) {
  if (!WORDS.test(heading)) return undefined;
  const [, name, third] = heading.match(new RegExp(WORD, "gs")) ?? [];
  return third === undefined ? name?.replace(PART, unquote) : undefined;
}

/**
 * @param {string} _
 * @param {string | undefined} escaped
 * @param {string | undefined} inDoubleQuotes
 * @param {string | undefined} inSingleQuotes
 * @param {string | undefined} plain
 */
const unquote = (_, escaped, inDoubleQuotes, inSingleQuotes, plain) =>
  escaped ?? inDoubleQuotes?.replace(/\\(["\\])/g, "$1") ?? inSingleQuotes ?? plain ?? "";
