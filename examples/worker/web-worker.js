// A web worker of a page: new Worker(new URL("web-worker.js", import.meta.url), { type: "module" })

import { deleteAccessTokens } from "codecatalyst-pat";

self.addEventListener("message", async ({ data: { bearer, ids, endpoint } }) => {
  for await (const { id, status, error } of deleteAccessTokens(bearer, ids, { endpoint }))
    self.postMessage({ id, status, error: error?.toJSON() });
});
