import { CodeCatalystClient } from "@aws-sdk/client-codecatalyst";
import { fromSso } from "@aws-sdk/token-providers";

export const client = new CodeCatalystClient({
  region: "us-west-2",
  token: fromSso({ profile: "codecatalyst" }),
});
