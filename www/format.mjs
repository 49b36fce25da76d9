// Times in words.

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** @type {[unit: Intl.RelativeTimeFormatUnit, sizeMs: number][]} */
const UNITS = [
  ["year", 365.25 * DAY_MS],
  ["month", 30.44 * DAY_MS],
  ["day", DAY_MS],
  ["hour", HOUR_MS],
  ["minute", MINUTE_MS],
];

// The page is in English, so its times are too.
const relativeTime = new Intl.RelativeTimeFormat("en", { numeric: "always" });

/**
 * "in 3 days", "7 months ago": in the largest unit of which there are at least two, because
 * "45 days" says more than "1 month".
 * @param {Date} date
 * @param {number} now
 */
export function formatRelativeTime(date, now) {
  const distance = date.getTime() - now;
  if (Math.abs(distance) < MINUTE_MS) {
    return distance > 0 ? "in less than a minute" : "less than a minute ago";
  }
  const [unit, size] =
    UNITS.find(([, sizeMs]) => Math.round(Math.abs(distance) / sizeMs) >= 2) ?? UNITS[4];
  return relativeTime.format(Math.round(distance / size), unit);
}

/**
 * Date and time in the reader's time zone, in an order that sorts.
 * @param {Date} date
 */
export function formatDateTime(date) {
  const day = [date.getFullYear(), date.getMonth() + 1, date.getDate()].map(twoDigits).join("-");
  return `${day} ${formatTime(date)}`;
}

/** @param {Date} date */
export const formatTime = (date) => [date.getHours(), date.getMinutes()].map(twoDigits).join(":");

/** @param {number} number */
const twoDigits = (number) => String(number).padStart(2, "0");
