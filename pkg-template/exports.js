// TEMPORARY, until the module exports these functions itself: then client.js takes the glue as it is.

const [DELETION, DELETIONS, PAGE, CHECK] = [0, 1, 2, 4];

const rejection = async (promise) => {
  try {
    await promise;
  } catch (error) {
    return error;
  }
};

export const exportsOf = ({ request }) => ({
  deleteAccessToken: (token, id, options) => request(DELETION, token, id, options),
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
});
