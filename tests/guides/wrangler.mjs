// What the guides with Cloudflare Workers need: a newer Node than we do, and a wrangler that keeps to
// itself.

import { existsSync } from "node:fs";
import { delimiter, dirname } from "node:path";
import { newerNode } from "../package/newer-node.mjs";

export const missing = () =>
  existsSync(newerNode) ? undefined : "there is no Node 22.12 or newer here";

export const environment = {
  PATH: [dirname(newerNode), process.env.PATH].join(delimiter),
  WRANGLER_SEND_METRICS: "false",
};
