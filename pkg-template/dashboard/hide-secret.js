// Takes a secret out of what passes by.

import { Transform } from "node:stream";

/** What stands in its place. */
const HIDDEN = "[token]";

/**
 * Passes bytes on without a secret, wherever it stands in them: across two chunks, too.
 *
 * @param {string} secret ASCII
 */
export function hideSecret(secret) {
  let rest = "";
  return new Transform({
    transform(chunk, _, done) {
      // As Latin-1 each byte is one character, so all others stay as they are.
      const text = (rest + chunk.toString("latin1")).replaceAll(secret, HIDDEN);
      const end = text.length - overlap(text, secret);
      rest = text.slice(end);
      done(null, Buffer.from(text.slice(0, end), "latin1"));
    },
    flush: (done) => done(null, Buffer.from(rest, "latin1")),
  });
}

/**
 * How many characters at the end of a text may be the beginning of the secret.
 *
 * @param {string} text
 * @param {string} secret
 */
function overlap(text, secret) {
  let length = Math.min(secret.length - 1, text.length);
  while (!text.endsWith(secret.slice(0, length))) length -= 1;
  return length;
}
