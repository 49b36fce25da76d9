// The list of tokens as data: what is shown of it and in which order, and what a new list changes.
// Nothing here knows of the document or of the network.
//
// A row is { id, name, expiresTime?, outcome? }; what an outcome is, outcomes.mjs says.

const SOON_MS = 7 * 86_400_000;

/** "expired", "soon" (within 7 days), or "later", which holds also what has no expiry. */
export function expiryKind({ expiresTime }, now) {
  if (expiresTime === undefined) return "later";
  const left = expiresTime.getTime() - now;
  if (left <= 0) return "expired";
  return left <= SOON_MS ? "soon" : "later";
}

/** Whether the token of a row is gone. Such a row stays, so that nothing jumps, until the list is loaded anew. */
export const isRemoved = ({ outcome }) => outcome?.state === "deleted" || outcome?.state === "gone";

/** Whether a run has not come to its end for a row. */
export const isUnderWay = ({ outcome }) =>
  outcome?.state === "waiting" || outcome?.state === "deleting";

export const isSelectable = (row) => !isRemoved(row) && !isUnderWay(row);

export const inState = (rows, ...states) =>
  rows.filter(({ outcome }) => states.includes(outcome?.state));

/** Whether something was tried, and the token is not known to be gone. */
export const isUnfinished = (row) => row.outcome !== undefined && isSelectable(row);

/** How many tokens there still are of each kind. */
export function countsOf(rows, now) {
  const counts = {
    all: 0,
    expired: 0,
    soon: 0,
    later: 0,
    unfinished: rows.filter(isUnfinished).length,
  };
  for (const row of rows.filter((each) => !isRemoved(each))) {
    counts.all += 1;
    counts[expiryKind(row, now)] += 1;
  }
  return counts;
}

// ----------------------------------------------------------------- what is shown

/** The rows that the filter lets through, in order. */
export function arranged(rows, { filter, order, now }) {
  const compare = comparison(order);
  return rows.filter((row) => passes(row, filter, now)).toSorted(compare);
}

function passes(row, { text, ...meant }, now) {
  const wanted = text.trim().toLowerCase();
  const holds = (value) => value.toLowerCase().includes(wanted);
  return isOfKind(row, meant, now) && (holds(row.name) || holds(row.id));
}

// What was unfinished when it was asked for: a row that gets finished now must not vanish from under the eyes.
function isOfKind(row, { kind, unfinished }, now) {
  if (kind === "unfinished") return unfinished.has(row.id);
  return kind === "all" || expiryKind(row, now) === kind;
}

const collator = new Intl.Collator("en", { numeric: true });
const plainly = (a, b) => (a < b ? -1 : Number(a > b));

// What has no expiry outlives everything that has one.
const timeOf = ({ expiresTime }) => expiresTime?.getTime() ?? Infinity;

const COMPARISONS = {
  name: (a, b) => collator.compare(a.name, b.name),
  id: (a, b) => plainly(a.id, b.id),
  expires: (a, b) => plainly(timeOf(a), timeOf(b)),
};

// Ties are settled by name and id, so that the order never depends on the order before.
function comparison({ by, descending }) {
  const sign = descending ? -1 : 1;
  return (a, b) => sign * COMPARISONS[by](a, b) || COMPARISONS.name(a, b) || COMPARISONS.id(a, b);
}

/** The order after a press on a column's heading: by that column, or the other way round. */
export function reordered(order, by) {
  return { by, descending: order.by === by && !order.descending };
}

// ------------------------------------------------------------ what a new list changes

/** The rows of a list that was loaded anew. What is known of a token that is still listed is not forgotten. */
export function reloaded(rows, listed) {
  const known = new Map(rows.map((row) => [row.id, row.outcome]));
  return listed.map((token) => ({ ...token, outcome: stillListed(known.get(token.id)) }));
}

function stillListed(outcome) {
  if (outcome?.state === "untried") return undefined;
  return outcome?.state === "unknown" ? { state: "listed" } : outcome;
}

/** Settles the rows whose outcome was unknown, by a new list, and leaves all others as they are. */
export function settled(rows, listed) {
  const ids = new Set(listed.map(({ id }) => id));
  const found = ({ id }) => ({ state: ids.has(id) ? "listed" : "gone" });
  return rows.map((row) =>
    row.outcome?.state === "unknown" ? { ...row, outcome: found(row) } : row,
  );
}
