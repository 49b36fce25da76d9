// TEMPORARY: client.js's interface on top of module.js's request(). Goes away with request().

import { CHECK, DELETIONS, PAGE, request } from "./module.js";

const rejection = async (promise) => {
  try {
    await promise;
  } catch (error) {
    return error;
  }
};

export const client = {
  deleteOneOfMany: (token, id, options) => request(DELETIONS, token, id, options),
  checkBulkOptions: (token, options) => request(DELETIONS | CHECK, token, undefined, options),
  checkListOptions: (token, options) => request(PAGE | CHECK, token, undefined, options),
  argumentError: (token, argument, thrown) =>
    rejection(request(DELETIONS | CHECK, token, [argument, thrown])),
  abortError: (token, reason) =>
    rejection(request(DELETIONS, token, "-", { signal: AbortSignal.abort(reason) })),
  listPage: async (token, nextToken, options) => ({
    attempts: 1,
    status: 200,
    ...(await request(PAGE, token, nextToken === undefined ? [] : [nextToken], options)),
  }),
};
