// Standard output for results, standard error for everything said to a person, and a line of progress that makes way for both.

const STYLES = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33 };
const CLEAR = "\r\x1b[K";

/** Gives a function that colours text for a stream: on a terminal only, and not where NO_COLOR says otherwise. */
function painter(stream, env) {
  const colored = Boolean(stream.isTTY && !env.NO_COLOR && stream.hasColors());
  return (style, text) => (colored && style ? `\x1b[${STYLES[style]}m${text}\x1b[0m` : text);
}

export class Screen {
  quiet = false;
  /** Why results can't be written any more. */
  broken;
  #stdout;
  #stderr;
  #status = "";

  constructor({ stdin, stdout, stderr, env }) {
    this.#stdout = stdout;
    this.#stderr = stderr;
    this.paint = painter(stdout, env);
    this.paintError = painter(stderr, env);
    /** Whether there is somebody who can be asked. */
    this.canAsk = Boolean(stdin.isTTY && stderr.isTTY);
    this.showsProgress = Boolean(stderr.isTTY && env.TERM !== "dumb");
    stdout.on("error", (error) => (this.broken ??= error));
    // Nobody is left to be told.
    stderr.on("error", () => {});
  }

  /** Writes a result. Resolves once it is written, so that a slow reader holds the work back. */
  print(line) {
    if (this.broken) return undefined;
    const isShared = this.#stdout.isTTY;
    if (isShared) this.#erase();
    const written = write(this.#stdout, line);
    if (isShared) this.#draw();
    return written;
  }

  /** Says something to the person. */
  say(line) {
    this.#erase();
    const written = write(this.#stderr, line);
    this.#draw();
    return written;
  }

  complain(line) {
    return this.say(`${this.paintError("red", "codecatalyst-pat:")} ${line}`);
  }

  /** A question, whose answer is typed on the same line. */
  ask(question) {
    this.#stderr.write(`${this.paintError("bold", question)} `);
  }

  /** Ends the line of a question that nobody answered. */
  endLine() {
    this.#stderr.write("\n");
  }

  /** The line of progress; an empty one takes it away. */
  status(text) {
    if (!this.showsProgress) return;
    this.#erase();
    // A line that is too long would break in two, and only one of them be erased.
    this.#status = text.slice(0, (this.#stderr.columns || 80) - 1);
    this.#draw();
  }

  clearLine() {
    if (this.showsProgress) this.#stderr.write(CLEAR);
    this.#draw();
  }

  #erase() {
    if (this.#status) this.#stderr.write(CLEAR);
  }

  #draw() {
    if (this.#status) this.#stderr.write(this.#status);
  }
}

function write(stream, line) {
  return new Promise((resolve) => stream.write(`${line}\n`, resolve));
}
