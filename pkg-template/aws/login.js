// The file in which the AWS CLI keeps the login of a session.

import { createHash, randomUUID } from "node:crypto";
import { mkdir, open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { isBearerToken } from "../safe-text.js";
import { placeIn, placeOf, readText } from "./files.js";

/** @typedef {import("./files.js").Place} Place */

/**
 * A login. `text` is the file that it was read from, as it was.
 *
 * @typedef {object} Login
 * @property {string} accessToken
 * @property {number} expiresMs
 * @property {Record<string, unknown>} fields
 * @property {string} text
 */

/** Why a login can't be read. */
export class LoginError extends Error {}

const OWNER_ONLY = 0o600;

// Another process may be writing the file: it is read once more after this time.
const REREAD_MS = 100;

/**
 * Where the login of a session is. botocore names the file like this.
 *
 * @param {string} session
 * @param {string | undefined} cacheDir
 * @param {NodeJS.ProcessEnv} env
 */
export function loginPlace(session, cacheDir, env) {
  const name = `${createHash("sha1").update(session).digest("hex")}.json`;
  return placeIn(placeOf(cacheDir ?? "~/.aws/sso/cache", env), name);
}

/**
 * Reads a login; gives `undefined` if there is none.
 *
 * # Errors
 *
 * Throws a `LoginError` if the file holds no token with the time at which it expires. The cause isn't
 * passed on: it quotes the file, and so the token.
 *
 * @param {string} path
 * @returns {Promise<Login | undefined>}
 */
export async function readLogin(path, isLastTry = false) {
  try {
    const text = await readText(path);
    return text === undefined ? undefined : parseLogin(text);
  } catch {
    if (isLastTry) throw new LoginError("can't be read");
    await pause(REREAD_MS);
    return readLogin(path, true);
  }
}

/** @param {string} text @returns {Login} */
function parseLogin(text) {
  const fields = Object(JSON.parse(text));
  const expiresMs = parseTime(fields.expiresAt);
  if (!isBearerToken(fields.accessToken) || Number.isNaN(expiresMs)) throw new LoginError();
  return { accessToken: fields.accessToken, expiresMs, fields, text };
}

/**
 * The milliseconds of a time with a zone; `NaN` if it is something else. Older versions of the AWS CLI
 * wrote UTC in place of Z.
 *
 * @param {unknown} text
 */
export function parseTime(text) {
  const time = String(text).replace(/UTC$/, "Z");
  return /T.*(?:Z|[+-]\d\d:?\d\d)$/.test(time) ? Date.parse(time) : Number.NaN;
}

/**
 * A time as botocore writes it.
 *
 * @param {number} ms
 */
export const formatTime = (ms) => `${new Date(ms).toISOString().slice(0, 19)}Z`;

/**
 * Puts a login in the place of another, in one step: no reader ever finds half a file.
 *
 * Does nothing if the file is no longer the one that the other login was read from: then somebody has
 * signed in anew, signed out, or renewed it too, and what they left counts. Gives what counts.
 *
 * @param {string} path
 * @param {Login} previous
 * @param {Record<string, unknown>} fields
 * @returns {Promise<Login | undefined>}
 */
export async function replaceLogin(path, previous, fields) {
  const text = JSON.stringify(fields);
  const temporary = `${path}.${randomUUID()}.tmp`;
  try {
    await writeDurably(temporary, text);
    if ((await readText(path)) !== previous.text) return await readLogin(path);
    await rename(temporary, path);
    return parseLogin(text);
  } finally {
    await rm(temporary, { force: true });
  }
}

/**
 * @param {string} path
 * @param {string} text
 */
async function writeDurably(path, text) {
  await mkdir(dirname(path), { recursive: true });
  const file = await open(path, "wx", OWNER_ONLY);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}
