import { ListAccessTokensCommand } from "@aws-sdk/client-codecatalyst";
import { client } from "./client.mjs";

const now = new Date();
let nextToken;
do {
  const page = await client.send(new ListAccessTokensCommand({ maxResults: 5, nextToken }));
  for (const { id, expiresTime } of page.items) if (expiresTime < now) console.log(id);
  nextToken = page.nextToken;
} while (nextToken);
