// The one form of date and time for people: on the command line, the dashboard and the extension.

const MINUTE_MS = 60_000;

/**
 * A time by this machine's clock, with its zone: "2026-12-20 16:31 UTC+1".
 *
 * The seconds are cut off. Its spaces are plain ones: where text wraps, keep it on one line.
 *
 * @param {Date} date
 */
export function formatDate(date) {
  const offset = -date.getTimezoneOffset();
  const local = new Date(date.getTime() + offset * MINUTE_MS);
  const [day, time] = local.toISOString().split("T");
  return `${day} ${time?.slice(0, "16:31".length)} ${formatZone(offset)}`;
}

/**
 * "UTC", "UTC+1", "UTC-3:30".
 *
 * @param {number} offset from UTC in minutes
 */
function formatZone(offset) {
  if (offset === 0) return "UTC";
  const minutes = Math.abs(offset) % 60;
  const hours = (Math.abs(offset) - minutes) / 60;
  const rest = minutes === 0 ? "" : `:${String(minutes).padStart(2, "0")}`;
  return `UTC${offset < 0 ? "-" : "+"}${hours}${rest}`;
}
