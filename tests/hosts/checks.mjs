// What every host must do: the same list of checks everywhere. It needs nothing of a host but what the
// package itself needs.

/**
 * @typedef {typeof import("../../pkg-template/index.d.ts")} Package
 * @typedef {import("../../pkg-template/index.d.ts").CodeCatalystError} CodeCatalystError
 *
 * @typedef {object} Setting
 * @property {Package} pkg
 * @property {string} token the bearer token of a user who owns 40 tokens, `token-0` to `token-39`
 * @property {(fault?: string) => string} endpoint of the service, or of one that has a fault
 */

/** @type {Record<string, (setting: Setting) => Promise<void>>} */
const CHECKS = {
  "lists all tokens, page by page": async ({ pkg, token, endpoint }) => {
    const ids = [];
    for await (const { id } of pkg.listAccessTokens(token, { endpoint: endpoint() })) ids.push(id);
    equal(ids.length, 40);
  },
  "deletes a token": async ({ pkg, token, endpoint }) => {
    const output = await pkg.deleteAccessToken(token, "token-0", { endpoint: endpoint() });
    equal([output.attempts, output.alreadyDeleted], [1, false]);
  },
  "finds no token that is deleted already": async ({ pkg, token, endpoint }) => {
    const deletion = pkg.deleteAccessToken(token, "token-0", { endpoint: endpoint() });
    const { name, status, attempts, outcomeUnknown } = await failure(pkg, deletion);
    equal([name, status, attempts, outcomeUnknown], ["ResourceNotFoundException", 404, 1, false]);
  },
  "deletes 30 tokens, 16 at once": async ({ pkg, token, endpoint }) => {
    const ids = Array.from({ length: 30 }, (_, index) => `token-${index + 1}`);
    const options = { endpoint: endpoint(), concurrency: 16 };
    const deleted = [];
    for await (const { id, status } of pkg.deleteAccessTokens(token, ids, options))
      if (status === "deleted") deleted.push(id);
    equal(deleted.sort(), ids.sort());
  },
  "sends nothing if the signal is aborted already": async ({ pkg, token, endpoint }) => {
    const options = { endpoint: endpoint("silent"), signal: AbortSignal.abort() };
    const error = await failure(pkg, pkg.deleteAccessToken(token, "token-31", options));
    equal([error.name, error.attempts, error.outcomeUnknown], ["AbortError", 0, false]);
  },
  "ends a call under way when the signal is aborted": async ({ pkg, token, endpoint }) => {
    const controller = new AbortController();
    const options = { endpoint: endpoint("silent"), signal: controller.signal };
    const deletion = pkg.deleteAccessToken(token, "token-31", options);
    setTimeout(() => controller.abort(), 300);
    const error = await failure(pkg, deletion);
    equal([error.name, error.attempts, error.outcomeUnknown], ["AbortError", 1, true]);
  },
  "gives up an attempt that takes too long": async ({ pkg, token, endpoint }) => {
    const options = { endpoint: endpoint("silent"), timeoutMs: 300, maxAttempts: 1 };
    const error = await failure(pkg, pkg.deleteAccessToken(token, "token-31", options));
    equal([error.name, error.attempts, error.outcomeUnknown], ["TimeoutError", 1, true]);
  },
  "tries again after a 503": async ({ pkg, token, endpoint }) => {
    const options = { endpoint: endpoint("unavailable-once") };
    const output = await pkg.deleteAccessToken(token, "token-32", options);
    equal([output.attempts, output.alreadyDeleted], [2, false]);
  },
  "follows no redirect": async ({ pkg, token, endpoint }) => {
    const options = { endpoint: endpoint("redirect") };
    const error = await failure(pkg, pkg.deleteAccessToken(token, "token-33", options));
    equal([error.name, error.attempts], ["UnexpectedResponseError", 1]);
  },
  "takes no proxy's page for the service's answer": async ({ pkg, token, endpoint }) => {
    const options = { endpoint: endpoint("sign-in-page") };
    const error = await failure(pkg, pkg.deleteAccessToken(token, "token-33", options));
    equal([error.name, error.status], ["UnexpectedResponseError", 200]);
  },
  "refuses an option that doesn't exist, by name": async ({ pkg, token, endpoint }) => {
    const options = /** @type {any} */ ({ endpoint: endpoint(), timeout: 1 });
    const error = await failure(pkg, pkg.deleteAccessToken(token, "token-33", options));
    equal([error.name, error.attempts], ["InvalidArgumentError", 0]);
    if (!error.message.includes("timeoutMs")) throw new Error(error.message);
  },
};

export const TITLES = Object.keys(CHECKS);

/**
 * Runs all checks, or some in this order, and gives how many there were.
 *
 * @param {Package} pkg
 * @param {string} url of the service
 * @param {string} token
 * @throws an error that names the check that failed
 */
export async function runChecks(pkg, url, token, titles = TITLES) {
  const endpoint = (fault = "") => (fault ? `${url}/${fault}` : url);
  for (const title of titles) {
    try {
      await CHECKS[title]({ pkg, token, endpoint });
    } catch (error) {
      throw new Error(`It ${title}: ${describe(error)}`, { cause: error });
    }
  }
  return titles.length;
}

/**
 * The error that a call rejects with.
 *
 * @param {Package} pkg
 * @param {Promise<unknown>} call
 * @returns {Promise<CodeCatalystError>}
 */
async function failure(pkg, call) {
  const error = await call.then(
    (output) => new Error(`it resolved with ${JSON.stringify(output)}`),
    (thrown) => thrown,
  );
  if (error instanceof pkg.CodeCatalystError) return error;
  throw error;
}

/**
 * @param {unknown} actual
 * @param {unknown} expected
 */
function equal(actual, expected) {
  const [text, wanted] = [actual, expected].map((value) => JSON.stringify(value));
  if (text !== wanted) throw new Error(`${text} instead of ${wanted}`);
}

/** @param {any} error */
const describe = (error) => `${error?.name}: ${error?.message}`;
