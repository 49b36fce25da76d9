/**
 * The word that was probably meant: one that starts the same, or differs by one or two typos.
 *
 * @param {string} word
 * @param {string[]} words
 */
export function nearest(word, words) {
  const extension = words.find(
    (known) => word.length > 1 && (known.startsWith(word) || word.startsWith(`${known}-`)),
  );
  if (extension) return extension;
  const distances = words.map((known) => editDistance(word, known));
  const smallest = Math.min(...distances);
  return smallest <= Math.min(2, word.length / 2) ? words[distances.indexOf(smallest)] : undefined;
}

/**
 * How many characters must be inserted, deleted, replaced or swapped with their neighbour
 * ([optimal string alignment](https://en.wikipedia.org/wiki/Damerau–Levenshtein_distance)).
 *
 * @param {string} from
 * @param {string} to
 */
function editDistance(from, to) {
  /** @type {number[]} */
  let beforeLast = [];
  let last = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let row = 1; row <= from.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= to.length; column += 1) {
      const isSame = from[row - 1] === to[column - 1];
      const isSwap = from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      current[column] = Math.min(
        at(last, column - 1) + (isSame ? 0 : 1),
        at(last, column) + 1,
        at(current, column - 1) + 1,
        isSwap ? at(beforeLast, column - 2) + 1 : Infinity,
      );
    }
    [beforeLast, last] = [last, current];
  }
  return at(last, to.length);
}

/** @param {number[]} row @param {number} column */
const at = (row, column) => row[column] ?? Infinity;
