// Reads files of settings as the AWS CLI does: by the rules of Python's configparser.

/**
 * The settings of a section by their lower-case names. A setting that has only indented lines below
 * it has settings of its own.
 *
 * @typedef {Map<string, string | Map<string, string>>} Settings
 */

/** Why a file can't be read. The message quotes nothing of it: there may be secrets in it. */
export class IniError extends Error {}

// What Python takes for white space; JavaScript's \s is another set.
const SPACE = "[\\t-\\r\\x1c- \\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]";
const INDENT = new RegExp(`^${SPACE}*`);
const TRAILING_SPACE = new RegExp(`${SPACE}+$`);
const SETTING = new RegExp(`^(.*?)${SPACE}*[=:]${SPACE}*(.*)$`, "s");
const HEADING = /^\[(.+)\]/s;

// Those of text files, and those of `str.splitlines`, which botocore splits nested settings with.
const LINE_ENDS = /\r\n|\r|\n/;
const NESTED_LINE_END = "[\\n-\\r\\x1c-\\x1e\\x85\\u2028\\u2029]";
const NESTED_LINE_ENDS = new RegExp(`\\r\\n|${NESTED_LINE_END}`);

/** Its settings are those of every section that doesn't set them itself. */
const DEFAULTS = "DEFAULT";

/** @param {string} text */
const indentOf = (text) => INDENT.exec(text)?.[0].length ?? 0;

/** @param {string} text */
const stripEnd = (text) => text.replace(TRAILING_SPACE, "");

/** @param {string} text */
const strip = (text) => stripEnd(text.slice(indentOf(text)));

/**
 * Gives the settings of each section, by its heading.
 *
 * A comment takes a whole line, never the end of one. A line that is indented deeper than the
 * setting above it goes on with that setting's value.
 *
 * # Errors
 *
 * Throws an `IniError` if a section or a setting is there twice, if a line is neither a heading nor a
 * setting, or if a setting has no section.
 *
 * @param {string} text
 */
export function parseIni(text) {
  const reader = new Reader();
  for (const [index, line] of text.split(LINE_ENDS).entries()) reader.read(line, index + 1);
  const defaults = reader.sections.get(DEFAULTS) ?? new Map();
  reader.sections.delete(DEFAULTS);
  /** @type {Map<string, Settings>} */
  const sections = new Map();
  for (const [heading, own] of reader.sections)
    sections.set(heading, toSettings(new Map([...defaults, ...own])));
  return sections;
}

/** What was read so far. */
class Reader {
  /** @type {Map<string, Map<string, string[]>>} */
  sections = new Map();
  /** @type {Map<string, string[]> | undefined} */
  #section;
  /** @type {string[] | undefined} the lines of the setting above; none at the start of a section */
  #lines;
  #indent = 0;

  /**
   * @param {string} line
   * @param {number} number
   */
  read(line, number) {
    const content = strip(line);
    const indent = indentOf(line);
    if (content === "") this.#lines?.push("");
    else if (/^[#;]/.test(content)) return;
    else if (this.#lines && indent > this.#indent) this.#lines.push(content);
    else {
      this.#indent = indent;
      this.#begin(content, number);
    }
  }

  /**
   * @param {string} content
   * @param {number} number
   */
  #begin(content, number) {
    const heading = HEADING.exec(content)?.[1];
    if (heading === undefined) this.#beginSetting(content, number);
    else this.#beginSection(heading, number);
  }

  /**
   * @param {string} heading
   * @param {number} number
   */
  #beginSection(heading, number) {
    if (this.sections.has(heading) && heading !== DEFAULTS)
      throw new IniError(`line ${number} begins a section that is there already`);
    this.#section = this.sections.get(heading) ?? new Map();
    this.sections.set(heading, this.#section);
    this.#lines = undefined;
  }

  /**
   * @param {string} content
   * @param {number} number
   */
  #beginSetting(content, number) {
    if (!this.#section) throw new IniError(`line ${number} stands before the first section`);
    const [, name, value = ""] = SETTING.exec(content) ?? [];
    if (!name) throw new IniError(`line ${number} is neither a heading nor a setting`);
    const key = name.toLowerCase();
    if (this.#section.has(key)) throw new IniError(`line ${number} sets something a second time`);
    this.#lines = [value];
    this.#section.set(key, this.#lines);
  }
}

/**
 * @param {Map<string, string[]>} section
 * @returns {Settings}
 */
function toSettings(section) {
  /** @type {Settings} */
  const settings = new Map();
  for (const [name, lines] of section) {
    const value = stripEnd(lines.join("\n"));
    settings.set(name, value.startsWith("\n") ? parseNested(value) : value);
  }
  return settings;
}

/** @param {string} text */
function parseNested(text) {
  /** @type {Map<string, string>} */
  const settings = new Map();
  for (const line of text.split(NESTED_LINE_ENDS).map(strip)) {
    if (line === "") continue;
    const [name = "", ...rest] = line.split("=");
    if (rest.length === 0) throw new IniError("an indented line is no setting");
    settings.set(strip(name), strip(rest.join("=")));
  }
  return settings;
}
