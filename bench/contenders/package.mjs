// This package, as its users install it.

// @ts-expect-error It is installed where the benchmark runs, not here.
import { deleteAccessToken, deleteAccessTokens } from "codecatalyst-pat";

/** @type {import("../types.ts").Connect} */
export const connect = (token, endpoint) => (id) => deleteAccessToken(token, id, { endpoint });

/** @type {import("../types.ts").DeleteAll} */
export async function deleteAll(token, endpoint, ids, concurrency) {
  let deleted = 0;
  for await (const { status } of deleteAccessTokens(token, ids, { endpoint, concurrency }))
    if (status === "deleted") deleted += 1;
  return deleted;
}
