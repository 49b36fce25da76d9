// The same in JavaScript: what the package promises for one attempt, written by hand without
// WebAssembly. It is the limit of what the package can reach.

const MAX_BODY_BYTES = 65_536;

/**
 * @param {string} token
 * @param {string} id
 * @param {{ endpoint: string, signal?: AbortSignal, timeoutMs?: number }} options
 */
async function deleteAccessToken(token, id, { endpoint, signal, timeoutMs = 10_000 }) {
  if (typeof token !== "string" || !/^[\x21-\x7e]+$/.test(token)) throw new TypeError("token");
  if (typeof id !== "string" || !/^[\w.~-]{1,36}$/.test(id)) throw new TypeError("id");
  signal?.throwIfAborted();
  const controller = new AbortController();
  const abort = () => controller.abort(signal?.reason);
  const timer = setTimeout(() => controller.abort(new Error("Timed out")), timeoutMs);
  signal?.addEventListener("abort", abort);
  try {
    const response = await fetch(`${endpoint}/v1/accessTokens/${encodeURIComponent(id)}`, {
      method: "DELETE",
      headers: { authorization: `Bearer ${token}`, accept: "application/json" },
      redirect: "manual",
      credentials: "omit",
      cache: "no-store",
      referrerPolicy: "no-referrer",
      signal: controller.signal,
    });
    return output(response, await boundedText(response));
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", abort);
  }
}

/** @param {Response} response */
async function boundedText(response) {
  if (response.body === null) return "";
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  let text = "";
  for (let size = 0; ; ) {
    const { done, value } = await reader.read();
    if (done) return text;
    text += decoder.decode(value, { stream: true });
    size += value.length;
    if (size < MAX_BODY_BYTES) continue;
    await reader.cancel();
    return text;
  }
}

/**
 * @param {Response} response
 * @param {string} text
 */
function output(response, text) {
  const requestId = response.headers.get("x-amzn-requestid") ?? undefined;
  const body = text.trim() === "" ? {} : JSON.parse(text);
  if (response.ok) return { attempts: 1, alreadyDeleted: false, requestId };
  const name = response.headers.get("x-amzn-errortype") ?? body.__type ?? "UnknownServiceError";
  throw Object.assign(new Error(body.message), { name, status: response.status, requestId });
}

/** @type {import("../types.ts").Connect} */
export const connect = (token, endpoint) => (id) => deleteAccessToken(token, id, { endpoint });
