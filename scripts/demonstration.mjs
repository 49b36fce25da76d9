// The demonstration of `npm start`: the package deletes tokens at a stand-in for the service, and
// every result is checked, so that the demonstration can't show what isn't true.

import { isDeepStrictEqual } from "node:util";
import { sample } from "../pkg-template/testing/index.js";
import { format, heading, line, paint, success } from "./terminal.mjs";

/** @import { Service } from "../pkg-template/testing/index.d.ts" */

/**
 * @typedef {typeof import("../pkg-template/index.js")} Package
 * @typedef {import("../pkg-template/index.js").AccessToken} AccessToken
 */

// Printed as it is, and short: it's made up, no secret, and only this stand-in accepts it.
export const BEARER_TOKEN = "sample:ana";
export const USERS = [{ name: "ana", bearer: BEARER_TOKEN, tokens: sample.tokens }];

const [FIRST] = sample.tokens;

/** A result that isn't the expected one. */
export class ExpectationError extends Error {}

/**
 * @param {string} what
 * @param {unknown} actual
 * @param {unknown} expected
 */
function expectEqual(what, actual, expected) {
  if (isDeepStrictEqual(actual, expected)) return;
  throw new ExpectationError(
    `Not as expected: ${what}.\nexpected ${format(expected)}\nbut got  ${format(actual)}`,
  );
}

/**
 * Lists the tokens, deletes one, fails to delete it again, and deletes the expired ones.
 * @param {Package} pkg
 * @param {Service} service
 */
export async function demonstrate(pkg, service) {
  const tokens = await demonstrateList(pkg, service);
  await demonstrateDeletion(pkg, service);
  await demonstrateFailure(pkg, service);
  const now = new Date();
  const expired = tokens.filter(({ expiresTime }) => expiresTime && expiresTime < now);
  await demonstrateDeletions(pkg, service, idsOf(expired));
}

/**
 * Checks that the dashboard lets in the browser that opens its address, and no other; that it serves
 * the page and the package; and that it forwards requests, signed in by itself.
 * @param {Package} pkg
 * @param {string} address
 */
export async function checkDashboard({ listAccessTokens }, address) {
  const { origin } = new URL(address);
  expectEqual("the dashboard's status without a session", (await fetch(origin)).status, 403);
  const opened = await fetch(address, { redirect: "manual" });
  const cookie = (opened.headers.get("set-cookie") ?? "").split(";", 1)[0];
  for (const path of ["/", "/page.mjs", "/codecatalyst-pat/index.js"]) {
    const { status } = await fetch(origin + path, { headers: { cookie } });
    expectEqual(`the dashboard's status for ${path}`, status, 200);
  }
  const withCookie = (/** @type {string | URL | Request} */ url, /** @type {any} */ init) =>
    fetch(url, { ...init, headers: { ...init.headers, cookie } });
  const ids = [];
  for await (const { id } of listAccessTokens("any", { endpoint: origin, fetch: withCookie }))
    ids.push(id);
  expectEqual("the list through the dashboard's server", ids, idsOf(sample.tokens));
}

/**
 * The user's tokens, by the package.
 * @param {Package} pkg
 * @param {string} endpoint
 */
async function listTokens({ listAccessTokens }, endpoint) {
  const tokens = [];
  for await (const token of listAccessTokens(BEARER_TOKEN, { endpoint })) tokens.push(token);
  return tokens;
}

/**
 * The user's tokens, as the stand-in stores them.
 * @param {Service} service
 * @returns {AccessToken[]}
 */
function storedTokens(service) {
  return service.state().users.ana.map(({ id, name, expiresTime }) => ({
    id,
    name,
    ...(expiresTime && { expiresTime: new Date(expiresTime) }),
  }));
}

/** @param {readonly { id: string }[]} tokens */
const idsOf = (tokens) => tokens.map(({ id }) => id);

/**
 * @param {Package} pkg
 * @param {Service} service
 */
async function demonstrateList(pkg, service) {
  heading("for await (const { id, name, expiresTime } of listAccessTokens(token, { endpoint }))");
  const tokens = await listTokens(pkg, service.url);
  expectEqual("the list", tokens, storedTokens(service));
  printTokens(tokens, 3);
  success(`ana has ${tokens.length} access tokens`);
  return tokens;
}

/**
 * @param {AccessToken[]} tokens
 * @param {number} count
 */
function printTokens(tokens, count) {
  for (const { id, name, expiresTime } of tokens.slice(0, count)) {
    const expiry = expiresTime ? `expires ${expiresTime.toISOString().slice(0, 10)}` : "";
    line(`  ${id}  ${name.padEnd(24)}  ${paint("dim", expiry)}`.trimEnd());
  }
  line(paint("dim", `  and ${tokens.length - count} more`));
}

/**
 * @param {Package} pkg
 * @param {Service} service
 */
async function demonstrateDeletion({ deleteAccessToken }, service) {
  heading(`await deleteAccessToken(token, "${FIRST.id}", { endpoint })`);
  const expected = idsOf(storedTokens(service)).filter((id) => id !== FIRST.id);
  const output = await deleteAccessToken(BEARER_TOKEN, FIRST.id, { endpoint: service.url });
  const { requestId, ...rest } = output;
  expectEqual("the output", rest, { attempts: 1, alreadyDeleted: false });
  expectEqual("the remaining tokens", idsOf(storedTokens(service)), expected);
  success(`deleted, ${expected.length} left\n  ${format(output)}`);
}

/**
 * @param {Package} pkg
 * @param {Service} service
 */
async function demonstrateFailure({ CodeCatalystError, deleteAccessToken }, service) {
  heading("The same call again");
  const call = deleteAccessToken(BEARER_TOKEN, FIRST.id, { endpoint: service.url });
  const error = await call.catch((/** @type {unknown} */ reason) => reason);
  if (!(error instanceof CodeCatalystError)) {
    throw new ExpectationError(`Not as expected: the call gave ${format(error)}.`);
  }
  const { name, status, attempts, outcomeUnknown } = error;
  const expected = {
    name: "ResourceNotFoundException",
    status: 404,
    attempts: 1,
    outcomeUnknown: false,
  };
  expectEqual("the error", { name, status, attempts, outcomeUnknown }, expected);
  success(`rejects with ${paint("red", name)}: ${error.message}\n  ${format({ ...error })}`);
}

/**
 * @param {Package} pkg
 * @param {Service} service
 * @param {string[]} expired
 */
async function demonstrateDeletions({ deleteAccessTokens }, service, expired) {
  heading("for await (const result of deleteAccessTokens(token, expired, { endpoint }))");
  const remaining = idsOf(storedTokens(service)).filter((id) => !expired.includes(id));
  const results = new Map();
  const options = { endpoint: service.url };
  for await (const result of deleteAccessTokens(BEARER_TOKEN, expired, options)) {
    line(`  ${result.id}  ${result.status}`);
    const { id, requestId, ...rest } = { requestId: undefined, ...result };
    results.set(id, rest);
  }
  const deleted = { status: "deleted", attempts: 1, alreadyDeleted: false };
  const expected = new Map(expired.map((id) => [id, deleted]));
  expectEqual("the results", results, expected);
  expectEqual("the remaining tokens", idsOf(storedTokens(service)), remaining);
  success(`the ${expired.length} expired tokens are deleted, ${remaining.length} left`);
}
