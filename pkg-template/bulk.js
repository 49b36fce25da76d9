// deleteAccessTokens: deletions side by side.

import { cancellable } from "./cancellable.js";
import { IdSource } from "./id-source.js";
import { acceptOptions, followSignal, OPTION_NAMES, readOptions } from "./options.js";
import { Schedule } from "./schedule.js";

/**
 * @typedef {import("./index.js").DeletionResult} DeletionResult
 * @typedef {import("./index.js").DeleteAccessTokenOutput} Output
 * @typedef {import("./index.js").TokenSource} TokenSource
 * @typedef {import("./index.js").DeleteAccessTokensOptions} Options
 * @typedef {Iterable<string> | AsyncIterable<string>} Ids
 *
 * @typedef {object} Client
 * @property {(token: TokenSource, id: any, options: Options) => Promise<Output>} deleteOneOfMany
 * @property {(token: TokenSource, options?: Options | null) => Promise<number>} checkBulkOptions
 * @property {(token: TokenSource, argument: string, thrown: unknown) => Promise<Error>} argumentError
 * @property {(token: TokenSource, reason: unknown) => Promise<Error>} abortError
 */

/**
 * @param {Client} client
 * @param {TokenSource} token
 * @param {Ids} ids
 * @param {Options | null} [options]
 * @returns {AsyncIterableIterator<DeletionResult>}
 */
export function deleteAccessTokens(client, token, ids, options) {
  const reading = readOptions(options, OPTION_NAMES.deleteAccessTokens, token);
  const source = new IdSource(ids);
  return cancellable(
    (iteration) => results(client, token, source, reading, iteration),
    async ({ cancellation, isLeft }) => {
      const closed = source.close();
      // A signal ends the call at once. Whoever leaves the loop waits, as in any `for await`.
      if (isLeft || !cancellation.aborted) await closed;
    },
  );
}

/**
 * @param {Client} client
 * @param {TokenSource} token
 * @param {IdSource} source
 * @param {import("./options.js").Reading} reading of the options
 * @param {import("./cancellable.js").Iteration} iteration
 */
async function* results(client, token, source, reading, iteration) {
  const signal = iteration.cancellation;
  const options = await acceptOptions(reading, token, client);
  await followSignal(options, signal, token, client);
  const concurrency = await client.checkBulkOptions(token, options);

  const deleteOne = deleter(client, token, options);
  const schedule = new Schedule({ source, concurrency, deleteOne, signal });
  for (let result = await schedule.take(); result; result = await schedule.take()) yield result;

  const { failure } = source;
  if (failure)
    throw "error" in failure
      ? failure.error
      : await client.argumentError(token, "ids", failure.thrown);
  if (signal.aborted && !iteration.isLeft) throw await client.abortError(token, signal.reason);
}

/**
 * @param {Client} client
 * @param {TokenSource} token
 * @param {Options} options
 * @returns {(id: any) => Promise<DeletionResult>} never rejects
 */
const deleter = (client, token, options) => async (id) => {
  try {
    const output = await client.deleteOneOfMany(token, id, options);
    return { id, status: "deleted", ...output };
  } catch (error) {
    return { id, status: "failed", error: /** @type {any} */ (error) };
  }
};
