// "tomorrow", "in 3 days", "31 days ago".

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

// The texts around it are in English.
const relativeTime = new Intl.RelativeTimeFormat("en", { numeric: "auto" });

/**
 * In the largest unit of which there are at least two, because "45 days" says more than "1 month".
 * Days are those of the calendar: "tomorrow" begins at midnight.
 * @param {Date} date
 * @param {number} now
 */
export function formatRelativeTime(date, now) {
  const distance = date.getTime() - now;
  if (Math.abs(distance) < MINUTE_MS) {
    return distance > 0 ? "in less than a minute" : "less than a minute ago";
  }
  const [unit, sizeMs] = unitFor(distance, calendarDays(now, date));
  const amount = unit === "day" ? calendarDays(now, date) : Math.round(distance / sizeMs);
  return relativeTime.format(amount, unit);
}

/**
 * @param {number} distance
 * @param {number} days
 */
function unitFor(distance, days) {
  const known = UNITS.find(([, sizeMs]) => Math.round(Math.abs(distance) / sizeMs) >= 2);
  const [unit] = known ?? UNITS[4];
  // "tomorrow" says more than "in 20 hours", and "in 3 hours" more than "tomorrow".
  const isNextDay = unit === "hour" && Math.abs(distance) >= 12 * HOUR_MS && days !== 0;
  return isNextDay ? UNITS[2] : (known ?? UNITS[4]);
}

/**
 * How many midnights lie between two times, by this machine's clock.
 * @param {number} from
 * @param {Date} to
 */
function calendarDays(from, to) {
  const [start, end] = [new Date(from), to].map((date) =>
    Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()),
  );
  return (end - start) / DAY_MS;
}
