// The floor: what one would write by hand to delete a token, and no more.

/**
 * @param {string} token
 * @param {string} id
 * @param {string} endpoint
 */
async function deleteAccessToken(token, id, endpoint) {
  const response = await fetch(`${endpoint}/v1/accessTokens/${encodeURIComponent(id)}`, {
    method: "DELETE",
    headers: { authorization: `Bearer ${token}`, accept: "application/json" },
    signal: AbortSignal.timeout(10_000),
  });
  const text = await response.text();
  const requestId = response.headers.get("x-amzn-requestid") ?? undefined;
  if (!response.ok) {
    const name = response.headers.get("x-amzn-errortype") ?? "Error";
    throw Object.assign(new Error(text), { name, status: response.status, requestId });
  }
  return { requestId };
}

/** @type {import("../types.ts").Connect} */
export const connect = (token, endpoint) => (id) => deleteAccessToken(token, id, endpoint);
