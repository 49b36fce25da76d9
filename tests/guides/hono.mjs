// The Worker of docs/guides/hono.md, once more: in front of a service whose faults can be ordered.

import { checkOwnOrigin } from "./own-origin-checks.mjs";

export { environment, missing } from "./wrangler.mjs";

/** @param {import("./reader.mjs").Reader} reader */
export async function check(reader) {
  const { service } = reader;
  const url = "http://localhost:8788";
  const upstream = `CODECATALYST_URL:${service.url}`;
  const dev = reader.open(`npx wrangler dev --port 8788 --inspector-port 0 --var ${upstream}`);
  await dev.waitFor(`…\n…Ready on ${url}`);
  return checkOwnOrigin({ url, service, logs: () => dev.printed, resends: true });
}
