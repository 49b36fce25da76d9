// Results go to standard output, everything else to standard error. A status line stays below.

const STYLES = { bold: 1, red: 31, green: 32, yellow: 33 };
const CLEAR_LINE = "\r\x1b[K";

/** @typedef {(style: keyof typeof STYLES | undefined, text: string) => string} Paint */

/**
 * Colours text for a stream: on a terminal that has colours, or if FORCE_COLOR is set; never if
 * NO_COLOR is.
 *
 * @param {NodeJS.WriteStream} stream
 * @param {NodeJS.ProcessEnv} env
 * @returns {Paint}
 */
function createPaint(stream, env) {
  const hasColors = !env.NO_COLOR && (isForced(env) ?? (stream.isTTY && stream.hasColors()));
  return (style, text) => (hasColors && style ? `\x1b[${STYLES[style]}m${text}\x1b[0m` : text);
}

/**
 * Whether FORCE_COLOR wants colours (https://force-color.org); `undefined` if it isn't set.
 *
 * @param {NodeJS.ProcessEnv} env
 */
const isForced = ({ FORCE_COLOR }) =>
  FORCE_COLOR ? !/^(?:0|false)$/.test(FORCE_COLOR) : undefined;

/** @param {NodeJS.WriteStream} stream */
const columnsOf = ({ isTTY, columns }) => (isTTY ? columns || 80 : Infinity);

export class Terminal {
  quiet = false;
  /**
   * Why results can't be written any more.
   *
   * @type {NodeJS.ErrnoException | undefined}
   */
  outputError;
  #stdout;
  #stderr;
  #status = "";

  /** @param {Pick<NodeJS.Process, "stdin" | "stdout" | "stderr" | "env">} process */
  constructor({ stdin, stdout, stderr, env }) {
    this.#stdout = stdout;
    this.#stderr = stderr;
    this.paint = createPaint(stdout, env);
    this.paintError = createPaint(stderr, env);
    this.canPrompt = Boolean(stdin.isTTY && stderr.isTTY);
    this.showsProgress = Boolean(stderr.isTTY && env.TERM !== "dumb");
    stdout.on("error", (error) => {
      this.outputError ??= error;
    });
    // There is nowhere left to report it.
    stderr.on("error", () => {});
  }

  /** How wide results may be: as wide as the terminal, or any width where they go elsewhere. */
  get columns() {
    return columnsOf(this.#stdout);
  }

  /** The same for questions and messages. */
  get errorColumns() {
    return columnsOf(this.#stderr);
  }

  /**
   * Writes a result. Resolves once it is written, so that a slow reader slows the work down.
   *
   * @param {string} line
   */
  async print(line) {
    if (this.outputError) return;
    const isShared = this.#stdout.isTTY;
    if (isShared) this.#eraseStatus();
    const written = write(this.#stdout, line);
    if (isShared) this.#drawStatus();
    await written;
  }

  /**
   * Writes a line for the user.
   *
   * @param {string} line
   */
  async log(line) {
    this.#eraseStatus();
    const written = write(this.#stderr, line);
    this.#drawStatus();
    await written;
  }

  /** @param {string} message */
  error(message) {
    return this.log(`${this.paintError("red", "codecatalyst-pat:")} ${message}`);
  }

  /** @param {string} message */
  warn(message) {
    return this.log(`${this.paintError("yellow", "codecatalyst-pat:")} Warning: ${message}`);
  }

  /**
   * Asks a question that is answered on the same line.
   *
   * @param {string} question
   */
  prompt(question) {
    this.#stderr.write(`${this.paintError("bold", question)} `);
  }

  /** Ends the line of an unanswered question. */
  endLine() {
    this.#stderr.write("\n");
  }

  /**
   * Replaces the status line; an empty text removes it.
   *
   * @param {string} text
   */
  setStatus(text) {
    if (!this.showsProgress) return;
    this.#eraseStatus();
    // A line that wraps would be erased only in part.
    this.#status = text.slice(0, (this.#stderr.columns || 80) - 1);
    this.#drawStatus();
  }

  /** Clears the current line of anything else, such as an echoed ^C. */
  redrawStatus() {
    if (this.showsProgress) this.#stderr.write(CLEAR_LINE);
    this.#drawStatus();
  }

  #eraseStatus() {
    if (this.#status) this.#stderr.write(CLEAR_LINE);
  }

  #drawStatus() {
    if (this.#status) this.#stderr.write(this.#status);
  }
}

/**
 * @param {NodeJS.WriteStream} stream
 * @param {string} line
 */
const write = (stream, line) => new Promise((resolve) => stream.write(`${line}\n`, resolve));
