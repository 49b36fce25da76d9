import { CodeCatalystClient, DeleteAccessTokenCommand } from "@aws-sdk/client-codecatalyst";
import { fromSso } from "@aws-sdk/token-providers";

const client = new CodeCatalystClient({
  region: "us-west-2",
  token: fromSso({ profile: "codecatalyst" }),
  maxAttempts: 2,
  requestHandler: { requestTimeout: 500 }, // one attempt
});

const [id] = process.argv.slice(2);
const abortSignal = AbortSignal.timeout(20_000); // the whole call
try {
  await client.send(new DeleteAccessTokenCommand({ id }), { abortSignal });
  console.log("Deleted.");
} catch (error) {
  console.log(`${error.name} after ${error.$metadata?.attempts} attempts`);
}
