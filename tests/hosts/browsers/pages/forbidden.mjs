// The error names what the policy must allow, and nothing is sent.

import { deleteAccessToken } from "/codecatalyst-pat/index.js";

globalThis.report = async (host, endpoint, bearer) => {
  const error = await deleteAccessToken(bearer, "token-0", { endpoint }).catch((thrown) => thrown);
  const isRight = error.name === "InitializationError" && error.attempts === 0;
  if (!isRight || !error.message.includes("'wasm-unsafe-eval'")) throw error;
  return `${host}: 1 check`;
};
