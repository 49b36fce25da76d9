// The list of tokens as data: filter, order, and what a reload changes. It uses neither the
// document nor the network.

import { escapeName } from "/codecatalyst-pat/safe-text.js";
import { expiryKind } from "./components/expiry.mjs";

/** @import { AccessToken } from "/codecatalyst-pat/index.js" */
/** @import { ErrorProperties } from "/codecatalyst-pat/format-error.js" */

/**
 * The states of a deletion:
 *   waiting, deleting   not started yet; its request is under way
 *   deleted, gone       deleted by this run; found to be deleted already
 *   failed              still there; `error` says why
 *   unknown             no reply tells; a new list will
 *   notTried            the run ended before anything was sent for it
 *   stillListed         it was unknown, and a new list still contained it
 *
 * @typedef {"waiting" | "deleting" | "deleted" | "gone" | "failed" | "unknown" | "notTried"
 *   | "stillListed"} OutcomeState
 *
 * @typedef {object} Outcome
 * @property {OutcomeState} state
 * @property {ErrorProperties} [error]
 * @property {Outcome} [previous]  that of an earlier run, until this run has a result
 *
 * @typedef {AccessToken & { outcome?: Outcome }} Row
 *
 * @typedef {"all" | "active" | "expiring" | "expired" | "unfinished"} Kind
 *
 * @typedef {object} Filter
 * @property {string} text
 * @property {Kind} kind
 * @property {Set<string>} unfinished  ids of the rows that were unfinished when `kind` was chosen
 * @property {Set<string>} hidden  ids of the removed rows that the user has hidden
 *
 * @typedef {"name" | "id" | "expires"} Column
 *
 * @typedef {object} Order
 * @property {Column} by
 * @property {boolean} descending
 */

/**
 * Whether a row's token no longer exists. Its row stays until the next reload, so nothing moves.
 * @param {Row} row
 */
export const isRemoved = ({ outcome }) => outcome?.state === "deleted" || outcome?.state === "gone";

/**
 * Whether a run hasn't finished with a row.
 * @param {Row} row
 */
export const isUnderWay = ({ outcome }) =>
  outcome?.state === "waiting" || outcome?.state === "deleting";

/** @param {Row} row */
export const isSelectable = (row) => !isRemoved(row) && !isUnderWay(row);

/**
 * @param {Row[]} rows
 * @param {OutcomeState[]} states
 */
export const rowsIn = (rows, ...states) =>
  rows.filter(({ outcome }) => outcome !== undefined && states.includes(outcome.state));

/**
 * Whether a deletion was tried, and the token may still exist.
 * @param {Row} row
 */
export const isUnfinished = (row) => row.outcome !== undefined && isSelectable(row);

/** @param {Row[]} rows */
export const idsOf = (rows) => rows.map(({ id }) => id);

/**
 * How many existing tokens there are of each kind. Those that expire soon are active, too.
 * @param {Row[]} rows
 * @param {number} now
 * @returns {Record<Kind, number>}
 */
export function countByKind(rows, now) {
  const existing = rows.filter((row) => !isRemoved(row));
  const kinds = existing.map((row) => expiryKind(row, now));
  const count = (/** @type {string} */ kind) => kinds.filter((each) => each === kind).length;
  const expired = count("expired");
  return {
    all: existing.length,
    active: existing.length - expired,
    expiring: count("expiring"),
    expired,
    unfinished: existing.filter(isUnfinished).length,
  };
}

// ------------------------------------------------------------------- filter and order

/**
 * The rows that match the filter, in order.
 * @param {Row[]} rows
 * @param {{ filter: Filter, order: Order, now: number }} view
 */
export function filterAndSort(rows, { filter, order, now }) {
  const hasText = textMatcher(filter.text);
  return rows
    .filter((row) => !filter.hidden.has(row.id) && isOfKind(row, filter, now) && hasText(row))
    .toSorted(comparator(order));
}

/**
 * @param {string} text
 * @returns {(row: Row) => boolean}
 */
function textMatcher(text) {
  const wanted = text.trim().toLowerCase();
  return ({ id, name }) =>
    [name, escapeName(name), id].some((each) => each.toLowerCase().includes(wanted));
}

/**
 * "unfinished" means the rows that were unfinished when the filter was chosen: a row that finishes
 * now must not vanish while the user looks at it.
 * @param {Row} row
 * @param {Filter} filter
 * @param {number} now
 */
function isOfKind(row, { kind, unfinished }, now) {
  if (kind === "all") return true;
  if (kind === "unfinished") return unfinished.has(row.id);
  const actual = expiryKind(row, now);
  return actual === kind || (kind === "active" && actual === "expiring");
}

const collator = new Intl.Collator("en", { numeric: true });

/**
 * @template {string | number} T
 * @param {T} a
 * @param {T} b
 */
const compare = (a, b) => (a < b ? -1 : Number(a > b));

/**
 * A token without an expiry outlives all others.
 * @param {Row} row
 */
const expiryOf = ({ expiresTime }) => expiresTime?.getTime() ?? Infinity;

/** @type {Record<Column, (a: Row, b: Row) => number>} */
const COMPARATORS = {
  name: (a, b) => collator.compare(a.name, b.name),
  id: (a, b) => compare(a.id, b.id),
  expires: (a, b) => compare(expiryOf(a), expiryOf(b)),
};

/**
 * Ties are broken by name and id, so the order never depends on the previous one.
 * @param {Order} order
 * @returns {(a: Row, b: Row) => number}
 */
function comparator({ by, descending }) {
  const sign = descending ? -1 : 1;
  return (a, b) => sign * COMPARATORS[by](a, b) || COMPARATORS.name(a, b) || COMPARATORS.id(a, b);
}

/**
 * The order after a click on a column's heading: by that column, or reversed.
 * @param {Order} order
 * @param {Column} by
 * @returns {Order}
 */
export function toggleOrder(order, by) {
  return { by, descending: order.by === by && !order.descending };
}

// ------------------------------------------------------------------------- a new list

/**
 * The rows of a new list. Tokens that are still listed keep what is known of them.
 * @param {Row[]} rows
 * @param {AccessToken[]} listed
 * @returns {Row[]}
 */
export function mergeList(rows, listed) {
  const outcomes = new Map(rows.map((row) => [row.id, row.outcome]));
  return listed.map((token) => ({ ...token, outcome: outcomeIfListed(outcomes.get(token.id)) }));
}

/**
 * @param {Outcome | undefined} outcome
 * @returns {Outcome | undefined}
 */
function outcomeIfListed(outcome) {
  if (outcome?.state === "notTried") return undefined;
  return outcome?.state === "unknown" ? { state: "stillListed" } : outcome;
}

/**
 * Resolves unknown outcomes by a new list, and leaves all other rows as they are.
 * @param {Row[]} rows
 * @param {AccessToken[]} listed
 * @returns {Row[]}
 */
export function resolveUnknown(rows, listed) {
  const ids = new Set(idsOf(listed));
  return rows.map((row) => {
    if (row.outcome?.state !== "unknown") return row;
    return { ...row, outcome: { state: ids.has(row.id) ? "stillListed" : "gone" } };
  });
}
