// listAccessTokens: the pages of a list, one after the other.

import { cancellable } from "./cancellable.js";
import { CodeCatalystError } from "./error.js";
import { acceptOptions, followSignal, OPTION_NAMES, readOptions } from "./options.js";

/**
 * A list that goes on for longer leads nowhere: a user holds at most 100 tokens, so even pages of
 * one token are 100. The limit leaves room for the service to raise that.
 */
export const MAX_PAGES = 1_000;

/**
 * @typedef {import("./index.js").AccessToken} AccessToken
 * @typedef {import("./index.js").TokenSource} TokenSource
 * @typedef {import("./index.js").ListAccessTokensOptions} Options
 *
 * @typedef {object} Page
 * @property {AccessToken[]} items
 * @property {string} [nextToken]
 * @property {number} attempts
 * @property {number} status
 * @property {string} [requestId]
 *
 * @typedef {object} Client
 * @property {(token: TokenSource, nextToken: string | undefined, options: Options) => Promise<Page>} listPage
 * @property {(token: TokenSource, argument: string, thrown: unknown) => Promise<Error>} argumentError
 */

/**
 * @param {Client} client
 * @param {TokenSource} token
 * @param {Options | null} [options]
 * @returns {AsyncIterableIterator<AccessToken>}
 */
export function listAccessTokens(client, token, options) {
  const reading = readOptions(options, OPTION_NAMES.listAccessTokens, token);
  return cancellable(async function* ({ cancellation }) {
    const ownOptions = await acceptOptions(reading, token, client);
    await followSignal(ownOptions, cancellation, token, client);
    yield* tokens((nextToken) => client.listPage(token, nextToken, ownOptions));
  });
}

/** @param {(nextToken: string | undefined) => Promise<Page>} listPage */
async function* tokens(listPage) {
  /** @type {Set<string | undefined>} */
  const pageTokens = new Set([undefined]); // the first page has none
  /** @type {string | undefined} */
  let nextToken;
  do {
    const page = await listPage(nextToken);
    nextToken = page.nextToken;
    if (nextToken !== undefined && pageTokens.has(nextToken))
      throw endless(page, "leads back to a page that was there before");
    for (const item of page.items) yield item;
    if (nextToken !== undefined && pageTokens.size === MAX_PAGES)
      throw endless(page, `has more than ${MAX_PAGES.toLocaleString("en")} pages`);
    pageTokens.add(nextToken);
  } while (nextToken !== undefined);
}

/**
 * @param {Page} page the one whose `nextToken` is not followed
 * @param {string} problem
 */
function endless({ status, attempts, requestId }, problem) {
  return new CodeCatalystError({
    name: "UnexpectedResponseError",
    message: `The service's list of tokens ${problem}.`,
    status,
    ...(requestId !== undefined && { requestId }),
    attempts,
    retryable: false,
    outcomeUnknown: false,
  });
}
