import { DeleteAccessTokenCommand, ResourceNotFoundException } from "@aws-sdk/client-codecatalyst";
import { client } from "./client.mjs";

const [id] = process.argv.slice(2);
try {
  const { $metadata } = await client.send(new DeleteAccessTokenCommand({ id }));
  console.log(`Deleted. Requests sent: ${$metadata.attempts}`);
} catch (error) {
  if (error instanceof ResourceNotFoundException) console.log("You own no token with this id.");
  else console.log(`${error.name}, status ${error.$metadata?.httpStatusCode}: ${error.message}`);
}
