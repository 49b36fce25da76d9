// Tokens as people read them: a table, or a block for each token where a table is too wide.

import { formatDate } from "../format-date.js";
import { displayWidth, padToWidth, wrapToWidth } from "./display-width.js";
import { escapeInput, escapeUnsafe, isExpired } from "./format.js";

/** @typedef {import("../index.js").AccessToken} AccessToken */
/** @typedef {import("./terminal.js").Paint} Paint */
/** @typedef {{ id: string, expiry: string, name: string }} Row */

const GAP = "  ";

/** Names that are wrapped to fewer columns are hard to read. */
const MIN_NAME_WIDTH = 16;

/** @type {Row} */
const HEADING = { id: "ID", expiry: "EXPIRES", name: "NAME" };

/**
 * The lines that show these tokens. Names wrap, nothing is cut, and no id or date is broken.
 *
 * @param {AccessToken[]} tokens
 * @param {Paint} paint
 * @param {number} columns of the terminal; `Infinity` if there is none
 */
export function formatTable(tokens, paint, columns) {
  const rows = tokens.map(toRow);
  const widths = widthsOf([HEADING, ...rows]);
  const room = columns - widths.id - widths.expiry - 2 * GAP.length;
  if (room < Math.min(MIN_NAME_WIDTH, widths.name))
    return tokens.flatMap((token) => formatBlock(token, paint, columns));
  const fitted = { ...widths, name: Math.min(room, widths.name) };
  const heading = formatRow(HEADING, fitted).map((line) => paint("bold", line));
  const lines = tokens.map((token) => {
    const style = styleOf(token);
    return formatRow(toRow(token), fitted).map((line) => paint(style, line));
  });
  return [...heading, ...lines.flat()];
}

/**
 * @param {AccessToken} token
 * @returns {Row}
 */
const toRow = (token) => ({
  id: escapeInput(token.id),
  expiry: formatExpiry(token),
  name: escapeUnsafe(token.name),
});

/** @param {AccessToken} token */
function formatExpiry(token) {
  if (token.expiresTime === undefined) return "never";
  return `${formatDate(token.expiresTime)}${isExpired(token) ? `${GAP}expired` : ""}`;
}

/** @param {AccessToken} token */
const styleOf = (token) => (isExpired(token) ? "red" : undefined);

/** @param {Row[]} rows */
const widthsOf = (rows) => ({
  id: Math.max(...rows.map(({ id }) => displayWidth(id))),
  expiry: Math.max(...rows.map(({ expiry }) => displayWidth(expiry))),
  name: Math.max(...rows.map(({ name }) => displayWidth(name))),
});

/**
 * @param {Row} row
 * @param {ReturnType<typeof widthsOf>} widths
 */
function formatRow({ id, expiry, name }, widths) {
  const start = `${padToWidth(id, widths.id)}${GAP}${padToWidth(expiry, widths.expiry)}${GAP}`;
  const margin = " ".repeat(displayWidth(start));
  return wrapToWidth(name, widths.name).map((part, index) => (index === 0 ? start : margin) + part);
}

/**
 * The name, and below it the id and the time, beside each other if there is room.
 *
 * @param {AccessToken} token
 * @param {Paint} paint
 * @param {number} columns
 */
function formatBlock(token, paint, columns) {
  const { id, name } = toRow(token);
  const parts = [id, describeExpiry(token)].map((part) => GAP + part);
  const beside = parts.join("");
  const lines = displayWidth(beside) <= columns ? [beside] : parts;
  const style = styleOf(token);
  return [
    ...wrapToWidth(name, columns).map((line) => paint(style ?? "bold", line)),
    ...lines.map((line) => paint(style, line)),
  ];
}

/** @param {AccessToken} token */
function describeExpiry(token) {
  if (token.expiresTime === undefined) return "never expires";
  return `${isExpired(token) ? "expired" : "expires"} ${formatDate(token.expiresTime)}`;
}
