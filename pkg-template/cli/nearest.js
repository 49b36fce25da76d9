/** The word that was probably meant: one that begins like it, or differs by a slip of the keyboard or two. */
export function nearest(word, words) {
  const begun = words.find(
    (known) => word.length > 1 && (known.startsWith(word) || word.startsWith(`${known}-`)),
  );
  if (begun) return begun;
  const [best] = words.map((known) => [distance(word, known), known]).sort(([a], [b]) => a - b);
  return best[0] <= Math.min(2, word.length / 2) ? best[1] : undefined;
}

/** How many characters must be put in, left out, replaced or swapped with their neighbour. */
function distance(from, to) {
  const rows = [Array.from({ length: to.length + 1 }, (_, column) => column)];
  for (let row = 1; row <= from.length; row += 1) {
    rows.push([row]);
    for (let column = 1; column <= to.length; column += 1)
      rows[row].push(cost(rows, row, column, from, to));
  }
  return rows[from.length][to.length];
}

function cost(rows, row, column, from, to) {
  const replaced = rows[row - 1][column - 1] + (from[row - 1] === to[column - 1] ? 0 : 1);
  const isSwap =
    row > 1 && column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
  const swapped = isSwap ? rows[row - 2][column - 2] + 1 : Infinity;
  return Math.min(replaced, swapped, rows[row - 1][column] + 1, rows[row][column - 1] + 1);
}
