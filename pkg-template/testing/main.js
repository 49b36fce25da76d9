// Starts the stand-in as a program of its own, for tests that can't start it themselves:
//
//   node node_modules/codecatalyst-pat/testing/main.js [--port N] [--file state.json]

import { parseArgs } from "node:util";
import { startService } from "./index.js";

async function main() {
  const { values } = parseArgs({ options: { port: { type: "string" }, file: { type: "string" } } });
  const { url } = await startService({ port: Number(values.port ?? 0), file: values.file });
  console.log(url);
}

await main().catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});
