import { ofetch } from "ofetch";

/** @type {import("../types.ts").Connect} */
export function connect(token, endpoint) {
  const service = ofetch.create({
    baseURL: `${endpoint}/v1/accessTokens`,
    headers: { authorization: `Bearer ${token}` },
    timeout: 10_000,
  });
  return (id) => service(encodeURIComponent(id), { method: "DELETE" });
}
