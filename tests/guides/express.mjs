// The server of docs/guides/express.md, once more: in front of a service whose faults can be ordered.

import { checkOwnOrigin } from "./own-origin-checks.mjs";

/** @param {import("./reader.mjs").Reader} reader */
export async function check(reader) {
  const server = reader.open(`PORT=8081 CODECATALYST_URL=${reader.service.url} node server.js`);
  const url = "http://localhost:8081";
  await server.waitFor(url);
  return checkOwnOrigin({ url, service: reader.service, logs: () => server.printed });
}
