// Numbers and times in words.

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

const UNITS = [
  ["year", 365.25 * DAY_MS],
  ["month", 30.44 * DAY_MS],
  ["day", DAY_MS],
  ["hour", HOUR_MS],
];

// The page is in English, so its times are too.
const relative = new Intl.RelativeTimeFormat("en", { numeric: "always" });

/** "in 3 days", "7 months ago". A unit is used from two of it on: "45 days" says more than "1 month". */
export function fromNow(date, now) {
  const distance = date.getTime() - now;
  if (Math.abs(distance) < MINUTE_MS)
    return distance > 0 ? "in less than a minute" : "less than a minute ago";
  const fits = ([, size]) => Math.round(Math.abs(distance) / size) >= 2;
  const [unit, size] = UNITS.find(fits) ?? ["minute", MINUTE_MS];
  return relative.format(Math.round(distance / size), unit);
}

const twoDigits = (number) => String(number).padStart(2, "0");

/** Date and time where the reader is, in the order that sorts. */
export function exactly(date) {
  const day = [date.getFullYear(), date.getMonth() + 1, date.getDate()].map(twoDigits).join("-");
  return `${day} ${timeOfDay(date)}`;
}

export const timeOfDay = (date) => [date.getHours(), date.getMinutes()].map(twoDigits).join(":");

/** "1 token", "2 tokens". */
export const count = (number, noun) => `${number} ${noun}${number === 1 ? "" : "s"}`;

/** A time to wait, never less than it is. */
export function inWords(milliseconds) {
  const seconds = Math.ceil(milliseconds / 1_000);
  return seconds < 120 ? count(seconds, "second") : count(Math.ceil(seconds / 60), "minute");
}
