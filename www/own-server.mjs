// Calls go to the page's own server, which forwards them: so CORS is no obstacle.

const MAX_REASON_LENGTH = 300;

let reason = "";

/** Why the server itself answered the last request, in place of the service; empty if it didn't. */
export const refusalReason = () => reason;

/** The options of all calls. */
export const ownServer = {
  endpoint: location.origin,
  /** @type {typeof fetch} */
  fetch: async (url, init) => {
    // The package doesn't send cookies by itself, and the server wants that of its session.
    const response = await fetch(url, { ...init, credentials: "same-origin" });
    const isRefusal = response.headers.has("dashboard-refusal");
    reason = isRefusal ? (await response.clone().text()).slice(0, MAX_REASON_LENGTH) : "";
    return response;
  },
};
