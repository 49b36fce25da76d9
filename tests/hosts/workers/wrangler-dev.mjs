// `wrangler dev`, which bundles the Worker and runs it in workerd.

import { createRequire } from "node:module";
import { unstable_startWorker } from "wrangler";

const { version } = createRequire(import.meta.url)("wrangler/package.json");
const [endpoint, bearer] = process.argv.slice(-2);
const worker = await unstable_startWorker({
  config: "wrangler.jsonc",
  dev: { logLevel: "none", server: { port: 0 }, inspector: false },
});
const query = new URLSearchParams({ host: `wrangler dev ${version}`, endpoint, bearer });
const reply = await worker.fetch(`http://worker.test/?${query}`);
console.log(await reply.text());
await worker.dispose();
