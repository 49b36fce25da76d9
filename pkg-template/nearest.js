// The name that was probably meant, for options of the library and of the command line.

/** A shorter text is the start of too many words. */
const MIN_START_LENGTH = 4;

/** No name is so long, and the search takes time that grows with the length. */
const MAX_LENGTH = 64;

/**
 * The word that was probably meant: one that starts the same, or differs by one or two typos. Case is
 * ignored.
 *
 * @param {string} word
 * @param {string[]} words
 */
export function nearest(word, words) {
  if (word.length > MAX_LENGTH) return undefined;
  const typed = word.toLowerCase();
  const known = words.map((other) => other.toLowerCase());
  const extended = known.findIndex(
    (other) =>
      typed.startsWith(`${other}-`) ||
      (typed.length >= MIN_START_LENGTH && other.startsWith(typed)),
  );
  if (extended >= 0) return words[extended];
  const distances = known.map((other) => editDistance(typed, other));
  const smallest = Math.min(...distances);
  return smallest <= Math.min(2, typed.length / 2) ? words[distances.indexOf(smallest)] : undefined;
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
