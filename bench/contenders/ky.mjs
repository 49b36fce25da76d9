import ky from "ky";

/** @type {import("../types.ts").Connect} */
export function connect(token, endpoint) {
  const service = ky.create({
    prefixUrl: `${endpoint}/v1/accessTokens`,
    headers: { authorization: `Bearer ${token}` },
  });
  return (id) => service.delete(encodeURIComponent(id)).json();
}
