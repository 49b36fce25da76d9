import { deleteAccessTokens } from "codecatalyst-pat";
import { endpoint, token } from "./service.mjs";

const ids = process.argv.slice(2);
for await (const { id, status, error } of deleteAccessTokens(token, ids, { endpoint }))
  console.log(id, status === "deleted" ? "is gone" : error.name);
