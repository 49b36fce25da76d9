// Text that others wrote, made harmless, and the forms in which results are printed.

// Control characters steer a terminal; marks of writing direction and other invisible ones make one text look like another. The
// joiners stay: emoji and several scripts need them, and they move nothing.
const UNSAFE = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** A text as it may go to a terminal: what is unsafe appears as its code. */
export function shown(text) {
  return String(text).replace(UNSAFE, (char) => `\\u{${char.codePointAt().toString(16)}}`);
}

/** One line of JSON. The same value as without the escapes, and as harmless as `shown`. */
export function json(value) {
  return JSON.stringify(value).replace(UNSAFE, (char) => char.replace(/[^]/g, escaped));
}

const escaped = (unit) => `\\u${unit.charCodeAt().toString(16).padStart(4, "0")}`;

export const isExpired = ({ expiresTime }, now = Date.now()) =>
  expiresTime !== undefined && expiresTime.getTime() <= now;

/** A token as an object for JSON. */
export function record(token) {
  const { id, name, expiresTime } = token;
  return {
    id,
    name,
    ...(expiresTime && { expiresTime: expiresTime.toISOString() }),
    expired: isExpired(token),
  };
}

/** The lines of a table of tokens. The name comes last, because nobody can tell how wide it is on a screen. */
export function table(tokens, paint) {
  const rows = tokens.map((token) => [
    shown(token.id),
    expiry(token),
    shown(token.name),
    isExpired(token),
  ]);
  const width = Math.max(2, ...rows.map(([id]) => id.length));
  const line = (id, date, name) => `${id.padEnd(width)}  ${date.padEnd(18)}  ${name}`;
  const lines = rows.map(([id, date, name, expired]) =>
    paint(expired ? "red" : "", line(id, date, name)),
  );
  return [paint("bold", line("ID", "EXPIRES (UTC)", "NAME")), ...lines];
}

function expiry(token) {
  if (token.expiresTime === undefined) return "-";
  return `${token.expiresTime.toISOString().slice(0, 10)}${isExpired(token) ? " expired" : ""}`;
}

/** "1 token", "2 tokens". */
export const count = (number, noun) => `${number} ${noun}${number === 1 ? "" : "s"}`;
