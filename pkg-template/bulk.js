// deleteAccessTokens: deletions side by side.

import { cancellable } from "./cancellable.js";
import { IdSource } from "./id-source.js";
import { OPTION_NAMES, optionsRejection, snapshot } from "./options.js";
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
  const ownOptions = snapshot(options);
  const source = new IdSource(ids);
  return cancellable(
    (iteration) => results(client, token, source, ownOptions, iteration),
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
 * @param {Options | null | undefined} options
 * @param {import("./cancellable.js").Iteration} iteration
 */
async function* results(client, token, source, options, iteration) {
  const signal = iteration.cancellation;
  const argumentError = client.argumentError.bind(client, token);
  await optionsRejection(options, OPTION_NAMES.deleteAccessTokens, token, client);
  const concurrency = await client.checkBulkOptions(token, options);
  await iteration.follow(options?.signal, (thrown) => argumentError("options.signal", thrown));

  const deleteOne = deleter(client, token, { ...options, signal });
  const schedule = new Schedule({ source, concurrency, deleteOne, signal });
  for (let result = await schedule.take(); result; result = await schedule.take()) yield result;

  const { failure } = source;
  if (failure)
    throw "error" in failure ? failure.error : await argumentError("ids", failure.thrown);
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
