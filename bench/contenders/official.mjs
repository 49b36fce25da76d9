// The official client, over `fetch` as in a browser, so that all contenders send by the same means.

import { CodeCatalystClient, DeleteAccessTokenCommand } from "@aws-sdk/client-codecatalyst";
import { FetchHttpHandler } from "@smithy/fetch-http-handler";

/** @type {import("../types.ts").Connect} */
export function connect(token, endpoint) {
  const client = new CodeCatalystClient({
    endpoint,
    region: "us-west-2",
    token: async () => ({ token }),
    // Without a time limit: it would leave a timer behind that keeps Node from ending for as long.
    requestHandler: new FetchHttpHandler(),
  });
  return (id) => client.send(new DeleteAccessTokenCommand({ id }));
}
