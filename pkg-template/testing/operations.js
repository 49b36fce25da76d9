// The operations on access tokens, with the limits of the real service.

import { randomBytes, randomUUID } from "node:crypto";
import { notFound, quotaExceeded, validationError } from "./error.js";
import {
  MAX_ID_LENGTH,
  MAX_NAME_LENGTH,
  MAX_NEXT_TOKEN_LENGTH,
  MAX_PAGE_SIZE,
  MAX_TOKENS,
} from "./limits.js";
import { isDateTime, parseJson } from "./validate.js";

/** @import { Reply } from "./types.d.ts" */
/** @import { Store } from "./store.js" */

/**
 * @typedef {object} Call
 * @property {Store} store
 * @property {string} user
 * @property {string | undefined} segment  the last segment of the path, where it's an id
 * @property {Record<string, unknown>} input  the body; empty for a deletion
 *
 * @typedef {(call: Call) => Reply} Operation
 */

const YEAR_MS = 365 * 86_400_000;

/** @type {Operation} */
export function deleteAccessToken({ store, user, segment }) {
  const id = checkText("id", decodeSegment(segment), MAX_ID_LENGTH);
  if (!store.remove(user, id)) throw notFound();
  return { status: 200, body: {} };
}

/** @type {Operation} */
export function listAccessTokens({ store, user, input }) {
  const size = checkPageSize(input.maxResults ?? MAX_PAGE_SIZE);
  const after = input.nextToken == null ? 0 : readNextToken(user, input.nextToken);
  const tokens = store.tokensOf(user);
  const rest = store.pagesByPosition
    ? tokens.slice(after)
    : tokens.filter((token) => token.serial > after);
  const page = rest.slice(0, size);
  const items = page.map(({ id, name, expiresTime }) => ({ id, name, expiresTime }));
  const last = rest.length > size ? page.at(-1) : undefined;
  const end = store.pagesByPosition ? after + size : last?.serial;
  const nextToken = last && writeNextToken(user, Number(end));
  return { status: 200, body: { items, nextToken } };
}

/** @type {Operation} */
export function createAccessToken({ store, user, input }) {
  const name = checkText("name", input.name, MAX_NAME_LENGTH);
  const expiresTime = readExpiry(input.expiresTime);
  if (store.tokensOf(user).length >= MAX_TOKENS) throw quotaExceeded(MAX_TOKENS);
  const id = randomUUID();
  store.add(user, { id, name, expiresTime });
  // As with the real service, the secret is shown once and not stored.
  const secret = randomBytes(40).toString("base64url");
  return { status: 201, body: { secret, name, expiresTime, accessTokenId: id } };
}

/** @param {string} [segment] */
function decodeSegment(segment = "") {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw validationError("id is not percent-encoded UTF-8.");
  }
}

/**
 * @param {string} member
 * @param {unknown} value
 * @param {number} maxLength
 */
function checkText(member, value, maxLength) {
  if (typeof value !== "string") throw validationError(`${member} must be a string.`);
  const length = [...value].length; // in Unicode scalar values, as Smithy counts
  if (length >= 1 && length <= maxLength) return value;
  throw validationError(`${member} must have 1 to ${maxLength} characters.`);
}

/** @param {unknown} size */
function checkPageSize(size) {
  const isWhole = typeof size === "number" && Number.isInteger(size);
  if (isWhole && size >= 1 && size <= MAX_PAGE_SIZE) return size;
  throw validationError(`maxResults must be a whole number from 1 to ${MAX_PAGE_SIZE}.`);
}

/**
 * Without a date a token lasts a year, as the official client's documentation says.
 * @param {unknown} text
 */
function readExpiry(text) {
  if (text == null) return new Date(Date.now() + YEAR_MS).toISOString();
  if (isDateTime(text)) return new Date(text).toISOString();
  throw validationError("expiresTime must be a date and time of RFC 3339.");
}

/**
 * @param {string} user
 * @param {number} serial
 */
function writeNextToken(user, serial) {
  return Buffer.from(JSON.stringify([user, serial])).toString("base64url");
}

/**
 * @param {string} user
 * @param {unknown} nextToken
 * @returns {number}
 */
function readNextToken(user, nextToken) {
  const invalid = validationError("nextToken was not issued to this user.");
  const text = checkText("nextToken", nextToken, MAX_NEXT_TOKEN_LENGTH);
  const decoded = parseJson(Buffer.from(text, "base64url").toString(), invalid);
  const [owner, serial] = Array.isArray(decoded) ? decoded : [];
  if (owner !== user || !Number.isSafeInteger(serial)) throw invalid;
  return serial;
}
