// When a token expires: as a badge, relative to now, and exactly.

import { formatDate } from "../codecatalyst-pat/format-date.js";
import { create, setText } from "./dom.mjs";
import { formatRelativeTime } from "./relative-time.mjs";

/** @typedef {{ expiresTime?: Date }} Expiring */

const EXPIRING_MS = 7 * 86_400_000;
const BADGES = { expired: "Expired", expiring: "Expiring", active: "Active" };

/**
 * "expired", "expiring" (within 7 days), or "active", which includes tokens without an expiry.
 * @param {Expiring} token
 * @param {number} now
 * @returns {keyof typeof BADGES}
 */
export function expiryKind({ expiresTime }, now) {
  if (expiresTime === undefined) return "active";
  const leftMs = expiresTime.getTime() - now;
  if (leftMs <= 0) return "expired";
  return leftMs <= EXPIRING_MS ? "expiring" : "active";
}

/**
 * "expired 7 months ago", "expires tomorrow", "no expiry known".
 * @param {Expiring} token
 * @param {number} now
 */
export function describeExpiry({ expiresTime }, now) {
  if (!expiresTime) return "no expiry known";
  const verb = expiryKind({ expiresTime }, now) === "expired" ? "expired" : "expires";
  return `${verb} ${formatRelativeTime(expiresTime, now)}`;
}

/**
 * A badge and the relative time. The exact one is on hover and for screen readers; within an element
 * of the class `exact-times` it takes the place of the relative one.
 *
 * `update(now)` must be called once before it is shown, and again as time goes by.
 * @param {Expiring} token
 */
export function createExpiry(token) {
  const badge = create("b", { className: "badge" });
  const relative = create("span", { className: "relative" });
  const element = create("span", { className: "expiry" }, badge, createTime(token, relative));
  const update = (/** @type {number} */ now) => {
    const kind = expiryKind(token, now);
    if (element.dataset.kind !== kind) element.dataset.kind = kind;
    setText(badge, BADGES[kind]);
    setText(relative, token.expiresTime ? formatRelativeTime(token.expiresTime, now) : "no expiry");
  };
  return { element, update };
}

/**
 * @param {Expiring} token
 * @param {HTMLElement} relative
 */
function createTime({ expiresTime }, relative) {
  if (!expiresTime) return relative;
  const exact = formatDate(expiresTime);
  const properties = { dateTime: expiresTime.toISOString(), title: exact };
  return create("time", properties, relative, " ", create("span", { className: "exact" }, exact));
}
