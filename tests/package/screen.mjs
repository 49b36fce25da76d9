// What a terminal shows after it got this output: as far as the command line moves its cursor.

const SEQUENCE = /\x1b\[(\d*)([A-Za-z])|\r|\n|[^\x1b\r\n]+/g;

/** The lines on the screen, without blanks at their ends and blank lines at the end. */
export function screenOf(output) {
  const lines = [""];
  let row = 0;
  let column = 0;
  const put = (text) => {
    const line = (lines[row] ?? "").padEnd(column);
    lines[row] = line.slice(0, column) + text + line.slice(column + text.length);
    column += text.length;
  };
  for (const [text, , command] of output.matchAll(SEQUENCE)) {
    if (command === "A") row -= 1;
    else if (command === "K") lines[row] = (lines[row] ?? "").slice(0, column);
    else if (text === "\r") column = 0;
    else if (text === "\n") row += 1;
    else if (command === undefined) put(text);
  }
  const text = Array.from(lines, (line = "") => line.trimEnd()).join("\n");
  return text.trimEnd().split("\n");
}
