// What a guide tells its reader to do, read from its Markdown. The form is described in
// scripts/test-guides.mjs.

/**
 * A file to write, or commands to run. `promised` is what the guide says that they print.
 *
 * @typedef {{ kind: "write", line: number, path: string, source: string, code: string }} Write
 * @typedef {"" | "background" | "by-hand"} Mode
 * @typedef {{ kind: "run", line: number, mode: Mode, code: string, promised?: string }} Run
 * @typedef {Write | Run} Step
 */

const BLOCK = /^```(?<language>\w+)(?<mode>[^\n]*)\n(?<code>[\s\S]*?)^```$/gm;

/** A link at the end of the text before a block: `[index.js](../../examples/NAME/index.js):` */
const FILE = /\((?:\.\.\/)+(?<source>examples\/[\w-]+\/(?<path>[^)]+))\):\n\n$/;

const MODES = ["", "background", "by-hand"];

/**
 * The steps of a guide, in order.
 *
 * @param {string} markdown
 * @returns {Step[]}
 */
export function stepsOf(markdown) {
  /** @type {Step[]} */
  const steps = [];
  for (const { index, groups } of markdown.matchAll(BLOCK)) {
    const { language = "", mode = "", code = "" } = groups ?? {};
    const before = markdown.slice(0, index);
    const line = before.split("\n").length;
    const { source, path } = FILE.exec(before)?.groups ?? {};
    if (source !== undefined && path !== undefined)
      steps.push({ kind: "write", line, path, source, code });
    else if (language === "sh")
      steps.push({ kind: "run", line, mode: modeOf(mode.trim(), line), code });
    else if (language === "text") promise(steps.at(-1), code, line);
    else throw new Error(`line ${line}: no link before this block names the file that it is`);
  }
  return steps;
}

/**
 * @param {string} mode
 * @param {number} line
 */
function modeOf(mode, line) {
  if (!MODES.includes(mode)) throw new Error(`line ${line}: there is no "sh ${mode}"`);
  return /** @type {Mode} */ (mode);
}

/**
 * @param {Step | undefined} step
 * @param {string} output
 * @param {number} line
 */
function promise(step, output, line) {
  if (step?.kind !== "run" || step.promised !== undefined)
    throw new Error(`line ${line}: this output follows no commands`);
  step.promised = output;
}

const INSTALL = /^npm (?:ci|install)\b.*$/gm;

/**
 * The packages that a guide installs, by name. `""` stands for those that a file names.
 *
 * @param {Step[]} steps
 */
export function packagesOf(steps) {
  const commands = steps.flatMap((step) => (step.kind === "run" && step.code.match(INSTALL)) || []);
  return commands.flatMap((command) => {
    const names = command
      .split(" ")
      .slice(2)
      .filter((word) => !word.startsWith("-"));
    return names.length > 0 ? names : [""];
  });
}

/**
 * Has npm take packages from elsewhere.
 *
 * @param {string} code
 * @param {Record<string, string>} places by the packages' names
 */
export const installFrom = (code, places) =>
  code.replaceAll(INSTALL, (command) =>
    command
      .split(" ")
      .map((word) => places[word] ?? word)
      .join(" "),
  );

/**
 * Whether a program printed what a guide promises. `…` stands for anything within a line, or alone on
 * a line for any lines; a date and time, for any other.
 *
 * @param {string} printed
 * @param {string} promised
 * @param {{ isOver?: boolean }} [options] whether the program has ended, and nothing may follow
 */
export function isAsPromised(printed, promised, { isOver = true } = {}) {
  const lines = promised.trimEnd().split("\n").map(patternOf);
  return new RegExp(`^${lines.join("")}${isOver ? "$" : ""}`).test(`${printed.trimEnd()}\n`);
}

const DATE = /\d{4}-\d\d-\d\d \d\d:\d\d/g;

/** @param {string} line */
function patternOf(line) {
  if (line === "…") return "(?:.*\\n)*?";
  const pattern = escapePattern(line).replaceAll("…", ".*").replaceAll(DATE, DATE.source);
  return `${pattern} *\\n`;
}

/** @param {string} text */
const escapePattern = (text) => text.replaceAll(/[\\^$.*+?()[\]{}|]/g, "\\$&");
