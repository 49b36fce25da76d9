import { listAccessTokens } from "codecatalyst-pat";
import { endpoint, token } from "./service.mjs";

const now = new Date();
for await (const { id, expiresTime } of listAccessTokens(token, { endpoint, pageSize: 5 }))
  if (expiresTime < now) console.log(id);
