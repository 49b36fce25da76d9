// Deletes an access token for a program that has a key: POST /delete, { "id": "…" }.

import { deleteAccessToken } from "codecatalyst-pat";

export default {
  async fetch(request, env) {
    const { pathname } = new URL(request.url);
    if (request.method !== "POST" || pathname !== "/delete") return say(404, "Nothing is here.");
    if (!(await hasKey(request, env))) return say(401, "The key is wrong.");
    const call = await request.json().catch(() => undefined);
    return remove(call?.id, env);
  },
};

async function remove(id, env) {
  try {
    const options = { endpoint: env.CODECATALYST_URL };
    return Response.json(await deleteAccessToken(env.CODECATALYST_BEARER, id, options));
  } catch (error) {
    return Response.json(error, { status: statusOf(error) });
  }
}

function statusOf({ name }) {
  if (name === "InvalidArgumentError") return 400;
  return name === "ResourceNotFoundException" ? 404 : 502;
}

// Compares hashes, because those have the same length whatever was sent.
async function hasKey(request, env) {
  if (!env.CALLER_KEY) return false;
  const [given, expected] = await Promise.all([
    hash(request.headers.get("authorization") ?? ""),
    hash(`Bearer ${env.CALLER_KEY}`),
  ]);
  return crypto.subtle.timingSafeEqual(given, expected);
}

const hash = (text) => crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));

const say = (status, message) => new Response(`${message}\n`, { status });
