// The order of a list.

/** @typedef {import("../index.js").AccessToken} AccessToken */

// The same order in every country. Numbers count as such: ci-2 comes before ci-10.
const byText = new Intl.Collator("en", { numeric: true }).compare;

/** @typedef {import("./arguments.js").Args} Args */

/** @type {Record<NonNullable<Args["sort"]>, (a: AccessToken, b: AccessToken) => number>} */
const ORDERS = {
  // Two that never expire: the difference of infinities is no number.
  expires: (a, b) => expiry(a) - expiry(b) || 0,
  id: (a, b) => byText(a.id, b.id),
  name: (a, b) => byText(a.name, b.name),
};

/**
 * A token that never expires comes last. Tokens that are equal stay in the order of the service.
 *
 * @param {AccessToken[]} tokens
 * @param {Pick<Args, "sort" | "reverse">} args
 */
export function sortTokens(tokens, { sort, reverse }) {
  const sorted = sort ? tokens.toSorted(ORDERS[sort]) : [...tokens];
  return reverse ? sorted.reverse() : sorted;
}

/** @param {AccessToken} token */
const expiry = ({ expiresTime }) => expiresTime?.getTime() ?? Infinity;
