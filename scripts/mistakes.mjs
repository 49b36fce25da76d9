// The mistakes that scripts/mutate.mjs plants.

import { transform } from "esbuild";

/**
 * In all that matches `from`, which has to be code; `$&` is what was there.
 * @type {[from: RegExp, to: string][]}
 */
const MISTAKES = [
  [/ === /g, " !== "],
  [/ !== /g, " === "],
  [/ && /g, " || "],
  [/ \|\| /g, " && "],
  [/ \?\? /g, " && "],
  [/ < /g, " <= "],
  [/ > /g, " >= "],
  [/ <= /g, " < "],
  [/ >= /g, " > "],
  [/ \+ /g, " - "],
  [/ \+= /g, " -= "],
  [/\btrue\b/g, "false"],
  [/\bfalse\b/g, "true"],
  [/\bif \(/g, "if (true || "],
  [/\bif \(/g, "if (false && "],
  [/ \? /g, " && false ? "],
  [/ \? /g, " || true ? "],
  [/\?\.(?=[\w#])/g, "."],
  [/\?\.(?=[[(])/g, ""],
  [/\bawait (?!import)/g, ""],
  [/(?<=[ (])!(?=[\w#(])/g, ""],
  [/(?<=[ (])\d[\d_]*\b/g, "$& + 1"],
  [/"[^"]+"/g, '"mutant"'],
  [/\bMath\.min\b/g, "Math.max"],
  [/\bMath\.max\b/g, "Math.min"],
  [/\breturn [^;]+;$/g, "return;"],
  [/ => (?!\{$)[^;]+;$/g, " => undefined;"],
  // A statement is left out.
  [/^ +(?:await )?[\w.#?]+\([^{]*\);$/g, ";"],
  [/^ +this\.#?\w+ \??\??[+-]?= [^{]*;$/g, ";"],
  [/(?<=^ *|[)] |else )throw [^{]*;$/g, ";"],
  [/(?<=^ *|[)] |else )return;$/g, ";"],
];

const NOT_CODE = /^\s*(?:\*|\/\*|\/\/|import |export \{)/;

/**
 * A mistake: the line that has it, before and after, and the text of the file with it.
 * @typedef {{ line: number, before: string, after: string, text: string }} Mistake
 */

/**
 * All mistakes that can be planted into a file and leave it JavaScript.
 *
 * @param {string} text
 * @returns {Promise<Mistake[]>}
 */
export async function mistakesIn(text) {
  const lines = text.split("\n");
  const all = lines.flatMap((before, index) =>
    NOT_CODE.test(before)
      ? []
      : mistakesInLine(before).map((after) => ({
          ...{ line: index + 1, before, after },
          text: lines.with(index, after).join("\n"),
        })),
  );
  const valid = await Promise.all(all.map((mistake) => isJavaScript(mistake.text)));
  return all.filter((_, index) => valid[index]);
}

/** @param {string} line */
function mistakesInLine(line) {
  const found = MISTAKES.flatMap(([from, to]) =>
    [...line.matchAll(from)].map(({ 0: match, index }) => {
      const end = index + match.length;
      return line.slice(0, index) + to.replace("$&", match) + line.slice(end);
    }),
  );
  return [...new Set(found)];
}

/** @param {string} text */
const isJavaScript = (text) =>
  transform(text, { loader: "js" }).then(
    ({ warnings }) => warnings.length === 0,
    () => false,
  );
