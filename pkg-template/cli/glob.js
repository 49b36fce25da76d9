/**
 * Whether a pattern of `*` (any text) and `?` (one character) matches the whole text.
 *
 * Not a regular expression: with many stars that can take exponential time.
 *
 * @param {string} pattern
 * @param {string} text
 */
export function matchesGlob(pattern, text) {
  const [wanted, chars] = [[...pattern], [...text]];
  let position = 0; // in the pattern
  let star = -1; // the last star
  let resume = 0; // where the text goes on after what that star takes
  for (let index = 0; index < chars.length; ) {
    if (wanted[position] === "*") {
      [star, resume] = [position, index];
      position += 1;
    } else if (wanted[position] === "?" || wanted[position] === chars[index]) {
      position += 1;
      index += 1;
    } else if (star >= 0) {
      // The star takes one more character.
      resume += 1;
      [position, index] = [star + 1, resume];
    } else return false;
  }
  return wanted.slice(position).every((char) => char === "*");
}
