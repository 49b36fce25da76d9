import axios from "axios";

/** @type {import("../types.ts").Connect} */
export function connect(token, endpoint) {
  const service = axios.create({
    adapter: "fetch",
    baseURL: `${endpoint}/v1/accessTokens`,
    headers: { authorization: `Bearer ${token}` },
    timeout: 10_000,
  });
  return async (id) => (await service.delete(encodeURIComponent(id))).data;
}
