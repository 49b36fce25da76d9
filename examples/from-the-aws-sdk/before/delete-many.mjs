import { DeleteAccessTokenCommand } from "@aws-sdk/client-codecatalyst";
import { client } from "./client.mjs";

const ids = process.argv.slice(2);
const results = await Promise.allSettled(
  ids.map((id) => client.send(new DeleteAccessTokenCommand({ id }))),
);
for (const [index, { status, reason }] of results.entries())
  console.log(ids[index], status === "fulfilled" ? "is gone" : reason.name);
