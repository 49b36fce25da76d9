// The time that --expires-before names.

const UNITS_MS = { h: 3_600_000, d: 86_400_000, w: 604_800_000 };

const DURATION = /^(\d+)([hdw])$/;
const DATE = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?)(?: ?([ZU+-]\S*))?)?$/;
const ZONE = /^(?:Z|UTC)$|^(?:UTC)?([+-])(0?\d|1[0-4])(?::?([0-5]\d))?$/;

/**
 * The time that is meant; `undefined` if that isn't clear. Without a zone it is local time, and a day
 * is its beginning. It also reads the dates that `list` shows.
 *
 * @param {string} text such as `7d`, `2026-12-20` or `2026-12-20T16:31+01:00`
 * @param {number} [now]
 */
export function parseExpiresBefore(text, now = Date.now()) {
  const [, count, unit] = DURATION.exec(text) ?? [];
  const time =
    unit === undefined
      ? parseDate(text)
      : now + Number(count) * UNITS_MS[/** @type {"h" | "d" | "w"} */ (unit)];
  const date = new Date(time);
  return Number.isNaN(date.getTime()) ? undefined : date;
}

/**
 * In milliseconds; `NaN` if there is no such date.
 *
 * @param {string} text
 */
function parseDate(text) {
  const [, day, time = "00:00", zone] = DATE.exec(text) ?? [];
  if (day === undefined || !isDay(day)) return NaN;
  if (zone === undefined) return Date.parse(`${day}T${time}`);
  return Date.parse(`${day}T${time}Z`) - parseZone(zone) * 60_000;
}

/**
 * How many minutes a zone is ahead of UTC; `NaN` if there is no such zone.
 *
 * @param {string} text
 */
function parseZone(text) {
  const match = ZONE.exec(text);
  if (!match) return NaN;
  const [, sign, hours = 0, minutes = 0] = match;
  return (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}

/**
 * `Date.parse` takes February 30 for a day of March.
 *
 * @param {string} day
 */
function isDay(day) {
  const date = new Date(`${day}T00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day);
}
